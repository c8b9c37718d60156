import type { Sql } from '../contract/sql.ts';
import { SILENCES, STILL_KEPT } from './kept.ts';
import { CONTACT } from './messages.ts';
import type { StatementMaker } from './statement.ts';

/** What can be true of a port at one instant; several at once, each from several sources. */
export const LANES = ['service', 'fault', 'offline', 'unobserved', 'closed', 'excused'] as const;
export type Lane = (typeof LANES)[number];

/** What there is at all of what a port's time follows from, beside messages: what is not there need not be asked for. */
export interface Sources {
  readonly hasStates: boolean;
  readonly hasExclusions: boolean;
  readonly hasHours: boolean;
  /** Whether the silence of any charger counts. */
  readonly hasContact: boolean;
  /** Whether the common silence of all chargers counts. */
  readonly hasSilences: boolean;
  /** Whether any charger is made anew whole. */
  readonly hasWhole: boolean;
  /** Whether what is made anew of any charger ends before the window. */
  readonly hasEnds: boolean;
  /** Whether any message that is read says when it was received. */
  readonly hasReceipts: boolean;
}

/**
 * The statements that make the working tables `region_day`, when each business day of a region begins and ends, and `port_edge`: for every port, each instant at which something begins (+1) or
 * ends (−1) to be true of it. Whatever overlaps is counted, so the sweep over the sums takes unions without joining
 * intervals. Before a port's `from_at`, and from its `until_at` on, edges may be missing; nothing is swept there.
 */
export function edgeStatements(make: StatementMaker, sources: Sources) {
  const { hasStates, hasExclusions, hasHours, hasContact, hasSilences } = sources;
  const parts = [
    intervals('service', IN_SERVICE),
    SAID_EDGES,
    intervals('unobserved', BEFORE_FIRST_CONTACT),
    ...(hasContact ? [intervals('offline', GAPS)] : []),
    ...(hasSilences ? [intervals('unobserved', COLLECTOR_SILENCE)] : []),
    ...(hasStates ? IMPORTED_EDGES : []),
    ...(hasExclusions ? [intervals('excused', EXCLUSIONS)] : []),
    ...(hasHours ? [intervals('closed', CLOSED_HOURS)] : []),
  ];
  return [
    make(`CREATE OR REPLACE TEMP TABLE region_day AS
      WITH span AS (
        SELECT region, local_day(min(greatest(start_at, from_at)), region) AS first_day, local_day(max(end_at), region) AS last_day
        FROM port_service WHERE start_at < end_at GROUP BY region)
      SELECT region, day, b.day - DATE '1970-01-01' AS number, start_at, end_at, epoch_us(end_at) - epoch_us(start_at) AS length
      FROM (
        SELECT s.region, b.day, day_start(b.day, s.region) AS start_at, day_start(add_days(b.day, 1), s.region) AS end_at
        FROM span s JOIN business_clock b ON b.calendar_id = 'default' AND b.day BETWEEN s.first_day AND s.last_day) b`),
    make(
      `CREATE OR REPLACE TEMP TABLE port_edge AS SELECT asset_id, moment, ${LANES.join(', ')} FROM (${parts.join('\n UNION ALL ')}) edge`,
    ),
  ];
}

/** The lanes of `port_edge` in which anything begins or ends. */
export async function usedLanes(sql: Sql): Promise<Lane[]> {
  const [used] = await sql.rows<Partial<Record<Lane, boolean>>>({
    text: `SELECT ${LANES.map((lane) => `bool_or(${lane} <> 0) AS ${lane}`).join(', ')} FROM port_edge`,
  });
  return LANES.filter((lane) => used?.[lane]);
}

/** Both ends of every interval `(asset_id, start_at, end_at)` of `relation`, in one lane. */
function intervals(lane: Lane, relation: string): string {
  return `SELECT asset_id, moment, ${LANES.map((each) => (each === lane ? `sign AS ${each}` : `0 AS ${each}`)).join(', ')}
    FROM (SELECT asset_id, unnest([start_at, end_at]) AS moment, unnest([1, -1]) AS sign FROM (${relation}) r WHERE start_at < end_at) ends`;
}

const IN_SERVICE =
  'SELECT asset_id, greatest(start_at, from_at) AS start_at, end_at FROM port_service WHERE start_at IS NOT NULL';

const told = (state: string) => `CASE WHEN said = '${state}' THEN 1 ELSE 0 END - CASE WHEN before = '${state}' THEN 1 ELSE 0 END`;

/** What is said of the whole charger runs beside what each connector says of itself, so a port is up only when both are. */
const SAID_EDGES = `SELECT asset_id, moment, 0, ${told('down')}, ${told('offline')}, 0, ${told('absent')}, 0
  FROM port_turn WHERE said <> before`;

/** Out of contact: from one heartbeat after the last message, where the gap is too long, and from a message that says so. */
const GAPS = `
  SELECT p.asset_id, g.start_at, g.end_at
  FROM (
    SELECT charger_id, CASE WHEN event = 'offline' THEN moment ELSE add_minutes(moment, $heartbeat) END AS start_at, next_at AS end_at
    FROM (
      SELECT m.charger_id, c.has_heartbeats, m.event, m.moment,
        coalesce(lead(m.moment) OVER (PARTITION BY m.charger_id ORDER BY m.moment, m.received_at, m.file_id, m.line), $as_of) AS next_at
      FROM (SELECT charger_id, event, moment, received_at, file_id, line FROM (${CONTACT}) n
        UNION ALL SELECT charger_id, event, moment, moment, 0, 0 FROM (${STILL_KEPT}) k) m
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
  WHERE c.has_messages`;

const EXCLUSIONS = `SELECT c.asset_id, x.start_at, x.end_at
  FROM device_exclusion x JOIN port_cover c ON c.covering_id = x.asset_id
  WHERE coalesce(x.approved, TRUE) AND x.reason <> 'none'`;

const IMPORTED_EDGES = [
  intervals('fault', importedStates("s.state = 'down'")),
  intervals('offline', importedStates("s.state = 'offline'")),
  intervals('unobserved', importedStates("s.state = 'unobserved'")),
  intervals('excused', importedStates("s.exclusion <> 'none'")),
];

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
