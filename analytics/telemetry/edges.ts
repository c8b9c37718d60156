import { SILENCES } from './kept.ts';
import { TOLD } from './message-days.ts';
import { CONTACT, SPEAKS_FOR_PORT } from './messages.ts';
import type { StatementMaker } from './statement.ts';

/** What can be true of a port at one instant; several at once, each from several sources. */
const LANES = ['service', 'fault', 'offline', 'unobserved', 'closed', 'excused'] as const;
type Lane = (typeof LANES)[number];

const EDGE_COLUMNS = `asset_id, moment, day, ${LANES.join(', ')}`;

/**
 * The statements that fill the working table `port_edge`: for every port, each instant at which something begins (+1) or
 * ends (−1) to be true of it. Whatever overlaps is counted, so the sweep over the sums takes unions without joining
 * intervals. Before a port's `from_at` edges may be missing; nothing is swept there.
 */
export function edgeStatements(make: StatementMaker) {
  return [
    make(
      `CREATE OR REPLACE TEMP TABLE port_edge (asset_id VARCHAR, moment TIMESTAMP, day DATE, ${LANES.map((lane) => `${lane} INTEGER`).join(', ')})`,
    ),
    make(`CREATE OR REPLACE TEMP TABLE region_day AS
      WITH span AS (
        SELECT region, local_day(min(greatest(start_at, from_at)), region) AS first_day, local_day(max(end_at), region) AS last_day
        FROM port_service WHERE start_at < end_at GROUP BY region)
      SELECT s.region, b.day, day_start(b.day, s.region) AS start_at
      FROM span s JOIN business_clock b ON b.calendar_id = 'default' AND b.day BETWEEN s.first_day AND s.last_day`),
    make(
      intervals(
        'service',
        'SELECT asset_id, greatest(start_at, from_at) AS start_at, end_at FROM port_service WHERE start_at IS NOT NULL',
      ),
    ),
    make(DAY_EDGES),
    make(SAID_EDGES),
    make(intervals('offline', GAPS)),
    make(intervals('unobserved', BEFORE_FIRST_CONTACT)),
    make(intervals('unobserved', COLLECTOR_SILENCE)),
    ...(['down', 'offline', 'unobserved'] as const).map((state) =>
      make(intervals(state === 'down' ? 'fault' : state, importedStates(`s.state = '${state}'`))),
    ),
    make(intervals('excused', importedStates("s.exclusion <> 'none'"))),
    make(
      intervals(
        'excused',
        `SELECT c.asset_id, x.start_at, x.end_at
         FROM device_exclusion x JOIN port_cover c ON c.covering_id = x.asset_id
         WHERE coalesce(x.approved, TRUE) AND x.reason <> 'none'`,
      ),
    ),
    make(intervals('closed', CLOSED_HOURS)),
  ];
}

/** Adds both ends of every interval `(asset_id, start_at, end_at)` of `relation` to a lane. */
function intervals(lane: Lane, relation: string): string {
  const deltas = (sign: 1 | -1) => LANES.map((each) => (each === lane ? sign : 0)).join(', ');
  return `INSERT INTO port_edge (${EDGE_COLUMNS})
    WITH stretch AS (SELECT asset_id, start_at, end_at FROM (${relation}) r WHERE start_at < end_at)
    SELECT asset_id, start_at, NULL, ${deltas(1)} FROM stretch
    UNION ALL SELECT asset_id, end_at, NULL, ${deltas(-1)} FROM stretch`;
}

const DAY_EDGES = `INSERT INTO port_edge (${EDGE_COLUMNS})
  SELECT p.asset_id, d.start_at, d.day, ${LANES.map(() => '0').join(', ')}
  FROM port_service p JOIN region_day d ON d.region = p.region AND d.day BETWEEN local_day(greatest(p.start_at, p.from_at), p.region) AND local_day(p.end_at, p.region)
  WHERE p.start_at < p.end_at`;

const told = (state: string) => `CASE WHEN said = '${state}' THEN 1 ELSE 0 END - CASE WHEN before = '${state}' THEN 1 ELSE 0 END`;

/**
 * A port holds what it said last; until it says anything it is up. What is said of connector 0 runs beside what each
 * connector says of itself, so a port is up only when both are.
 */
