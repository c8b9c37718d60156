import type { Sources } from './edges.ts';
import { CONTACT } from './messages.ts';
import type { StatementMaker } from './statement.ts';

export const KEPT_TABLES = ['kept_port', 'kept_charger', 'kept_said', 'kept_contact', 'kept_stretch'] as const;

/**
 * What is kept of messages from before the window that the next import makes anew, so that it need not read them again:
 * `kept_port` and `kept_charger` service and contact as they were, `kept_said` what was said last of each port, unless that it is up,
 * `kept_contact` the last message before it of each charger whose silence can count, `kept_stretch` the first and last message
 * of each stretch of time, once there are chargers enough whose common silence means something.
 * A stretch is as long as the shortest silence of all chargers that counts: two messages in one are never that far apart, so only ends of stretches
 * need comparing.
 */
export const SILENCES = `
  SELECT start_at, end_at
  FROM (SELECT last_at AS start_at, coalesce(lead(first_at) OVER (ORDER BY stretch), $as_of) AS end_at FROM kept_stretch) q
  WHERE minutes_between(start_at, end_at) >= $silence`;

/** Late chargers that stay as they were from an instant before the window on: what is kept of them still holds. */
export const ENDED_CHARGERS = '(FROM late_charger WHERE until_at IS NOT NULL)';

/** The rows of `kept_contact` of chargers whose last message before the window is not read. */
export const STILL_KEPT =
  'FROM kept_contact ANTI JOIN whole_charger USING (charger_id) ANTI JOIN (FROM late_charger WHERE until_at IS NULL) USING (charger_id)';

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

/** Keeps what the next import needs, for a window that begins at `$next_from`: of ports and chargers only those made anew whole may differ. */
export function keepStatements(make: StatementMaker, { hasContact, hasWhole }: Sources) {
  const whole = [
    make('DELETE FROM kept_port k USING port_service p WHERE p.asset_id = k.asset_id AND p.from_at IS NULL'),
    make('INSERT INTO kept_port (asset_id, start_at) SELECT asset_id, start_at FROM port_service WHERE from_at IS NULL'),
    make('DELETE FROM kept_charger k USING whole_charger w WHERE w.charger_id = k.charger_id'),
    make(`INSERT INTO kept_charger (charger_id, start_at, has_messages, has_heartbeats, first_at, speaks_whole)
      SELECT charger_id, start_at, has_messages, has_heartbeats, first_at, speaks_whole FROM charger_contact SEMI JOIN whole_charger USING (charger_id)`),
  ];
  return [
    ...(hasWhole ? whole : []),
    make('DELETE FROM kept_said'),
    make(`INSERT INTO kept_said (asset_id, whole, said) SELECT asset_id, whole, said FROM port_turn
      WHERE moment < CAST($next_from AS TIMESTAMP) AND coalesce(next_at >= CAST($next_from AS TIMESTAMP), true) AND said <> 'up'`),
    ...(hasContact ? contactStatements(make) : []),
  ];
}

function contactStatements(make: StatementMaker) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE next_contact AS
      SELECT charger_id, max(moment) AS moment, arg_max(event, {'a': moment, 'b': received_at, 'c': file_id, 'd': line}) AS event FROM (
        SELECT charger_id, event, moment, received_at, file_id, line FROM (${CONTACT}) n ANTI JOIN ${ENDED_CHARGERS} USING (charger_id) WHERE moment < CAST($next_from AS TIMESTAMP)
        UNION ALL SELECT charger_id, event, moment, moment, 0, 0 FROM (${STILL_KEPT}) k) m
      GROUP BY charger_id`),
    make('DELETE FROM kept_contact'),
    make(`INSERT INTO kept_contact SELECT charger_id, moment, event FROM next_contact JOIN charger_contact USING (charger_id)
      WHERE has_heartbeats OR event = 'offline'`),
    make('DROP TABLE next_contact'),
  ];
}
