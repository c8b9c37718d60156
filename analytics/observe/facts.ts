import { DIMENSIONS } from '../contract/dimensions.ts';
import type { Metric } from '../contract/metric-definition.ts';
import { type Day, monthOfIndex } from '../contract/period.ts';
import type { Sql, SqlStatement } from '../contract/sql.ts';
import { type FactTable, factTable } from '../tables/fact-tables.ts';
import { identifier, literal } from '../tables/identifier.ts';
import { addedSums, exactSums } from './exact-sum.ts';
import { refreshSurvival } from './survival-facts.ts';

/** Kinds whose observations have a size, so that percentiles mean something. */
const SIZED_KINDS = new Set(['duration', 'mean', 'sum']);

/** The working table of `(metric, month)` whose facts are to be made anew. */
export const TOUCHED_MONTH = 'touched_month';

/** The dimensions by which sums and percentiles are kept beside segment; none at all is one of them. */
const OTHERS = DIMENSIONS.filter((dimension) => dimension !== 'segment');
const ROLLED_UP = ['', ...OTHERS];

/** The working table of the sums of touched months, with their members. */
const SUMMED_MONTH = 'summed_month';

/** The tables whose rows follow from the observations of their month alone. */
const SUMMED = ['_fact', '_rollup'] as const satisfies readonly FactTable[];
const MONTHLY = [...SUMMED, '_size', '_percentile'] as const satisfies readonly FactTable[];
const MEMBERS = DIMENSIONS.map(identifier).join(', ');

/** Whether percentiles of a metric's sizes mean something. */
export function isSized(metric: Pick<Metric, 'kind'>): boolean {
  return SIZED_KINDS.has(metric.kind);
}

/** The SQL that gives the month index of a day. */
export function monthOfDay(day: string): string {
  return `CAST(year(${day}) * 12 + month(${day}) - 1 AS INTEGER)`;
}

/** Of which observations facts are made, and as known on which day. */
export interface FactsRequest {
  readonly observations: string;
  readonly metrics: readonly Metric[];
  readonly asOf: Day;
}

