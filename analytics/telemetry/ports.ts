import type { StatementMaker } from './statement.ts';
import { foldedStatus } from './status-words.ts';

/**
 * Working tables that say who is who, in the order in which they are made:
 * `charging_port` the ports of the register, `port_cover` what each port is part of, `message_sender` whose messages speak
 * for which charger or port. Then, once {@link HEARD} and `whole_charger` say which messages are read of which chargers:
 * `message_summary` who spoke at all, `port_service` when each port was in service and from when on it is swept (`from_at`,
 * null: from the start), `charger_contact` how each charger stays in contact.
 */
export const REGISTER_TABLES = [
  'charging_port',
  'port_cover',
  'message_sender',
  'message_summary',
  'port_service',
  'charger_contact',
] as const;

/** The messages read: all, or those of a rebuild's window and of chargers made anew whole. */
export const HEARD = 'heard_event';

/**
 * The messages of chargers and ports that can be true, as a relation: sender resolved to a charger and, where it is a port
 * itself, to that port; connector 0 is the whole charger.
 */
export function messagesOf(events: string): string {
  return `
  SELECT s.charger_id, s.port_id, coalesce(e.connector_no, 0) AS connector_no, e.happened_at AS moment,
    coalesce(e.received_at, e.happened_at) AS received_at, e.file_id, e.line, coalesce(e.event, 'status') AS event,
    ${foldedStatus('e.status')} AS word
  FROM ${events} e JOIN message_sender s ON s.sender = e.asset_id
  WHERE e.happened_at < $as_of AND e.happened_at <= add_minutes(coalesce(e.received_at, e.happened_at), $future_grace)`;
}

export const MESSAGE = messagesOf(HEARD);

/** Where a message `m` speaks for the port `p` of its charger. */
export const SPEAKS_FOR_PORT = `m.charger_id = p.charger_id
  AND (m.port_id = p.asset_id OR (m.port_id IS NULL AND (m.connector_no = 0 OR m.connector_no = p.connector_no)))`;

/** The statements that make the tables of {@link REGISTER_TABLES} that follow from the register alone. */
export function registerStatements(make: StatementMaker) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE charging_port AS
      SELECT p.asset_id, p.parent_id, p.case_id,
        CASE WHEN p.parent_id IS NULL OR parent.kind = 'site' THEN p.asset_id ELSE p.parent_id END AS charger_id,
        coalesce(p.connector_no,
          CASE WHEN count(*) OVER (PARTITION BY coalesce(p.parent_id, p.asset_id)) = 1 THEN 1 END) AS connector_no,
        coalesce(p.region, j.region, c.region, parent.region, '') AS region,
        p.site_id, parent.site_id AS charger_site_id, parent.parent_id AS charger_parent_id,
        coalesce(p.in_service_at, p.installed_at) AS stated_start, p.retired_at,
        replace(replace(coalesce(p.open_hours, parent.open_hours), ' ', ''), '–', '-') AS open_hours
      FROM asset p
        LEFT JOIN asset parent ON parent.asset_id = p.parent_id
        LEFT JOIN journey_case j ON j.case_id = p.case_id
        LEFT JOIN customer c ON c.customer_id = j.customer_id
      WHERE p.kind = 'port'`),
    make(`CREATE OR REPLACE TEMP TABLE port_cover AS
      SELECT asset_id, asset_id AS covering_id FROM charging_port
      UNION SELECT asset_id, parent_id FROM charging_port WHERE parent_id IS NOT NULL
      UNION SELECT asset_id, site_id FROM charging_port WHERE site_id IS NOT NULL
      UNION SELECT asset_id, charger_site_id FROM charging_port WHERE charger_site_id IS NOT NULL
      UNION SELECT asset_id, charger_parent_id FROM charging_port WHERE charger_parent_id IS NOT NULL`),
    make(`CREATE OR REPLACE TEMP TABLE message_sender AS
      SELECT asset_id AS sender, charger_id, asset_id AS port_id FROM charging_port
      UNION ALL SELECT DISTINCT charger_id, charger_id, CAST(NULL AS VARCHAR) FROM charging_port
        WHERE charger_id NOT IN (SELECT asset_id FROM charging_port)`),
  ];
}

/** The statements that make the others: of the chargers in `whole_charger` from messages and states, of all others as they were kept. */
export function serviceStatements(make: StatementMaker) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE message_summary AS
      SELECT charger_id, port_id, connector_no, min(moment) AS first_at, max(CASE WHEN event = 'heartbeat' THEN 1 ELSE 0 END) AS heartbeats
      FROM (${MESSAGE}) m SEMI JOIN whole_charger USING (charger_id) GROUP BY charger_id, port_id, connector_no`),
    make(`CREATE OR REPLACE TEMP TABLE port_service AS
      WITH first_message AS (
        SELECT p.asset_id, min(m.first_at) AS moment
        FROM charging_port p JOIN message_summary m ON ${SPEAKS_FOR_PORT}
        WHERE p.stated_start IS NULL GROUP BY p.asset_id),
      stated AS (
        SELECT c.asset_id, min(s.start_at) AS moment
        FROM device_state s JOIN port_cover c ON c.covering_id = s.asset_id WHERE s.start_at < $as_of GROUP BY c.asset_id)
      SELECT p.asset_id, p.charger_id, p.connector_no, p.region, p.open_hours,
        CASE WHEN w.charger_id IS NULL THEN k.start_at ELSE coalesce(p.stated_start, least(f.moment, s.moment)) END AS start_at,
        least(coalesce(p.retired_at, $as_of), $as_of) AS end_at,
        s.asset_id IS NOT NULL AS has_states,
        CASE WHEN w.charger_id IS NULL THEN CAST($window_from AS TIMESTAMP) END AS from_at
      FROM charging_port p LEFT JOIN first_message f ON f.asset_id = p.asset_id LEFT JOIN stated s ON s.asset_id = p.asset_id
        LEFT JOIN whole_charger w ON w.charger_id = p.charger_id LEFT JOIN kept_port k ON k.asset_id = p.asset_id`),
    make(`CREATE OR REPLACE TEMP TABLE charger_contact AS
      WITH charger AS (SELECT charger_id, min(start_at) AS start_at FROM port_service SEMI JOIN whole_charger USING (charger_id) GROUP BY charger_id),
      kept AS (SELECT charger_id, max(heartbeats) AS heartbeats FROM message_summary GROUP BY charger_id),
      first_kept AS (
        SELECT m.charger_id, min(m.moment) AS moment
        FROM (${MESSAGE}) m JOIN charger c ON c.charger_id = m.charger_id WHERE m.moment >= c.start_at GROUP BY m.charger_id)
      SELECT c.charger_id, c.start_at, k.charger_id IS NOT NULL AS has_messages, coalesce(k.heartbeats, 0) = 1 AS has_heartbeats,
        f.moment AS first_at
      FROM charger c LEFT JOIN kept k ON k.charger_id = c.charger_id LEFT JOIN first_kept f ON f.charger_id = c.charger_id
      UNION ALL SELECT * FROM kept_charger ANTI JOIN whole_charger USING (charger_id)`),
  ];
}
