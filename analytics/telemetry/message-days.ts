import { dayNumber, IS_TRUE, MESSAGE_DAY, messagesOfDays, SPEAKS_FOR_PORT, senderDays } from './messages.ts';
import type { StatementMaker } from './statement.ts';
import { foldedStatus, statusWordRelation } from './status-words.ts';

/**
 * Working tables that say what messages come to without holding each of them: `word_state` what every spelling of a status
 * says; {@link MESSAGE_DAY} of each sender, connector and day in UTC the first and last message, and what they said;
 * `told_day` the days of which single messages must be read, for they said different things or a limit falls into them;
 * {@link TOLD} what was said, a row for every other day and a row for every message of those.
 */
export const MESSAGE_TABLES = ['word_state', 'message_day', 'told_day', 'told', 'contact_charger'] as const;

export const TOLD = 'told';

const SAID = "CASE WHEN e.event IS NULL OR e.event = 'status' THEN w.state END";

/** The statements that make `word_state` and a table in the form of {@link MESSAGE_DAY} of a relation of messages. */
export function messageDayStatements(make: StatementMaker, events: string, table: string = MESSAGE_DAY) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE word_state AS
      WITH known AS (${statusWordRelation()})
      SELECT spelt.status, known.state FROM (SELECT DISTINCT status FROM ${events} WHERE status IS NOT NULL) spelt
        JOIN known ON known.word = ${foldedStatus('spelt.status')}`),
    make(`CREATE OR REPLACE TEMP TABLE ${table} AS
      SELECT e.asset_id AS sender, coalesce(e.connector_no, 0) AS connector_no, ${dayNumber('e.happened_at')} AS day, count(*) AS messages,
        min(e.happened_at) AS first_at, max(e.happened_at) AS last_at,
        min(e.happened_at) FILTER (said IS NOT NULL) AS said_from, max(e.happened_at) FILTER (said IS NOT NULL) AS said_until,
        min(said) AS least, max(said) AS most, count(*) FILTER (said IS NULL AND (e.event IS NULL OR e.event = 'status')) AS unknown,
        coalesce(bool_or(e.event = 'heartbeat'), false) AS heartbeats, coalesce(bool_or(e.event = 'offline'), false) AS offlines
      FROM (SELECT e.asset_id, e.connector_no, e.happened_at, e.received_at, e.event, ${SAID} AS said
        FROM ${events} e LEFT JOIN word_state w ON w.status = e.status) e
      WHERE ${IS_TRUE} GROUP BY 1, 2, 3`),
  ];
}

/**
 * The statements that make {@link TOLD} `(charger_id, port_id, connector_no, moment, until, received_at, file_id, line, said)`,
 * once ports' service is known. What a day says with one voice is one row: whatever repeats it changes nothing. Where
 * a port is spoken for by several senders or connectors the order between them matters, and every message counts.
 */
export function toldStatements(make: StatementMaker) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE told_day AS
      WITH voice AS (
        SELECT DISTINCT p.asset_id, m.sender, m.connector_no FROM (SELECT DISTINCT charger_id, port_id, sender, connector_no FROM (${senderDays()}) d WHERE said_from IS NOT NULL) m
        JOIN port_service p ON ${SPEAKS_FOR_PORT} WHERE m.port_id IS NOT NULL OR m.connector_no > 0),
      many AS (
        SELECT DISTINCT sender, connector_no FROM voice
        WHERE asset_id IN (SELECT asset_id FROM voice GROUP BY asset_id HAVING count(*) > 1)),
      begun AS (SELECT charger_id, min(start_at) AS first_start, max(start_at) AS last_start FROM port_service GROUP BY charger_id)
      SELECT DISTINCT d.sender, d.connector_no, d.day FROM (${senderDays()}) d JOIN begun b ON b.charger_id = d.charger_id
        LEFT JOIN many n ON n.sender = d.sender AND n.connector_no = d.connector_no
      WHERE d.said_from IS NOT NULL AND (d.least <> d.most OR n.sender IS NOT NULL
        OR (d.said_from < b.last_start AND d.said_until >= b.first_start)
        OR (d.said_from < CAST($next_from AS TIMESTAMP) AND d.said_until >= CAST($next_from AS TIMESTAMP)))`),
    make(`CREATE OR REPLACE TEMP TABLE ${TOLD} AS
      SELECT d.charger_id, d.port_id, d.connector_no, d.said_from AS moment, d.said_until AS until, d.said_from AS received_at, 0 AS file_id, CAST(0 AS BIGINT) AS line, d.least AS said
      FROM (${senderDays()}) d ANTI JOIN told_day USING (sender, connector_no, day) WHERE d.said_from IS NOT NULL
      UNION ALL
      SELECT m.charger_id, m.port_id, m.connector_no, m.moment, m.moment, m.received_at, m.file_id, m.line, w.state
      FROM (${messagesOfDays('FROM told_day')}) m JOIN word_state w ON w.status = m.status WHERE m.event = 'status'`),
  ];
}

/** The statement that makes `contact_charger`: the chargers whose every message tells how long they were out of contact. */
export function contactStatement(make: StatementMaker) {
  return make(`CREATE OR REPLACE TEMP TABLE contact_charger AS
    SELECT charger_id FROM charger_contact WHERE has_heartbeats
    UNION SELECT charger_id FROM (${senderDays()}) d WHERE offlines
    UNION SELECT charger_id FROM kept_contact ANTI JOIN whole_charger USING (charger_id)`);
}
