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
  const reach = await touchedReach(sql);
  if (reach) {
    const sized = request.metrics
      .filter((metric) => isSized(metric) && reach.metrics.includes(metric.id))
      .map((metric) => metric.id);
    for (const table of sized.length > 0 ? MONTHLY : SUMMED) {
      await sql.run({
        text: `DELETE FROM ${factTable(request.observations, table)} f USING ${TOUCHED_MONTH} t WHERE f.metric = t.metric AND f.month = t.month AND ${reach.months('f.')}`,
      });
    }
    for (const statement of factStatements(request, reach, sized)) await sql.run(statement);
  }
  await sql.run({ text: `DROP TABLE ${TOUCHED_MONTH}` });
}

/** Conditions that hold for all of {@link TOUCHED_MONTH} and for little else, in such a form that storage skips what is beyond. */
interface Reach {
  readonly metrics: readonly string[];
  /** Over observations, whose columns follow `row`. */
  days(row: string): string;
  /** Over facts. */
  months(row: string): string;
}

/** How far {@link TOUCHED_MONTH} reaches; null where it is empty. */
async function touchedReach(sql: Sql): Promise<Reach | null> {
  const [row] = await sql.rows<{ metrics: string | null; first: number; last: number }>({
    text: `SELECT CAST(to_json(list(DISTINCT metric)) AS VARCHAR) AS metrics, min(month) AS first, max(month) AS last FROM ${TOUCHED_MONTH}`,
  });
  if (!row?.metrics) return null;
  const metrics = (JSON.parse(row.metrics) as string[]).sort();
  const names = metrics.map(literal).join(', ');
  const day = (month: number) => `DATE '${monthOfIndex(month)}-01'`;
  return {
    metrics,
    days: (at) => `${at}metric IN (${names}) AND ${at}day >= ${day(row.first)} AND ${at}day < ${day(row.last + 1)}`,
    months: (at) => `${at}metric IN (${names}) AND ${at}month BETWEEN ${row.first} AND ${row.last}`,
  };
}

function factStatements({ observations, asOf }: FactsRequest, reach: Reach, sized: readonly string[]): SqlStatement[] {
  const [facts, rollups, sizes, percentiles] = MONTHLY.map((table) => factTable(observations, table));
  const observed = `SELECT metric, ${monthOfDay('day')} AS month, day, ${MEMBERS}, num, den,
    matures_on IS NULL OR matures_on <= CAST($as_of AS DATE) AS mature
  FROM ${identifier(observations)} WHERE ${reach.days('')}`;
  const touched = (table: string | undefined) => `(SELECT * FROM ${table} WHERE ${reach.months('')}) f ${TOUCHED}`;
  const summed = [
    {
      text: `INSERT INTO ${facts}
SELECT metric, month, ${MEMBERS}, count(num) FILTER (WHERE mature) AS n, count(*) FILTER (WHERE NOT mature) AS pending,
  ${exactSums('num', 'mature')}, ${exactSums('den', 'mature')}
FROM (${observed}) o ${TOUCHED}
GROUP BY metric, month, ${MEMBERS} ORDER BY metric, month`,
      params: { as_of: asOf },
    },
    {
      text: `INSERT INTO ${rollups} ${rolledUp(touched(facts))}`,
    },
  ];
  if (sized.length === 0) return summed;
  return [
    ...summed,
    {
      text: `INSERT INTO ${sizes} SELECT metric, month, day, ${MEMBERS}, num
FROM (${observed}) o ${TOUCHED} WHERE mature AND num IS NOT NULL AND list_contains($sized, metric) ORDER BY metric, day`,
      params: { as_of: asOf, sized },
    },
    {
      text: `INSERT INTO ${percentiles} SELECT dimension, member, metric, month, segment, sizes[1], sizes[2], sizes[3] FROM (
${ROLLED_UP.map((dimension) => percentilesBy(dimension, touched(sizes))).join('\nUNION ALL ')}
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
