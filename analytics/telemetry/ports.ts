import { STILL_KEPT } from './kept.ts';
import { HEARD, IS_TRUE, OF_DAY, SPEAKS_FOR_PORT, SPEAKS_FOR_WHOLE } from './messages.ts';
import type { StatementMaker } from './statement.ts';

/**
 * Working tables that say who is who, in the order in which they are made:
 * `charging_port` the ports of the register, `port_cover` what each port is part of, `message_sender` whose messages speak
 * for which charger or port. Then, once the messages of the chargers in `whole_charger` are summed up: `port_service` when
 * each port was in service, from when on it is swept (`from_at`, null: from the start) and until when (`until_at`, null: the as-of instant), and whether what was said
 * before the window is kept, not read (`is_kept`), `charger_contact` how each charger stays in contact, `contact_sender` those of the chargers whose every message tells how long they were out of contact.
 */
export const REGISTER_TABLES = [
  'charging_port',
  'port_cover',
  'message_sender',
  'port_service',
  'charger_contact',
  'contact_sender',
] as const;

/** The charging ports of the register. */
const PORTS = `
      SELECT p.asset_id, p.parent_id,
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
      WHERE p.kind = 'port'`;

/** The statements that make the tables of {@link REGISTER_TABLES} that follow from the register alone: as it is, or as it was kept. */
export function registerStatements(make: StatementMaker, { isKept }: { readonly isKept: boolean }) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE charging_port AS ${isKept ? 'FROM kept_register' : PORTS}`),
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

/** The statement that makes `port_service`: of the chargers in `whole_charger` from messages and states, of all others as it was kept. */
export function serviceStatement(make: StatementMaker) {
  return make(`CREATE OR REPLACE TEMP TABLE port_service AS
      WITH first_message AS (
        SELECT p.asset_id, min(m.first_at) AS moment
        FROM charging_port p JOIN voice m ON ${SPEAKS_FOR_PORT}
        WHERE p.stated_start IS NULL GROUP BY p.asset_id),
      stated AS (
        SELECT c.asset_id, min(s.start_at) AS moment
        FROM device_state s JOIN port_cover c ON c.covering_id = s.asset_id WHERE s.start_at < $as_of GROUP BY c.asset_id)
      SELECT p.asset_id, p.charger_id, p.connector_no, p.region, p.open_hours,
        CASE WHEN t.is_whole THEN coalesce(p.stated_start, least(f.moment, s.moment)) ELSE k.start_at END AS start_at,
        least(coalesce(p.retired_at, $as_of), $as_of) AS end_at,
        s.asset_id IS NOT NULL AS has_states,
        CASE WHEN t.is_whole THEN NULL ELSE coalesce(t.from_at, CAST($window_from AS TIMESTAMP)) END AS from_at,
        CASE WHEN t.is_whole THEN NULL ELSE t.until_at END AS until_at,
        NOT coalesce(t.is_whole, false) AND t.from_at IS NULL AS is_kept
      FROM charging_port p LEFT JOIN first_message f ON f.asset_id = p.asset_id LEFT JOIN stated s ON s.asset_id = p.asset_id
        LEFT JOIN touched_charger t ON t.charger_id = p.charger_id LEFT JOIN kept_port k ON k.asset_id = p.asset_id`);
}

/** Whether any message is from before its port's service, and from when on ports are swept: null where one of them is from the start. */
export const SERVICE_REACH = `
  SELECT EXISTS (SELECT 1 FROM voice m JOIN port_service p ON p.charger_id = m.charger_id WHERE m.first_at < p.start_at) AS early,
    (SELECT CASE WHEN count(*) = count(from_at) THEN CAST(min(from_at) AS VARCHAR) END FROM port_service) AS swept_from`;

/** The statements that make the tables of contact, of the chargers in `whole_charger` from messages, of all others as it was kept. */
export function contactStatements(make: StatementMaker, early: boolean) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE charger_contact AS
      WITH charger AS (SELECT charger_id, min(start_at) AS start_at FROM port_service SEMI JOIN whole_charger USING (charger_id) GROUP BY charger_id),
      heard AS (SELECT m.*, c.start_at FROM voice m JOIN charger c ON c.charger_id = m.charger_id),
      kept AS (
        SELECT charger_id, bool_or(heartbeats) AS has_heartbeats, min(first_at) FILTER (WHERE first_at >= start_at) AS first_at,
          bool_or(speaks AND ${SPEAKS_FOR_WHOLE}) AS speaks_whole
        FROM heard m GROUP BY charger_id)
      SELECT c.charger_id, c.start_at, k.charger_id IS NOT NULL AS has_messages, coalesce(k.has_heartbeats, false) AS has_heartbeats,
        ${early ? 'least(k.first_at, f.first_at)' : 'k.first_at'} AS first_at, coalesce(k.speaks_whole, false) AS speaks_whole
      FROM charger c LEFT JOIN kept k ON k.charger_id = c.charger_id
        ${early ? `LEFT JOIN (${FIRST_IN_SERVICE}) f ON f.charger_id = c.charger_id` : ''}
      UNION ALL SELECT * FROM kept_charger ANTI JOIN whole_charger USING (charger_id)`),
    make(`CREATE OR REPLACE TEMP TABLE contact_sender AS
      SELECT sender, charger_id FROM message_sender SEMI JOIN (
        SELECT charger_id FROM charger_contact WHERE has_heartbeats
        UNION SELECT charger_id FROM voice WHERE offlines AND charger_id IS NOT NULL
        UNION SELECT charger_id FROM (${STILL_KEPT}) k) contact USING (charger_id)`),
  ];
}

/** The first message in service of each charger with a voice that spoke before. */
const FIRST_IN_SERVICE = `
  WITH day AS (
    SELECT m.charger_id, m.start_at, m.sender, m.connector_no, d.day, min(d.first_at) AS first_at
    FROM heard m JOIN message_day d ON d.sender = m.sender AND d.connector_no = m.connector_no
    WHERE m.first_at < m.start_at AND d.last_at >= m.start_at GROUP BY ALL)
  SELECT charger_id, min(moment) AS first_at FROM (
    SELECT charger_id, first_at AS moment FROM day WHERE first_at >= start_at
    UNION ALL SELECT d.charger_id, e.happened_at
    FROM ${HEARD} e JOIN (FROM day WHERE first_at < start_at) d ON ${OF_DAY}
    WHERE e.happened_at >= d.start_at AND ${IS_TRUE}) either GROUP BY charger_id`;
