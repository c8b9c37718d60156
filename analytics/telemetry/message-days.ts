import { dayNumber, IS_TRUE } from './messages.ts';
import type { StatementMaker } from './statement.ts';
import { foldedStatus, SAID_TYPE, statusWordRelation } from './status-words.ts';

/** The names of the tables that say what a relation of messages comes to. */
export interface MessageSums {
  readonly days: string;
  readonly voices: string;
}

/** What the messages read come to. */
export const HEARD_SUMS: MessageSums = { days: 'message_day', voices: 'voice' };

/** What the messages come to that earlier imports did not count. */
export const NEW_SUMS: MessageSums = { days: 'new_message_day', voices: 'new_voice' };

/** Whether a message is a status message. */
export const IS_STATUS = "(event IS NULL OR event = 'status')";

/**
 * The statements that sum up a relation of messages without holding each of them: `word_state` what every spelling of a
 * status says; the days how many messages of one kind each sender, connector and day in UTC has, what they said and when the
 * first and the last came; the voices the same of each sender and connector over all days, with the charger and port
 * they speak for (null: not in the register).
 */
export function messageSumStatements(make: StatementMaker, events: string, { days, voices }: MessageSums) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE word_state AS
      WITH known AS (${statusWordRelation()})
      SELECT spelt.status, CAST(known.state AS ${SAID_TYPE}) AS state FROM (SELECT DISTINCT status FROM ${events} WHERE status IS NOT NULL) spelt
        JOIN known ON known.word = ${foldedStatus('spelt.status')}`),
    make(`CREATE OR REPLACE TEMP TABLE ${days} AS
      SELECT sender, connector_no, day, event, CASE WHEN ${IS_STATUS} THEN state END AS said, messages, first_at, last_at
      FROM (
        SELECT e.asset_id AS sender, coalesce(e.connector_no, 0) AS connector_no, ${dayNumber('e.happened_at')} AS day, e.event, w.state,
          count(*) AS messages, min(e.happened_at) AS first_at, max(e.happened_at) AS last_at
        FROM ${events} e LEFT JOIN word_state w ON w.status = e.status
        WHERE ${IS_TRUE} GROUP BY 1, 2, 3, 4, 5) summed`),
    make(`CREATE OR REPLACE TEMP TABLE ${voices} AS
      SELECT CAST(row_number() OVER () AS INTEGER) AS voice, v.*, s.charger_id, s.port_id
      FROM (
        SELECT sender, connector_no, sum(messages) AS messages, min(first_at) AS first_at, max(last_at) AS last_at,
          coalesce(sum(messages) FILTER (WHERE said IS NULL AND ${IS_STATUS}), 0) AS unknown, bool_or(said IS NOT NULL) AS speaks,
          coalesce(bool_or(event = 'heartbeat'), false) AS heartbeats, coalesce(bool_or(event = 'offline'), false) AS offlines
        FROM ${days} GROUP BY sender, connector_no) v
      LEFT JOIN message_sender s ON s.sender = v.sender`),
  ];
}
