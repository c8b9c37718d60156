import type { Where } from '../contract/dimensions.ts';
import type { SqlStatement } from '../contract/sql.ts';
import { sourceRelation, whereCondition } from '../observe/index.ts';
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
}

/** One row of the answer of {@link compileStageFigures}: the figures of one stage that occurs in the data. */
export interface StageFigures {
  readonly stage_id: string;
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

const IN_PERIOD = 'BETWEEN CAST($first AS DATE) AND CAST($last AS DATE)';

/**
 * The figures of every stage in one statement. Days are business days, durations fractional days of 24 hours, percentiles
 * type 7; visits that end before they begin take no part in times. A case has left a stage when none of its visits is open.
 */
export function compileStageFigures(scope: FlowScope): SqlStatement {
  const text = `${visits(scope.where)}, cases AS (
  SELECT stage_id, case_id, min(entered_day) AS first_day, max(exited_day) AS last_exit_day,
    bool_or(exited_at IS NULL) AS is_open,
    arg_max(coalesce(outcome, ''), row(exited_at, visit_no)) FILTER (WHERE exited_at IS NOT NULL) AS last_outcome,
    sum(days) AS days, coalesce(bool_or(days < 0), false) AS is_damaged,
    bool_or(entered_day <= CAST($last AS DATE) AND (exited_day IS NULL OR exited_day >= CAST($first AS DATE))) AS is_seen,
    greatest(count(*) FILTER (WHERE entered_day <= CAST($last AS DATE)), max(visit_no) FILTER (WHERE entered_day <= CAST($last AS DATE))) AS visits
  FROM visits GROUP BY stage_id, case_id
), by_case AS (
  SELECT stage_id,
    count(*) FILTER (WHERE first_day ${IN_PERIOD}) AS new_cases,
    count(*) FILTER (WHERE first_day ${IN_PERIOD} AND NOT is_open) AS left_cases,
    count(*) FILTER (WHERE first_day ${IN_PERIOD} AND NOT is_open AND last_outcome = 'passed') AS converted,
    quantile_cont(days, 0.5) FILTER (WHERE NOT is_open AND NOT is_damaged AND last_exit_day ${IN_PERIOD}) AS median_days,
    quantile_cont(days, 0.85) FILTER (WHERE NOT is_open AND NOT is_damaged AND last_exit_day ${IN_PERIOD}) AS p85_days,
    count(*) FILTER (WHERE is_seen) AS seen, count(*) FILTER (WHERE is_seen AND visits > 1) AS reworked
  FROM cases GROUP BY stage_id
), by_visit AS (
  SELECT stage_id,
    count(*) FILTER (WHERE entered_day ${IN_PERIOD}) AS entered,
    count(*) FILTER (WHERE entered_day ${IN_PERIOD} AND exited_at IS NULL) AS open,
    count(*) FILTER (WHERE outcome = 'passed' AND exited_day ${IN_PERIOD}) AS passed,
    count(*) FILTER (WHERE outcome = 'dropped' AND exited_day ${IN_PERIOD}) AS dropped,
    count(*) FILTER (WHERE outcome = 'returned' AND exited_day ${IN_PERIOD}) AS returned
  FROM visits GROUP BY stage_id
), ends AS (
  SELECT region, least(day_start(add_days(CAST($last AS DATE), 1), region), CAST($as_of AS TIMESTAMP)) AS end_at
  FROM (SELECT DISTINCT region FROM visits)
), waiting AS (
  SELECT stage_id, case_id, max(days_between(entered_at, end_at)) AS age
  FROM visits JOIN ends USING (region) WHERE entered_at < end_at AND (exited_at IS NULL OR exited_at >= end_at) GROUP BY stage_id, case_id
), by_age AS (
  SELECT stage_id, count(*) AS wip, quantile_cont(age, 0.5) AS median_age, count(*) FILTER (WHERE age > p85_days) AS past_promise
  FROM waiting JOIN by_case USING (stage_id) GROUP BY stage_id
)
SELECT stage_id, entered, new_cases, passed, dropped, returned, open, left_cases, converted, median_days, p85_days,
  coalesce(wip, 0) AS wip, median_age, coalesce(past_promise, 0) AS past_promise, seen, reworked
FROM by_case JOIN by_visit USING (stage_id) LEFT JOIN by_age USING (stage_id)`;
  return statement(text, scope, ['first', 'last', 'as_of', 'stages']);
}

/** The one row of the answer of {@link compileFlowFacts}, about the cases seen in the period. */
export interface FlowFacts {
  readonly skipped: number;
  readonly out_of_order: number;
  readonly begun_before: number;
  readonly negative: number;
  readonly no_outcome: number;
}

/** What limits the reading of the figures, among the cases seen in some stage in the period. */
export function compileFlowFacts(scope: FlowScope): SqlStatement {
  const text = `${visits(scope.where)}, seen AS (
  SELECT DISTINCT case_id FROM visits
  WHERE entered_day <= CAST($last AS DATE) AND (exited_day IS NULL OR exited_day >= CAST($first AS DATE))
), firsts AS (
  SELECT case_id, list_position($stages, stage_id) AS place, min(entered_at) AS first_at
  FROM visits SEMI JOIN seen USING (case_id) GROUP BY case_id, stage_id
), steps AS (
  SELECT *, first_at < lag(first_at) OVER (PARTITION BY case_id ORDER BY place) AS is_early FROM firsts
), paths AS (
  SELECT case_id, min(place) AS first_place, max(place) - min(place) + 1 > count(*) AS skips, coalesce(bool_or(is_early), false) AS disordered
  FROM steps GROUP BY case_id
)
SELECT (SELECT count(*) FROM paths WHERE skips) AS skipped,
  (SELECT count(*) FROM paths WHERE disordered) AS out_of_order,
  (SELECT count(*) FROM paths WHERE first_place > 1) AS begun_before,
  (SELECT count(*) FROM visits WHERE days < 0 AND exited_day ${IN_PERIOD}) AS negative,
  (SELECT count(*) FROM visits WHERE exited_at IS NOT NULL AND outcome IS NULL AND exited_day ${IN_PERIOD}) AS no_outcome`;
  return statement(text, scope, ['first', 'last', 'as_of', 'stages']);
}

/** One row of the answer of {@link compileStagesHeld}: a stage id in the stream's data, whatever the filter and the period. */
export interface StageHeld {
  readonly stage_id: string;
  readonly visits: number;
}

/** The stage ids that the data holds for the stream. */
export function compileStagesHeld(scope: FlowScope): SqlStatement {
  const text = `WITH events AS (${events()})
SELECT stage_id, count(*) AS visits FROM events
WHERE stream_id = $stream OR starts_with(stage_id, $stream || '.') OR list_contains($stages, stage_id)
GROUP BY stage_id ORDER BY stage_id`;
  return statement(text, scope, ['as_of', 'stream', 'stages'], false);
}

/** The visits to the stream's stages as known on the as-of day: an exit after it has not happened, nor has its outcome. */
function visits(where: Where): string {
  return `WITH events AS (${events()}), visits AS (
  SELECT case_id, stage_id, visit_no, entered_at, exited_at, CASE WHEN exited_at IS NOT NULL THEN outcome END AS outcome,
    local_day(entered_at, region) AS entered_day, local_day(exited_at, region) AS exited_day,
    days_between(entered_at, exited_at) AS days, region
  FROM events WHERE list_contains($stages, stage_id)${whereCondition(where).text}
)`;
}

function events(): string {
  const table = tableNamed('stage_event');
  if (!table) throw new Error('No table stage_event');
  return sourceRelation(table).replaceAll(/\$as_of\b/g, 'CAST($as_of AS TIMESTAMP)');
}

type ScopeParam = 'first' | 'last' | 'as_of' | 'stream' | 'stages';

function statement(text: string, scope: FlowScope, used: readonly ScopeParam[], filtered = true): SqlStatement {
  const all = { first: scope.first, last: scope.last, as_of: scope.asOf, stream: scope.stream, stages: scope.stages };
  const params = Object.fromEntries(used.map((name) => [name, all[name]] as const));
  return { text, params: filtered ? { ...params, ...whereCondition(scope.where).params } : params };
}
