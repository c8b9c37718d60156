import { DIMENSIONS, UNKNOWN_MEMBER, type Where } from '../contract/dimensions.ts';
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
}

/** What limits the reading of the figures, among the cases seen in some stage in the period. */
export interface FlowFacts {
  readonly skipped: number;
  readonly out_of_order: number;
  readonly begun_before: number;
  readonly negative: number;
  readonly no_outcome: number;
}

/** The figures of one stage. */
export interface StageFigures {
  readonly entered: number;
  readonly new_cases: number;
  readonly passed: number;
  readonly dropped: number;
  readonly returned: number;
  readonly open: number;
  readonly left_cases: number;
  readonly converted: number;
  readonly median_days: number | null;
  readonly p85_days: number | null;
  readonly wip: number;
  readonly median_age: number | null;
  readonly past_promise: number;
  readonly seen: number;
  readonly reworked: number;
}

/** One row of the answer of {@link compileFlow}: the figures of the stage at `place` (from 1), null where the filter leaves no visit at all; and the facts, the same in every row. */
export type FlowRow = FlowFacts & { readonly [Name in keyof StageFigures]: StageFigures[Name] | null } & {
  readonly place: number | null;
};

/** No two zones of the world, and no two sides of a change of clocks, are further apart: beyond it of a UTC day's bounds an instant's local day needs no zone. */
const ZONE_REACH = "INTERVAL '30 hours'";

/**
 * The flow of a period in one statement. Days are business days, durations fractional days of 24 hours, percentiles type 7;
 * visits that end before they begin take no part in times. A case has left a stage when none of its visits is open.
 * Only the few cases that came to a stage more than once are grouped; of the others the visit is all there is.
 */