/** Makes the facts of every month of these metrics anew; those of other metrics stay. */
export async function refreshFacts(sql: Sql, request: FactsRequest): Promise<void> {
  await sql.transaction(async () => {
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE ${TOUCHED_MONTH} AS
SELECT DISTINCT metric, month FROM (
  SELECT metric, ${monthOfDay('day')} AS month FROM ${identifier(request.observations)}
  UNION SELECT metric, month FROM ${factTable(request.observations, '_fact')}
) known WHERE list_contains($metrics, metric)`,
      params: { metrics: request.metrics.map((metric) => metric.id) },
    });
    await refreshTouchedFacts(sql, request);
    await refreshSurvival(sql, request);
  });
}

/**
 * Makes the facts of the metrics and months in {@link TOUCHED_MONTH} anew, and drops it; `reach` where it is known how far that reaches. To be
 * called within a transaction.
 */
export async function refreshTouchedFacts(sql: Sql, request: FactsRequest, reach: Reach | null = null): Promise<void> {
  const touched = reach ?? (await touchedReach(sql));
  if (touched.spans.length > 0) {
    const sized = sizedOf(request.metrics, touched);
    for (const table of sized.spans.length > 0 ? MONTHLY : SUMMED) {
      const facts = factTable(request.observations, table);
      const join = `USING ${TOUCHED_MONTH} t WHERE f.metric = t.metric AND f.month = t.month AND`;
      await sql.run({ text: `DELETE FROM ${facts} f ${touched.isAll ? 'WHERE' : join} ${reachedMonths(touched, 'f.')}` });
    }
    for (const statement of factStatements(request, touched, sized)) await sql.run(statement);
  }
  await sql.run({ text: `DROP TABLE IF EXISTS ${SUMMED_MONTH}; DROP TABLE ${TOUCHED_MONTH}` });
}

/** Metrics and the months from the first to the last that is touched of each of them. */
interface ReachSpan {
  readonly metrics: readonly string[];
  readonly first: number;
  readonly last: number;
}

/** How far {@link TOUCHED_MONTH} reaches. */
export interface Reach {
  /** Metrics that reach alike together; none where nothing is touched. */
  readonly spans: readonly ReachSpan[];
  /** Whether every month of the spans is touched, and they are few: then no row need be looked up among those that are. */
  readonly isAll: boolean;
}

/** So many spans at most stand in the text of a condition. */
const FEW_SPANS = 4;

/** How far {@link TOUCHED_MONTH} reaches now. */
export async function touchedReach(sql: Sql): Promise<Reach> {
  const rows = await sql.rows<{ metrics: string; first: number; last: number; gapless: boolean }>({
    text: `SELECT CAST(to_json(list(metric ORDER BY metric)) AS VARCHAR) AS metrics, first, last, bool_and(months = last - first + 1) AS gapless
FROM (SELECT metric, min(month) AS first, max(month) AS last, count(*) AS months FROM ${TOUCHED_MONTH} GROUP BY metric) each
GROUP BY first, last ORDER BY first, last`,
  });
  return {
    spans: rows.map(({ metrics, first, last }) => ({ metrics: JSON.parse(metrics) as string[], first, last })),
    isAll: rows.length <= FEW_SPANS && rows.every((each) => each.gapless),
  };
}

/** The days of all months that are reached, as a condition on `day`. */
export function reachedDays({ spans }: Reach): string {
  return daysOf(around(spans));
}

/** The days of a span's months, in such a form that storage skips what is beyond. */
function daysOf({ first, last }: ReachSpan): string {
  const firstDay = (month: number) => `DATE '${monthOfIndex(month)}-01'`;
  return `day >= ${firstDay(first)} AND day < ${firstDay(last + 1)}`;
}

/** The span in which all of these lie. */
function around(spans: readonly ReachSpan[]): ReachSpan {
  return {
    metrics: spans.flatMap((each) => each.metrics),
    first: Math.min(...spans.map((each) => each.first)),
    last: Math.max(...spans.map((each) => each.last)),
  };
}

/** A condition over facts that storage can use: it holds for what is reached, and where not all of that is touched for little else. */
function reachedMonths({ spans, isAll }: Reach, row = ''): string {
  const within = ({ metrics, first, last }: ReachSpan) =>
    `${row}metric IN (${metrics.map(literal).join(', ')}) AND ${row}month BETWEEN ${first} AND ${last}`;
  const bounds = within(around(spans));
  return isAll && spans.length > 1 ? `${bounds} AND (${spans.map((each) => `(${within(each)})`).join(' OR ')})` : bounds;
}

/** The observations that are touched, with their month and whether they are mature. */
function touchedObservations(observations: string, reach: Reach): string {
  const spans = reach.spans.map(
    (span) => `SELECT metric, ${monthOfDay('day')} AS month, day, ${MEMBERS}, num, den,
    matures_on IS NULL OR matures_on <= CAST($as_of AS DATE) AS mature
  FROM ${identifier(observations)} WHERE metric IN (${span.metrics.map(literal).join(', ')}) AND ${daysOf(span)}`,
  );
  return `(${spans.join('\nUNION ALL ')}) o${onlyTouched(reach)}`;
}

/** The sizes that are touched. */
function touchedSizes(table: string, reach: Reach): string {
  return `(SELECT * FROM ${table} WHERE ${reachedMonths(reach)}) s${onlyTouched(reach)}`;
}

function onlyTouched({ isAll }: Reach): string {
  return isAll ? '' : ` SEMI JOIN ${TOUCHED_MONTH} USING (metric, month)`;
}

/** Of what is reached the metrics whose percentiles mean something. */
function sizedOf(metrics: readonly Metric[], { spans, isAll }: Reach): Reach {
  const sized = new Set(metrics.filter(isSized).map((metric) => metric.id));
  const reached = spans.map((each) => ({ ...each, metrics: each.metrics.filter((metric) => sized.has(metric)) }));
  return { spans: reached.filter((each) => each.metrics.length > 0), isAll };
}

function factStatements({ observations, asOf }: FactsRequest, reach: Reach, sized: Reach): SqlStatement[] {
  const table = (name: FactTable) => factTable(observations, name);
  const combined = `JOIN ${table('_combination')} USING (${MEMBERS})`;
  const params = { as_of: asOf };
  const summed = [
    {
      text: `CREATE OR REPLACE TEMP TABLE ${SUMMED_MONTH} AS
SELECT metric, month, ${MEMBERS}, count(num) FILTER (WHERE mature) AS n, count(*) FILTER (WHERE NOT mature) AS pending,
  ${exactSums('num', 'mature')}, ${exactSums('den', 'mature')}
FROM ${touchedObservations(observations, reach)}
GROUP BY metric, month, ${MEMBERS}`,
      params,
    },
    {
      text: `INSERT INTO ${table('_combination')}
SELECT (SELECT coalesce(max(combination), 0) FROM ${table('_combination')}) + row_number() OVER (), ${MEMBERS}
FROM (SELECT DISTINCT ${MEMBERS} FROM ${SUMMED_MONTH}) occurring ANTI JOIN ${table('_combination')} USING (${MEMBERS})`,
    },
    {
      text: `INSERT INTO ${table('_fact')} SELECT metric, month, combination, n, pending, num, num_rest, den, den_rest
FROM ${SUMMED_MONTH} ${combined} ORDER BY metric, month`,
    },
    { text: `INSERT INTO ${table('_rollup')} ${rolledUp(SUMMED_MONTH, { ofFew: isFew(reach) })}` },
  ];
  if (sized.spans.length === 0) return summed;
  return [
    ...summed,
    {
      text: `INSERT INTO ${table('_size')} SELECT metric, month, day, combination, num
FROM ${touchedObservations(observations, sized)} ${combined} WHERE mature AND num IS NOT NULL ORDER BY metric, day`,
      params,
    },
    {
      text: `INSERT INTO ${table('_percentile')} SELECT dimension, member, metric, month, segment, sizes[1], sizes[2], sizes[3] FROM (
${percentilesOf(`${touchedSizes(table('_size'), sized)} JOIN ${table('_combination')} USING (combination)`, sized)}
) kept`,
    },
  ];
}

/** Up to so many months of all metrics together, what is summed up is held in memory once for each dimension. */
const FEW_MONTHS = 16;

function isFew({ spans, isAll }: Reach): boolean {
  return isAll && spans.reduce((sum, { metrics, first, last }) => sum + metrics.length * (last - first + 1), 0) <= FEW_MONTHS;
}

/**
 * The rows of a relation once for each dimension beside segment, and for none, with its name (`dimension`) and their `member` of it. A grouping
 * takes a millisecond however few its rows are, so that one of five times the rows costs less than five.
 */
function spread(rows: string, columns: readonly string[]): string {
  const unnested = (values: readonly string[]) => `unnest([${["''", ...values].join(', ')}])`;
  return `(SELECT ${unnested(OTHERS.map(literal))} AS dimension, ${unnested(OTHERS.map(identifier))} AS member, ${['metric', 'month', 'segment', ...columns].join(', ')}
FROM ${rows}) spread`;
}

/** The sums of sums by members, by segment and by segment and one other dimension, in the form of `_rollup`. `ofFew`: of few months. */
export function rolledUp(sums: string, { ofFew }: { readonly ofFew: boolean }): string {
  const added = `metric, month, segment, sum(n) AS n, sum(pending) AS pending, ${addedSums('num')}, ${addedSums('den')}`;
  if (ofFew) {
    const rows = spread(sums, ['n', 'pending', 'num', 'num_rest', 'den', 'den_rest']);
    return `SELECT dimension, member, ${added} FROM ${rows} GROUP BY dimension, member, metric, month, segment`;
  }
  const names = OTHERS.map((dimension) => `WHEN grouping(${identifier(dimension)}) = 0 THEN ${literal(dimension)}`);
  const sets = ROLLED_UP.map((dimension) => `(metric, month, segment${dimension === '' ? '' : `, ${identifier(dimension)}`})`);
  return `SELECT CASE ${names.join(' ')} ELSE '' END AS dimension, coalesce(${OTHERS.map(identifier).join(', ')}, '') AS member, ${added}
FROM ${sums} GROUP BY GROUPING SETS (${sets.join(', ')})`;
}

/** Percentiles by segment and over all segments, by one other dimension or none. Of many months one dimension at a time. */
function percentilesOf(sizes: string, reach: Reach): string {
  const select = (from: string) => {
    const by = 'dimension, member, metric, month';
    return `SELECT ${by}, segment, quantile_cont(size, [0.5, 0.85, 0.95]) AS sizes FROM ${from} GROUP BY GROUPING SETS ((${by}, segment), (${by}))`;
  };
  if (isFew(reach)) return select(spread(sizes, ['size']));
  return ROLLED_UP.map((dimension) => {
    const member = dimension === '' ? "''" : identifier(dimension);
    return select(
      `(SELECT ${literal(dimension)} AS dimension, ${member} AS member, metric, month, segment, size FROM ${sizes}) each`,
    );
  }).join('\nUNION ALL ');
}
