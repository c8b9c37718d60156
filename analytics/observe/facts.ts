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

const TOUCHED = `SEMI JOIN ${TOUCHED_MONTH} USING (metric, month)`;
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

/** Makes the facts of the metrics and months in {@link TOUCHED_MONTH} anew, and drops it. To be called within a transaction. */
export async function refreshTouchedFacts(sql: Sql, request: FactsRequest): Promise<void> {
  const reaches = await touchedReaches(sql);
  if (reaches.length > 0) {
    const sized = sizedOf(request.metrics, reaches);
    for (const table of sized.length > 0 ? MONTHLY : SUMMED) {
      await sql.run({
        text: `DELETE FROM ${factTable(request.observations, table)} f USING ${TOUCHED_MONTH} t WHERE f.metric = t.metric AND f.month = t.month AND ${reachedMonths(reaches, 'f.')}`,
      });
    }
    for (const statement of factStatements(request, reaches, sized)) await sql.run(statement);
  }
  await sql.run({ text: `DROP TABLE ${TOUCHED_MONTH}` });
}

/** Months of metrics between which all of theirs in {@link TOUCHED_MONTH} lie. */
interface Reach {
  readonly metrics: readonly string[];
  readonly first: number;
  readonly last: number;
}

/** How far {@link TOUCHED_MONTH} reaches, metrics that reach alike together; none where it is empty. */
async function touchedReaches(sql: Sql): Promise<readonly Reach[]> {
  const rows = await sql.rows<{ metrics: string; first: number; last: number }>({
    text: `SELECT CAST(to_json(list(metric ORDER BY metric)) AS VARCHAR) AS metrics, first, last
FROM (SELECT metric, min(month) AS first, max(month) AS last FROM ${TOUCHED_MONTH} GROUP BY metric) each GROUP BY first, last ORDER BY first, last`,
  });
  return rows.map(({ metrics, first, last }) => ({ metrics: JSON.parse(metrics) as string[], first, last }));
}

/** A condition over facts that holds for all that is reached and for little else, in such a form that storage skips what is beyond. */
function reachedMonths(reaches: readonly Reach[], row = ''): string {
  const metrics = reaches.flatMap((each) => each.metrics).map(literal);
  const [first, last] = [Math.min(...reaches.map((each) => each.first)), Math.max(...reaches.map((each) => each.last))];
  return `${row}metric IN (${metrics.join(', ')}) AND ${row}month BETWEEN ${first} AND ${last}`;
}

/** The observations that are reached, and few others, with their month and whether they are mature. */
function reachedObservations(observations: string, reaches: readonly Reach[]): string {
  const day = (month: number) => `DATE '${monthOfIndex(month)}-01'`;
  return reaches
    .map(
      ({ metrics, first, last }) => `SELECT metric, ${monthOfDay('day')} AS month, day, ${MEMBERS}, num, den,
    matures_on IS NULL OR matures_on <= CAST($as_of AS DATE) AS mature
  FROM ${identifier(observations)} WHERE metric IN (${metrics.map(literal).join(', ')}) AND day >= ${day(first)} AND day < ${day(last + 1)}`,
    )
    .join('\nUNION ALL ');
}

/** Of what is reached the metrics whose percentiles mean something. */
function sizedOf(metrics: readonly Metric[], reaches: readonly Reach[]): Reach[] {
  const sized = new Set(metrics.filter(isSized).map((metric) => metric.id));
  return reaches
    .map((each) => ({ ...each, metrics: each.metrics.filter((metric) => sized.has(metric)) }))
    .filter((each) => each.metrics.length > 0);
}

function factStatements(
  { observations, asOf }: FactsRequest,
  reaches: readonly Reach[],
  sized: readonly Reach[],
): SqlStatement[] {
  const [facts, rollups, sizes, percentiles] = MONTHLY.map((table) => factTable(observations, table));
  const touched = (table: string | undefined, reached: readonly Reach[]) =>
    `(SELECT * FROM ${table} WHERE ${reachedMonths(reached)}) f ${TOUCHED}`;
  const params = { as_of: asOf };
  const summed = [
    {
      text: `INSERT INTO ${facts}
SELECT metric, month, ${MEMBERS}, count(num) FILTER (WHERE mature) AS n, count(*) FILTER (WHERE NOT mature) AS pending,
  ${exactSums('num', 'mature')}, ${exactSums('den', 'mature')}
FROM (${reachedObservations(observations, reaches)}) o ${TOUCHED}
GROUP BY metric, month, ${MEMBERS} ORDER BY metric, month`,
      params,
    },
    {
      text: `INSERT INTO ${rollups} ${rolledUp(touched(facts, reaches))}`,
    },
  ];
  if (sized.length === 0) return summed;
  return [
    ...summed,
    {
      text: `INSERT INTO ${sizes} SELECT metric, month, day, ${MEMBERS}, num
FROM (${reachedObservations(observations, sized)}) o ${TOUCHED} WHERE mature AND num IS NOT NULL ORDER BY metric, day`,
      params,
    },
    {
      text: `INSERT INTO ${percentiles} SELECT dimension, member, metric, month, segment, sizes[1], sizes[2], sizes[3] FROM (
${ROLLED_UP.map((dimension) => percentilesBy(dimension, touched(sizes, sized))).join('\nUNION ALL ')}
) kept`,
    },
  ];
}

function memberOf(dimension: string): string {
  return dimension === '' ? "''" : identifier(dimension);
}

/** The sums of facts by segment and by segment and one other dimension, in the form of `_rollup`. */
export function rolledUp(facts: string): string {
  const sets = ROLLED_UP.map((dimension) => `(metric, month, segment${dimension === '' ? '' : `, ${identifier(dimension)}`})`);
  const others = OTHERS.map(identifier);
  const names = OTHERS.map((dimension) => `WHEN grouping(${identifier(dimension)}) = 0 THEN '${dimension}'`);
  return `SELECT CASE ${names.join(' ')} ELSE '' END AS dimension, coalesce(${others.join(', ')}, '') AS member, metric, month, segment,
  sum(n) AS n, sum(pending) AS pending, ${addedSums('num')}, ${addedSums('den')}
FROM ${facts} GROUP BY GROUPING SETS (${sets.join(', ')})`;
}

/** Percentiles by segment and over all segments. One dimension at a time: all at once would hold every size in memory once for each. */
function percentilesBy(dimension: string, sizes: string): string {
  const by = ['metric', 'month', ...(dimension === '' ? [] : [identifier(dimension)])].join(', ');
  return `SELECT '${dimension}' AS dimension, ${memberOf(dimension)} AS member, metric, month, segment, quantile_cont(size, [0.5, 0.85, 0.95]) AS sizes
FROM ${sizes} GROUP BY GROUPING SETS ((${by}, segment), (${by}))`;
}
