import { DIMENSIONS, type Dimension, UNKNOWN_MEMBER, type Where } from '../contract/dimensions.ts';
import type { SqlStatement } from '../contract/sql.ts';
import { sourceRelation, whereCondition } from '../observe/index.ts';
import { identifier } from '../tables/identifier.ts';
import { tableNamed } from '../tables/index.ts';

/** Which flow is computed: the stages in order, the days from `first` to `last` (both included), and what is known. */
export interface FlowScope {
  readonly stream: string;
  readonly stages: readonly string[];
  readonly first: string;
  readonly last: string;
  /** The first instant after the as-of day, ISO 8601 UTC. */
  readonly asOf: string;
  readonly where: Where;
  /** Whether days differ by region, so that each visit's region must be known. */
  readonly regional: boolean;
  /** The dimensions of which every case states its own member, so that it need not be found through its customer. */
  readonly stated?: readonly Dimension[];
}

/** Where a day lies beside the period. */
export const WHEN = { before: 0, within: 1, after: 2 } as const;

/** How a visit ended; `none` where nothing says so. */
export const OUTCOME = { none: 0, passed: 1, dropped: 2, returned: 3, other: 4 } as const;

/** No two zones of the world, and no two sides of a change of clocks, are further apart: beyond it of a UTC day's bounds an instant's local day needs no zone. */
const ZONE_REACH = "INTERVAL '30 hours'";
const FIRST = 'CAST($first AS TIMESTAMP)';
const END = "(CAST($last AS TIMESTAMP) + INTERVAL '1 day')";
const AS_OF = 'CAST($as_of AS TIMESTAMP)';

/**
 * The statement that gives the visits of all cases of which one comes near the period: `case_no`, `place` of the stage (from 0), `visit_no`,
 * `entered` and `exited` (microseconds; missing while it is there), `outcome` ({@link OUTCOME}), `entered_when` and `exited_when` ({@link WHEN}) by business
 * days, and `age` in days where it stands in the stage at the end of the period, or on the as-of day where that comes first.
 */
export function compileVisits(scope: FlowScope): SqlStatement {
  // Read twice: what must be looked up through links is kept in between, what stands in one table is read again.
  const keeping = isLinked(scope) ? 'MATERIALIZED' : 'NOT MATERIALIZED';
  const text = `WITH known AS ${keeping} (${visits(scope)}
), touched AS (
  SELECT case_id, CAST(row_number() OVER () AS INTEGER) AS case_no FROM (SELECT DISTINCT case_id FROM known
  WHERE least(entered_at, exited_at) < ${END} + ${ZONE_REACH} AND (exited_at IS NULL OR greatest(entered_at, exited_at) >= ${FIRST} - ${ZONE_REACH}))
)
SELECT case_no, place, CAST(visit_no AS INTEGER) AS visit_no, CAST(epoch_us(entered_at) AS DOUBLE) AS entered, CAST(epoch_us(exited_at) AS DOUBLE) AS exited,
  CAST(CASE WHEN exited_at IS NULL OR outcome IS NULL THEN ${OUTCOME.none} WHEN outcome = 'passed' THEN ${OUTCOME.passed} WHEN outcome = 'dropped' THEN ${OUTCOME.dropped}
    WHEN outcome = 'returned' THEN ${OUTCOME.returned} ELSE ${OUTCOME.other} END AS INTEGER) AS outcome,
  ${placed('entered_at')} AS entered_when, ${placed('exited_at')} AS exited_when, ${waiting()} AS age
FROM known JOIN touched USING (case_id)`;
  const { first, last, asOf, stages, where } = scope;
  return { text, params: { first, last, as_of: asOf, stages, ...whereCondition(where).params } };
}

/** The visits to the stream's stages as known on the as-of day: an exit after it has not happened. */
function visits(scope: FlowScope): string {
  const { where, regional } = scope;
  const filter = DIMENSIONS.filter((dimension) => where[dimension] !== undefined).map(
    (dimension) => ` AND list_contains(CAST($where_${dimension} AS VARCHAR[]), ${identifier(dimension)})`,
  );
  const isOfStage = 'list_contains(CAST($stages AS VARCHAR[]), stage_id)';
  const columns = `visit.case_id, CAST(list_position(CAST($stages AS VARCHAR[]), stage_id) - 1 AS INTEGER) AS place, visit_no, entered_at, exited_at, outcome`;
  if (isLinked(scope) && !isAnyUnknown(where)) {
    return `
  SELECT ${columns}, ${regional ? 'belonging.region' : "''"} AS region
  FROM (${events({ linked: false })}) visit JOIN (SELECT case_id, region FROM (${cases({ linked: !isStated(scope) })}) WHERE true${filter.join('')}) belonging USING (case_id)
  WHERE ${isOfStage}`;
  }
  return `
  SELECT ${columns}, ${regional ? 'region' : "''"} AS region
  FROM (${events({ linked: isLinked(scope) })}) visit WHERE ${isOfStage}${filter.join('')}`;
}

