import type { StatementMaker } from './statement.ts';

/**
 * The statements that turn `port_edge` into `port_state` and `port_day`: one sweep per port over its edges in order of
 * time, in which each running sum says how many sources hold something true. What cannot be known goes before a fault, a
 * fault before being out of contact; an excusable cause excuses only time that is an outage. Half-open stretches. Unless `isWhole`,
 * what was before a port's `from_at` stays, and a stretch that goes on across it stays one.
 */
export function sweepStatements(make: StatementMaker, isWhole: boolean) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE port_segment AS
      WITH point AS (
        SELECT asset_id, moment, max(day) AS day, sum(service) AS service, sum(fault) AS fault, sum(offline) AS offline,
          sum(unobserved) AS unobserved, sum(closed) AS closed, sum(excused) AS excused
        FROM port_edge GROUP BY asset_id, moment),
      running AS (
        SELECT asset_id, moment AS start_at, lead(moment) OVER timeline AS end_at, max(day) OVER timeline AS day,
          sum(service) OVER timeline AS service, sum(fault) OVER timeline AS fault, sum(offline) OVER timeline AS offline,
          sum(unobserved) OVER timeline AS unobserved, sum(closed) OVER timeline AS closed, sum(excused) OVER timeline AS excused
        FROM point WINDOW timeline AS (PARTITION BY asset_id ORDER BY moment)),
      stated AS (
        SELECT asset_id, start_at, end_at, day, excused > 0 AS has_cause,
          CASE WHEN unobserved > 0 THEN 'unobserved' WHEN fault > 0 THEN 'down' WHEN offline > 0 THEN 'offline' ELSE 'up' END AS state
        FROM running WHERE service > 0 AND closed = 0 AND end_at IS NOT NULL)
      SELECT asset_id, start_at, end_at, day, state, has_cause AND state IN ('down', 'offline') AS excused FROM stated`),
    make(
      isWhole
        ? 'DELETE FROM port_day'
        : 'DELETE FROM port_day d USING touched_port t WHERE d.asset_id = t.asset_id AND d.day >= t.from_day AND d.day >= (SELECT min(from_day) FROM touched_port)',
    ),
    make(`INSERT INTO port_day
        (asset_id, day, in_service_min, unobserved_min, fault_min, offline_min, fault_excluded_min, offline_excluded_min)
      SELECT asset_id, day, ${minutes('TRUE')}, ${minutes("state = 'unobserved'")}, ${minutes("state = 'down'")}, ${minutes("state = 'offline'")},
        ${minutes("state = 'down' AND excused")}, ${minutes("state = 'offline' AND excused")}
      FROM port_segment GROUP BY asset_id, day`),
    make(`CREATE OR REPLACE TEMP TABLE earlier_state AS
      SELECT s.asset_id, s.start_at, p.from_at AS end_at, s.state, s.excused
      FROM port_state s JOIN port_service p ON p.asset_id = s.asset_id WHERE s.start_at < p.from_at AND s.end_at >= p.from_at`),
    make(
      isWhole
        ? 'DELETE FROM port_state'
        : 'DELETE FROM port_state s USING port_service p WHERE s.asset_id = p.asset_id AND (p.from_at IS NULL OR s.end_at >= p.from_at)',
    ),
    make(`INSERT INTO port_state (asset_id, start_at, end_at, state, excused)
      WITH marked AS (
        SELECT asset_id, start_at, end_at, state, excused,
          CASE WHEN lag(end_at) OVER timeline = start_at AND lag(state) OVER timeline = state
            AND lag(excused) OVER timeline = excused THEN 0 ELSE 1 END AS opens
        FROM (SELECT asset_id, start_at, end_at, state, excused FROM port_segment UNION ALL FROM earlier_state) s
        WINDOW timeline AS (PARTITION BY asset_id ORDER BY start_at)),
      grouped AS (
        SELECT asset_id, start_at, end_at, state, excused, sum(opens) OVER (PARTITION BY asset_id ORDER BY start_at) AS stretch
        FROM marked)
      SELECT asset_id, min(start_at), max(end_at), state, excused FROM grouped GROUP BY asset_id, stretch, state, excused`),
  ];
}

/**
 * Minutes of the segments for which `condition` holds, from a sum of whole microseconds and rounded to 2^-30 minutes: less
 * than the clock tells apart, and such that sums over days, in whatever order, are exact.
 */
function minutes(condition: string): string {
  return `round(coalesce(sum(epoch_us(end_at) - epoch_us(start_at)) FILTER (WHERE ${condition}), 0) / 6e7 * ${2 ** 30}) / ${2 ** 30}`;
}
