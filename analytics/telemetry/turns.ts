import type { Sources } from './edges.ts';
import { HEARD, IS_TRUE, OF_DAY, SPEAKS_FOR_PORT, SPEAKS_FOR_WHOLE } from './messages.ts';
import type { StatementMaker } from './statement.ts';

export const TURN_TABLES = ['speaker', 'said_day', 'read_day', 'said_turn', 'port_turn'] as const;

/**
 * The statements that make `port_turn` `(asset_id, whole, moment, said, before, next_at)`, once ports' service is known: what
 * is said of each port by its own connector and, beside it (`whole`), by the whole charger, wherever that may be another than
 * before. A port holds what it said last; until it says anything it is up.
 *
 * `speaker` are the voices that say something; `said_day` what each said in a day, one thing or two, of which the one ends before
 * the other begins: whatever repeats it changes nothing. Only of other days (`is_read`), and of the day on which a port's
 * service starts, are messages read one by one (`read_day`, a table of its own: within a transaction the database knows no sizes, and
 * takes a log joined to a join for the smaller side). Where a port is spoken for by several senders or connectors the order
 * between them matters, and every message counts.
 */
export function turnStatements(
  make: StatementMaker,
  { hasReceipts }: Pick<Sources, 'hasReceipts'>,
  heard: readonly string[] = [HEARD],
) {
  const order = `moment, ${hasReceipts ? 'received_at, ' : ''}place`;
  return [
    make(`CREATE OR REPLACE TEMP TABLE speaker AS
      WITH speaks AS (SELECT voice, sender, connector_no, charger_id, port_id FROM voice WHERE speaks AND charger_id IS NOT NULL),
      heard AS (SELECT m.voice, p.asset_id, count(*) OVER (PARTITION BY p.asset_id) AS voices
        FROM speaks m JOIN port_service p ON ${SPEAKS_FOR_PORT} WHERE NOT ${SPEAKS_FOR_WHOLE}),
      begun AS (SELECT charger_id, min(start_at) AS first_start, max(start_at) AS last_start FROM port_service GROUP BY charger_id)
      SELECT s.*, s.voice IN (SELECT voice FROM heard WHERE voices > 1) AS is_one_of_many, b.first_start, b.last_start
      FROM speaks s JOIN begun b ON b.charger_id = s.charger_id`),
    make(`CREATE OR REPLACE TEMP TABLE said_day AS
      SELECT voice, day, said_from, said, CASE WHEN least <> most THEN turned_at END AS turned_at,
        CASE WHEN said = least THEN most ELSE least END AS turned_to,
        is_singled OR (least <> most AND (words > 2 OR turned_at <= left_at)) AS is_read
      FROM (
        SELECT s.voice, d.day, min(d.first_at) AS said_from, arg_min(d.said, d.first_at) AS said, max(d.first_at) AS turned_at, min(d.last_at) AS left_at,
          min(d.said) AS least, max(d.said) AS most, count(*) AS words, coalesce(bool_or(s.is_one_of_many
            OR (d.first_at < s.last_start AND d.last_at >= s.first_start)), false) AS is_singled
        FROM message_day d JOIN speaker s ON s.sender = d.sender AND s.connector_no = d.connector_no
        WHERE d.said IS NOT NULL GROUP BY s.voice, d.day) summed`),
    make(`CREATE OR REPLACE TEMP TABLE read_day AS
      SELECT d.voice, s.sender, s.connector_no, d.day FROM said_day d JOIN speaker s ON s.voice = d.voice WHERE d.is_read`),
    make(`CREATE OR REPLACE TEMP TABLE said_turn AS
      WITH said AS (
        SELECT voice, said_from AS moment, said_from AS received_at, CAST(0 AS BIGINT) AS place, said FROM said_day WHERE NOT is_read
        UNION ALL SELECT voice, turned_at, turned_at, 0, turned_to FROM said_day WHERE NOT is_read AND turned_at IS NOT NULL
        ${heard
          .map(
            (from) => `UNION ALL
        SELECT d.voice, e.happened_at, coalesce(e.received_at, e.happened_at), ${PLACE}, w.state
        FROM ${from} e JOIN read_day d ON ${OF_DAY} JOIN word_state w ON w.status = e.status
        WHERE (e.event IS NULL OR e.event = 'status') AND ${IS_TRUE}`,
          )
          .join(' ')}),
      told AS (
        SELECT *, lag(said) OVER told AS before, lag(moment) OVER told AS earlier
        FROM said WINDOW told AS (PARTITION BY voice ORDER BY ${order}))
      SELECT s.charger_id, s.port_id, s.connector_no, t.moment, t.received_at, t.place, t.said
      FROM told t JOIN speaker s ON s.voice = t.voice
      WHERE t.before IS NULL OR t.before <> t.said OR s.is_one_of_many OR (t.earlier < s.last_start AND t.moment >= s.first_start)`),
    make(`CREATE OR REPLACE TEMP TABLE port_turn AS
      WITH said AS (
        SELECT p.asset_id, ${SPEAKS_FOR_WHOLE} AS whole, m.moment, m.received_at, m.place, CAST(m.said AS VARCHAR) AS said
        FROM said_turn m JOIN port_service p ON ${SPEAKS_FOR_PORT} WHERE m.moment >= p.start_at
        UNION ALL SELECT k.asset_id, k.whole, add_minutes(p.from_at, -1), p.from_at, 0, k.said
        FROM kept_said k JOIN port_service p ON p.asset_id = k.asset_id WHERE p.is_kept)
      SELECT asset_id, whole, moment, said, coalesce(lag(said) OVER told, 'up') AS before, lead(moment) OVER told AS next_at
      FROM said WINDOW told AS (PARTITION BY asset_id, whole ORDER BY ${order})`),
  ];
}

/** Where a message `e` stands among all that were imported, as one number: files of more than 2^40 lines there are none. */
const PLACE = `e.file_id * CAST(${2 ** 40} AS BIGINT) + e.line`;
