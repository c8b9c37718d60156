import { messagesOfDays, SPEAKS_FOR_PORT, senderDays } from './messages.ts';
import type { StatementMaker } from './statement.ts';

/**
 * Working tables that say who is who, in the order in which they are made:
 * `charging_port` the ports of the register, `port_cover` what each port is part of, `message_sender` whose messages speak
 * for which charger or port. Then, once `heard_event` and `whole_charger` say which messages are read of which chargers:
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
      SELECT charger_id, port_id, connector_no, min(first_at) AS first_at, max(CASE WHEN heartbeats THEN 1 ELSE 0 END) AS heartbeats
      FROM (${senderDays()}) m SEMI JOIN whole_charger USING (charger_id) GROUP BY charger_id, port_id, connector_no`),
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
      heard AS (
        SELECT m.charger_id, m.sender, m.connector_no, m.day, c.start_at, m.first_at, m.last_at
        FROM (${senderDays()}) m JOIN charger c ON c.charger_id = m.charger_id WHERE m.last_at >= c.start_at),
      first_kept AS (
        SELECT charger_id, min(moment) AS moment FROM (
          SELECT charger_id, first_at AS moment FROM heard WHERE first_at >= start_at
          UNION ALL SELECT m.charger_id, m.moment
          FROM (${messagesOfDays('SELECT sender, connector_no, day FROM heard WHERE first_at < start_at')}) m JOIN charger c ON c.charger_id = m.charger_id
          WHERE m.moment >= c.start_at) either GROUP BY charger_id)
      SELECT c.charger_id, c.start_at, k.charger_id IS NOT NULL AS has_messages, coalesce(k.heartbeats, 0) = 1 AS has_heartbeats,
        f.moment AS first_at
      FROM charger c LEFT JOIN kept k ON k.charger_id = c.charger_id LEFT JOIN first_kept f ON f.charger_id = c.charger_id
      UNION ALL SELECT * FROM kept_charger ANTI JOIN whole_charger USING (charger_id)`),
  ];
}