export function compileFlow(scope: FlowScope): SqlStatement {
  const places = scope.stages.map((_, index) => index + 1);
  // Read twice: what must be looked up through links is kept in between, what stands in one table is read again.
  const keeping = isLinked(scope) ? 'MATERIALIZED' : 'NOT MATERIALIZED';
  const text = `WITH known AS ${keeping} (${visits(scope)}), touched AS (
  SELECT case_id, row_number() OVER () AS case_no FROM (SELECT DISTINCT case_id FROM known
  WHERE least(entered_at, exited_at) < ${END} + ${ZONE_REACH} AND (exited_at IS NULL OR greatest(entered_at, exited_at) >= ${FIRST} - ${ZONE_REACH}))
), visits AS MATERIALIZED (
  SELECT case_no, place, visit_no, entered_at, exited_at, outcome, region, days_between(entered_at, exited_at) AS days,
    ${placed('entered_at')} AS entered_when, ${placed('exited_at')} AS exited_when
  FROM known JOIN touched USING (case_id)
), again AS (
  SELECT DISTINCT place, case_no FROM visits WHERE visit_no > 1
), cases AS (
  SELECT place, entered_when AS first_when, exited_when AS left_when, exited_at IS NULL AS is_open, coalesce(outcome, '') AS last_outcome,
    days, coalesce(days < 0, false) AS is_damaged, ${IS_SEEN} AS is_seen, 1 AS visits
  FROM visits ANTI JOIN again USING (place, case_no)
  UNION ALL
  SELECT place, min(entered_when), max(exited_when), bool_or(exited_at IS NULL),
    arg_max(coalesce(outcome, ''), row(exited_at, visit_no)) FILTER (WHERE exited_at IS NOT NULL),
    sum(days), coalesce(bool_or(days < 0), false), bool_or(${IS_SEEN}),
    greatest(count(*) FILTER (WHERE entered_when <= ${WITHIN}), max(visit_no) FILTER (WHERE entered_when <= ${WITHIN}))
  FROM visits SEMI JOIN again USING (place, case_no) GROUP BY place, case_no
), by_case AS MATERIALIZED (
  SELECT place,
    count(*) FILTER (WHERE first_when = ${WITHIN}) AS new_cases,
    count(*) FILTER (WHERE first_when = ${WITHIN} AND NOT is_open) AS left_cases,
    count(*) FILTER (WHERE first_when = ${WITHIN} AND NOT is_open AND last_outcome = 'passed') AS converted,
    quantile_cont(days, [0.5, 0.85]) FILTER (WHERE NOT is_open AND NOT is_damaged AND left_when = ${WITHIN}) AS days,
    count(*) FILTER (WHERE is_seen) AS seen, count(*) FILTER (WHERE is_seen AND visits > 1) AS reworked
  FROM cases GROUP BY place
), by_visit AS MATERIALIZED (
  SELECT place,
    count(*) FILTER (WHERE entered_when = ${WITHIN}) AS entered,
    count(*) FILTER (WHERE entered_when = ${WITHIN} AND exited_at IS NULL) AS open,
    count(*) FILTER (WHERE outcome = 'passed' AND exited_when = ${WITHIN}) AS passed,
    count(*) FILTER (WHERE outcome = 'dropped' AND exited_when = ${WITHIN}) AS dropped,
    count(*) FILTER (WHERE outcome = 'returned' AND exited_when = ${WITHIN}) AS returned,
    count(*) FILTER (WHERE days < 0 AND exited_when = ${WITHIN}) AS negative,
    count(*) FILTER (WHERE exited_at IS NOT NULL AND outcome IS NULL AND exited_when = ${WITHIN}) AS no_outcome
  FROM visits GROUP BY place
), late AS (
  SELECT place, case_no, region, entered_at, exited_at FROM visits
  WHERE entered_at < ${END} + ${ZONE_REACH} AND (exited_at IS NULL OR exited_at >= least(${END} - ${ZONE_REACH}, CAST($as_of AS TIMESTAMP)))
), ends AS (
  SELECT region, least(day_start(add_days(CAST($last AS DATE), 1), region), CAST($as_of AS TIMESTAMP)) AS end_at
  FROM (SELECT DISTINCT region FROM late)
), waiting AS (
  SELECT place, case_no, max(days_between(entered_at, end_at)) AS age
  FROM late JOIN ends USING (region) WHERE entered_at < end_at AND (exited_at IS NULL OR exited_at >= end_at) GROUP BY place, case_no
), by_age AS (
  SELECT place, count(*) AS wip, quantile_cont(age, 0.5) AS median_age, count(*) FILTER (WHERE age > days[2]) AS past_promise
  FROM waiting JOIN by_case USING (place) GROUP BY place
), figures AS (
  SELECT place, entered, new_cases, passed, dropped, returned, open, left_cases, converted, days[1] AS median_days, days[2] AS p85_days,
    coalesce(wip, 0) AS wip, median_age, coalesce(past_promise, 0) AS past_promise, seen, reworked
  FROM by_case JOIN by_visit USING (place) LEFT JOIN by_age USING (place)
), paths AS (
  SELECT min(place) AS first_place, max(place) AS last_place${places.map((place) => `, min(entered_at) FILTER (WHERE place = ${place}) AS at_${place}`).join('')}
  FROM visits GROUP BY case_no HAVING bool_or(${IS_SEEN})
), facts AS (
  SELECT count(*) FILTER (WHERE last_place - first_place + 1 > 0${places.map((place) => ` + CAST(at_${place} IS NOT NULL AS INTEGER)`).join('')}) AS skipped,
    count(*) FILTER (WHERE ${disorder(places)}) AS out_of_order,
    count(*) FILTER (WHERE first_place > 1) AS begun_before
  FROM paths
)
SELECT figures.*, facts.*,
  coalesce((SELECT sum(negative) FROM by_visit), 0) AS negative, coalesce((SELECT sum(no_outcome) FROM by_visit), 0) AS no_outcome
FROM facts LEFT JOIN figures ON true`;
  const { first, last, asOf, stages, where } = scope;
  return { text, params: { first, last, as_of: asOf, stages, ...whereCondition(where).params }, isPlanKept: true };
}