/** Whether visits are asked for of which it is not known where they belong. */
function isAnyUnknown(where: Where): boolean {
  const filtered = DIMENSIONS.flatMap((dimension) => where[dimension] ?? []);
  return filtered.length === 0 || filtered.includes(UNKNOWN_MEMBER);
}

/** Whether cases state all that is asked of them. */
function isStated({ where, regional, stated = [] }: FlowScope): boolean {
  const asked = DIMENSIONS.filter((dimension) => where[dimension] !== undefined || (regional && dimension === 'region'));
  return asked.every((dimension) => stated.includes(dimension));
}

/** Whether it must be known where a visit belongs. */
function isLinked({ where, regional }: FlowScope): boolean {
  return regional || DIMENSIONS.some((dimension) => where[dimension] !== undefined);
}

/** Whether the local day of an instant lies before, within or after the period; the zone is asked only near its bounds. */
function placed(instant: string): string {
  const day = `local_day(${instant}, region)`;
  return `CAST(CASE WHEN ${instant} < ${FIRST} - ${ZONE_REACH} THEN ${WHEN.before} WHEN ${instant} >= ${END} + ${ZONE_REACH} THEN ${WHEN.after}
      WHEN ${instant} >= ${FIRST} + ${ZONE_REACH} AND ${instant} < ${END} - ${ZONE_REACH} THEN ${WHEN.within}
      WHEN ${day} < CAST($first AS DATE) THEN ${WHEN.before} WHEN ${day} > CAST($last AS DATE) THEN ${WHEN.after} WHEN ${instant} IS NOT NULL THEN ${WHEN.within} END AS INTEGER)`;
}

/** The age of a visit that lasts at the end of the period; the zone is asked only of those that last near it. */
function waiting(): string {
  const end = `least(day_start(add_days(CAST($last AS DATE), 1), region), ${AS_OF})`;
  return `CASE WHEN entered_at < ${END} + ${ZONE_REACH} AND (exited_at IS NULL OR exited_at >= least(${END} - ${ZONE_REACH}, ${AS_OF}))
    AND entered_at < ${end} AND (exited_at IS NULL OR exited_at >= ${end}) THEN days_between(entered_at, ${end}) END`;
}

/** A stage id that the data holds for a stream, with its visits whatever the filter and the period. */
export interface HeldStage {
  readonly stage_id: string;
  readonly visits: number;
}

/** The statement that gives the stage ids that the data holds for the stream; a visit's own stage says so, else the stream of its case must be looked up. */
export function compileHeld({ stream, stages, asOf }: Pick<FlowScope, 'stream' | 'stages' | 'asOf'>): SqlStatement {
  const isOfStream =
    "(list_contains(CAST($stages AS VARCHAR[]), t.stage_id) OR starts_with(t.stage_id, CAST($stream AS VARCHAR) || '.'))";
  return {
    text: `SELECT stage_id, count(*) AS visits FROM (${events({ linked: false, only: isOfStream })}) GROUP BY stage_id
UNION ALL
SELECT stage_id, count(*) FROM (${events({ linked: true, only: `NOT ${isOfStream}` })}) WHERE stream_id = CAST($stream AS VARCHAR) GROUP BY stage_id
ORDER BY stage_id`,
    params: { stream, stages, as_of: asOf },
  };
}

/** The statement that gives, for each dimension, whether every case states a member of its own: 1 or 0. */
export function compileStated(): SqlStatement {
  const each = DIMENSIONS.map(
    (dimension) =>
      `CAST(count(*) FILTER (WHERE ${identifier(dimension)} = '${UNKNOWN_MEMBER}') = 0 AS INTEGER) AS ${identifier(dimension)}`,
  );
  return { text: `SELECT ${each.join(', ')} FROM (${cases({ linked: false })})`, params: {} };
}

/** The cases with where each belongs, whenever it was opened; `linked` where it must be found through their customers. */
function cases({ linked }: { readonly linked: boolean }): string {
  const table = tableNamed('journey_case');
  if (!table) throw new Error('No table journey_case');
  const known = table.columns.filter((column) => column.type !== 'timestamp');
  return sourceRelation({ ...table, columns: known, happensAt: null, ...(linked ? {} : { links: [] }) });
}

/** The visits as known on the as-of day; `linked` where it must be found through their cases where they belong. */
function events({ linked, only = null }: { readonly linked: boolean; readonly only?: string | null }): string {
  const table = tableNamed('stage_event');
  if (!table) throw new Error('No table stage_event');
  return sourceRelation(linked ? table : { ...table, links: [] }, { only }).replaceAll(/\$as_of\b/g, AS_OF);
}