const SAID_EDGES = `INSERT INTO port_edge (${EDGE_COLUMNS})
  WITH said AS (
    SELECT p.asset_id, CASE WHEN m.port_id IS NULL AND m.connector_no = 0 THEN 1 ELSE 0 END AS whole,
      m.moment, m.received_at, m.file_id, m.line, m.said
    FROM ${TOLD} m JOIN port_service p ON ${SPEAKS_FOR_PORT}
    WHERE m.moment >= p.start_at
    UNION ALL SELECT asset_id, whole, moment, moment, 0, 0, said FROM kept_said JOIN port_service USING (asset_id) WHERE from_at IS NOT NULL),
  turn AS (
    SELECT asset_id, moment, said, coalesce(lag(said) OVER (PARTITION BY asset_id, whole ORDER BY moment, received_at, file_id, line), 'up') AS before
    FROM said)
  SELECT asset_id, moment, NULL, 0, ${told('down')}, ${told('offline')}, 0, ${told('absent')}, 0
  FROM turn WHERE said <> before`;

/** Out of contact: from one heartbeat after the last message, where the gap is too long, and from a message that says so. */
const GAPS = `
  SELECT p.asset_id, g.start_at, g.end_at
  FROM (
    SELECT charger_id, CASE WHEN event = 'offline' THEN moment ELSE add_minutes(moment, $heartbeat) END AS start_at, next_at AS end_at
    FROM (
      SELECT m.charger_id, c.has_heartbeats, m.event, m.moment,
        coalesce(lead(m.moment) OVER (PARTITION BY m.charger_id ORDER BY m.moment, m.received_at, m.file_id, m.line), $as_of) AS next_at
      FROM (SELECT charger_id, event, moment, received_at, file_id, line FROM (${CONTACT}) n
        UNION ALL SELECT charger_id, event, moment, moment, 0, 0 FROM kept_contact ANTI JOIN whole_charger USING (charger_id)) m
      JOIN charger_contact c ON c.charger_id = m.charger_id
      WHERE m.moment >= c.start_at) heard
    WHERE event = 'offline' OR (has_heartbeats AND minutes_between(moment, next_at) > $longest_gap)) g
  JOIN port_service p ON p.charger_id = g.charger_id`;

/** Nothing is known of a port without any record, nor of a charger that reports heartbeats until its first one. */
const BEFORE_FIRST_CONTACT = `
  SELECT p.asset_id, p.start_at, CASE WHEN c.has_messages THEN coalesce(c.first_at, p.end_at) ELSE p.end_at END AS end_at
  FROM port_service p JOIN charger_contact c ON c.charger_id = p.charger_id
  WHERE (NOT c.has_messages AND NOT p.has_states)
    OR (c.has_heartbeats AND minutes_between(p.start_at, coalesce(c.first_at, p.end_at)) > $longest_gap)`;

/** Silence of all chargers together is the collector's. */
const COLLECTOR_SILENCE = `
  SELECT p.asset_id, q.start_at, q.end_at
  FROM (${SILENCES}) q, port_service p JOIN charger_contact c ON c.charger_id = p.charger_id
  WHERE c.has_messages AND (SELECT count(*) FROM charger_contact WHERE has_heartbeats) >= $silence_chargers`;

function importedStates(condition: string): string {
  return `SELECT c.asset_id, s.start_at, coalesce(s.end_at, $as_of) AS end_at
    FROM device_state s JOIN port_cover c ON c.covering_id = s.asset_id
    WHERE s.start_at < $as_of AND ${condition}`;
}

/** Hours outside those of operation, which may run past midnight. Text that is no `HH:MM-HH:MM` closes nothing. */
const CLOSED_HOURS = `
  WITH hours AS (
    SELECT asset_id, region, start_at, end_at,
      TRY_CAST(substr(open_hours, 1, 2) AS INTEGER) * 60 + TRY_CAST(substr(open_hours, 4, 2) AS INTEGER) AS opens,
      TRY_CAST(substr(open_hours, 7, 2) AS INTEGER) * 60 + TRY_CAST(substr(open_hours, 10, 2) AS INTEGER) AS closes
    FROM port_service WHERE open_hours LIKE '__:__-__:__' AND start_at < end_at),
  port_hours AS (
    SELECT h.asset_id, h.region, h.opens, h.closes, d.day
    FROM hours h JOIN region_day d ON d.region = h.region AND d.day BETWEEN local_day(h.start_at, h.region) AND local_day(h.end_at, h.region))
  SELECT asset_id, day_start(day, region) AS start_at, local_instant(add_minutes(day, opens), region) AS end_at
    FROM port_hours WHERE opens < closes
  UNION ALL SELECT asset_id, local_instant(add_minutes(day, closes), region), local_instant(add_minutes(day, 1440), region)
    FROM port_hours WHERE opens < closes
  UNION ALL SELECT asset_id, local_instant(add_minutes(day, closes), region), local_instant(add_minutes(day, opens), region)
    FROM port_hours WHERE closes < opens`;
