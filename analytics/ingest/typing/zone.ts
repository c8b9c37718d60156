import type { Sql } from '../../contract/sql.ts';
import { literal } from '../../tables/identifier.ts';

/** A change of a zone's distance from UTC, in seconds, and the local time up to which the distance before still counts. */
interface ZoneChange {
  readonly until: string;
  readonly before: number;
  readonly after: number;
}

/** How local times of one zone become UTC. */
export interface ZoneShift {
  /** UTC of the local time `naive`: a time that does not exist moves forward, one that occurs twice is its first occurrence. */
  utc(naive: string): string;
  /** True of a local time that does not exist; null where there is none in the span. */
  gap(naive: string): string | null;
  /** True of a local time that occurs twice. */
  overlap(naive: string): string | null;
  /** By how many seconds the clocks go back at most; 0 where they do not. */
  readonly back: number;
}

/**
 * The shift of `zone` for local times between `from` and `to`. A CASE over the changes in the span: as exact as the time zone
 * functions of the database, with a fixed choice at the changes, and several times as fast.
 */
export async function zoneShift(
  sql: Sql,
  zone: string,
  span: { readonly from: string; readonly to: string },
): Promise<ZoneShift> {
  const offset = (instant: string) =>
    `(epoch(timezone(${literal(zone)}, timezone('UTC', ${instant}))) - epoch(${instant}))::BIGINT`;
  const changes = await sql.rows<ZoneChange>({
    text: `WITH days AS (
        SELECT unnest(generate_series(CAST($from AS TIMESTAMP) - INTERVAL 3 DAY, CAST($to AS TIMESTAMP) + INTERVAL 3 DAY, INTERVAL 1 DAY)) AS day),
      changed AS (SELECT day FROM days WHERE ${offset('day')} <> ${offset('(day - INTERVAL 1 DAY)')}),
      minutes AS (SELECT unnest(generate_series(day - INTERVAL 1 DAY, day, INTERVAL 1 MINUTE)) AS instant FROM changed),
      edges AS (SELECT instant, ${offset('(instant - INTERVAL 1 MINUTE)')} AS before, ${offset('instant')} AS after FROM minutes)
      SELECT DISTINCT strftime(instant + to_seconds(greatest(before, after)), '%Y-%m-%d %H:%M:%S') AS until, before, after
      FROM edges WHERE before <> after ORDER BY until`,
    params: span,
  });
  const [first] = await sql.rows<{ seconds: number }>({
    text: `SELECT ${offset('(CAST($from AS TIMESTAMP) - INTERVAL 3 DAY)')} AS seconds`,
    params: { from: span.from },
  });
  const last = changes.at(-1)?.after ?? first?.seconds ?? 0;
  const edge = (change: ZoneChange) => `TIMESTAMP ${literal(change.until)}`;
  const within = (naive: string, wanted: readonly ZoneChange[]) =>
    wanted.length === 0
      ? null
      : `(${wanted.map((each) => `${naive} >= ${edge(each)} - to_seconds(${Math.abs(each.after - each.before)}) AND ${naive} < ${edge(each)}`).join(' OR ')})`;
  return {
    utc(naive) {
      if (changes.length === 0) return last === 0 ? naive : `${naive} - to_seconds(${last})`;
      const cases = changes.map((change) => `WHEN ${naive} < ${edge(change)} THEN ${change.before}`);
      return `${naive} - to_seconds(CASE ${cases.join(' ')} ELSE ${last} END)`;
    },
    gap: (naive) =>
      within(
        naive,
        changes.filter((change) => change.after > change.before),
      ),
    overlap: (naive) =>
      within(
        naive,
        changes.filter((change) => change.after < change.before),
      ),
    back: Math.max(0, ...changes.map((change) => change.before - change.after)),
  };
}
