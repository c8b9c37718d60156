import { TOLD } from './message-days.ts';
import { CONTACT, SPEAKS_FOR_PORT } from './messages.ts';
import type { StatementMaker } from './statement.ts';

/**
 * What is kept of messages from before the window that the next import makes anew, so that it need not read them again:
 * `kept_port` and `kept_charger` service and contact as they were, `kept_said` what each port said last before the window,
 * `kept_contact` the last message before it of each charger whose silence can count, `kept_stretch` the first and last message
 * of each stretch of time, once there are chargers enough whose common silence means something.
 * A stretch is as long as the shortest silence of all chargers that counts: two messages in one are never that far apart, so only ends of stretches
 * need comparing.
 */
export const SILENCES = `
  SELECT start_at, end_at
  FROM (SELECT last_at AS start_at, coalesce(lead(first_at) OVER (ORDER BY stretch), $as_of) AS end_at FROM kept_stretch) q
  WHERE minutes_between(start_at, end_at) >= $silence`;

const STRETCH = `floor(minutes_between(TIMESTAMP '2000-01-01 00:00:00', moment) / $silence)`;

/** Adds messages to `kept_stretch`, from the relation of those not in it yet. */
export function stretchStatements(make: StatementMaker, messages: string) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE merged_stretch AS
      SELECT stretch, min(first_at) AS first_at, max(last_at) AS last_at FROM (
        FROM kept_stretch UNION ALL SELECT CAST(${STRETCH} AS BIGINT), min(moment), max(moment) FROM (${messages}) m GROUP BY 1) either
      GROUP BY stretch`),
    make('DELETE FROM kept_stretch'),
    make('INSERT INTO kept_stretch SELECT stretch, first_at, last_at FROM merged_stretch ORDER BY stretch'),
    make('DROP TABLE merged_stretch'),
  ];
}

/** Keeps what the next import needs, for a window that begins at `$next_from`. */
export function keepStatements(make: StatementMaker) {
  return [
    make('DELETE FROM kept_port'),
    make('INSERT INTO kept_port SELECT asset_id, start_at FROM port_service'),
    make('DELETE FROM kept_charger'),
    make('INSERT INTO kept_charger SELECT charger_id, start_at, has_messages, has_heartbeats, first_at FROM charger_contact'),
    make(`CREATE OR REPLACE TEMP TABLE next_said AS
      WITH said AS (
        SELECT p.asset_id, CASE WHEN m.port_id IS NULL AND m.connector_no = 0 THEN 1 ELSE 0 END AS whole, m.until AS moment, m.received_at, m.file_id, m.line, m.said
        FROM ${TOLD} m JOIN port_service p ON ${SPEAKS_FOR_PORT}
        WHERE m.moment >= p.start_at AND m.moment < CAST($next_from AS TIMESTAMP)
        UNION ALL SELECT asset_id, whole, moment, moment, 0, 0, said FROM kept_said JOIN port_service USING (asset_id) WHERE from_at IS NOT NULL)
      SELECT asset_id, whole, max(moment) AS moment,
        arg_max(said, {'a': moment, 'b': received_at, 'c': file_id, 'd': line}) AS said
      FROM said GROUP BY asset_id, whole`),
    make('DELETE FROM kept_said'),
    make('INSERT INTO kept_said SELECT asset_id, whole, moment, said FROM next_said'),
    make(`CREATE OR REPLACE TEMP TABLE next_contact AS
      SELECT charger_id, max(moment) AS moment, arg_max(event, {'a': moment, 'b': received_at, 'c': file_id, 'd': line}) AS event FROM (
        SELECT charger_id, event, moment, received_at, file_id, line FROM (${CONTACT}) n WHERE moment < CAST($next_from AS TIMESTAMP)
        UNION ALL SELECT charger_id, event, moment, moment, 0, 0 FROM kept_contact ANTI JOIN whole_charger USING (charger_id)) m
      GROUP BY charger_id`),
    make('DELETE FROM kept_contact'),
    make(`INSERT INTO kept_contact SELECT charger_id, moment, event FROM next_contact JOIN charger_contact USING (charger_id)
      WHERE has_heartbeats OR event = 'offline'`),
    make('DROP TABLE next_said'),
    make('DROP TABLE next_contact'),
  ];
}