/** Where a day lies beside the period. */
const BEFORE = 0;
const WITHIN = 1;
const AFTER = 2;

const FIRST = 'CAST($first AS TIMESTAMP)';
const END = "(CAST($last AS TIMESTAMP) + INTERVAL '1 day')";
const IS_SEEN = `(entered_when <= ${WITHIN} AND (exited_when IS NULL OR exited_when >= ${WITHIN}))`;

/** Whether a stage was first entered before one that comes earlier in the stream. */
function disorder(places: readonly number[]): string {
  const pairs = places.slice(1).map((place) => {
    const earlier = places.slice(0, place - 1).reverse();
    return `at_${place} < coalesce(${[...earlier.map((each) => `at_${each}`), 'NULL'].join(', ')})`;
  });
  return pairs.length === 0 ? 'false' : pairs.join(' OR ');
}

/** The visits to the stream's stages as known on the as-of day: an exit after it has not happened, nor has its outcome. */
function visits(scope: FlowScope): string {
  const { where, regional } = scope;
  const filter = DIMENSIONS.filter((dimension) => where[dimension] !== undefined).map(
    (dimension) => ` AND list_contains(CAST($where_${dimension} AS VARCHAR[]), ${identifier(dimension)})`,
  );
  const isOfStage = 'list_contains(CAST($stages AS VARCHAR[]), stage_id)';
  const columns = `visit.case_id, CAST(list_position(CAST($stages AS VARCHAR[]), stage_id) AS SMALLINT) AS place, visit_no, entered_at, exited_at,
    CASE WHEN exited_at IS NOT NULL THEN outcome END AS outcome`;
  if (isLinked(scope) && !isAnyUnknown(where)) {
    return `
  SELECT ${columns}, ${regional ? 'belonging.region' : "''"} AS region
  FROM (${events({ linked: false })}) visit JOIN (SELECT case_id, region FROM (${cases()}) WHERE true${filter.join('')}) belonging USING (case_id)
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

/** Whether it must be known where a visit belongs. */
function isLinked({ where, regional }: FlowScope): boolean {
  return regional || DIMENSIONS.some((dimension) => where[dimension] !== undefined);
}

/** Whether the local day of an instant lies before, within or after the period; the zone is asked only near its bounds. */
function placed(instant: string): string {
  const day = `local_day(${instant}, region)`;
  return `CAST(CASE WHEN ${instant} < ${FIRST} - ${ZONE_REACH} THEN ${BEFORE} WHEN ${instant} >= ${END} + ${ZONE_REACH} THEN ${AFTER}
      WHEN ${instant} >= ${FIRST} + ${ZONE_REACH} AND ${instant} < ${END} - ${ZONE_REACH} THEN ${WITHIN}
      WHEN ${day} < CAST($first AS DATE) THEN ${BEFORE} WHEN ${day} > CAST($last AS DATE) THEN ${AFTER} WHEN ${instant} IS NOT NULL THEN ${WITHIN} END AS TINYINT)`;
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
    isPlanKept: true,
  };
}

/** The cases with where each belongs. */
function cases(): string {
  const table = tableNamed('journey_case');
  if (!table) throw new Error('No table journey_case');
  return sourceRelation({ ...table, happensAt: null }).replaceAll(/\$as_of\b/g, 'CAST($as_of AS TIMESTAMP)');
}

/** The visits as known on the as-of day; `linked` where it must be found through their cases where they belong. */
function events({ linked, only = null }: { readonly linked: boolean; readonly only?: string | null }): string {
  const table = tableNamed('stage_event');
  if (!table) throw new Error('No table stage_event');
  return sourceRelation(linked ? table : { ...table, links: [] }, { only }).replaceAll(/\$as_of\b/g, 'CAST($as_of AS TIMESTAMP)');
}
