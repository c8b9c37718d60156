import type { Dimension, Where } from '../contract/dimensions.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { MetricAnswer, MetricQuery, MetricRow } from '../contract/metric-query.ts';
import { addMonths, checkMonths, type Month } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Once, Sql } from '../contract/sql.ts';
import { withBounds } from './bounds/with-bounds.ts';
import { chooseMetrics, type Known } from './choose-metrics.ts';
import { type Combination, NOTHING_FOUND } from './combinations.ts';
import { readDoubted, readFirstMonths, readUnusable } from './grounds.ts';
import { metricRows, type RowContext } from './metric-row.ts';
import { type PeriodRow, type PeriodSpan, periodRow, wholeSpan } from './periods.ts';
import { readCells } from './read-cells.ts';
import type { Slice } from './statements/slice.ts';

/** What a query is answered from. */
export interface QueryContext extends Known {
  readonly settings: Settings;
  /** The day whose knowledge the observations hold (inclusive). */
  readonly asOf: string;
  /** The table of observations; absent: `observation`. */
  readonly observations?: string;
  readonly once?: Once;
}

/** How many months are shown where a query does not say. */
const MONTHS_SHOWN = 24;

/**
 * The values of the asked metrics: one row for every metric, period and combination of members that occurs (exactly one
 * where the query splits by nothing), ordered so. The number of statements does not depend on how much is asked. `query.asOf` is not read:
 * the context's observations are as known on the context's day. Throws as {@link chooseMetrics} does.
 */
export async function queryMetrics(sql: Sql, context: QueryContext, query: MetricQuery): Promise<MetricAnswer> {
  const to = query.to ?? monthOf(context.asOf);
  const from = query.from ?? addMonths(to, 1 - MONTHS_SHOWN);
  checkMonths(from, to);
  const periods = periodRow(query.grain, [from, to], context.settings.fiscalYearStart);
  return answer(sql, context, { metrics: chooseMetrics(context, query), periods, by: query.by, where: query.where });
}

/** Which totals are asked: one value over all months of a span. */
export interface TotalsQuery {
  readonly metrics: readonly string[];
  readonly from: Month;
  readonly to: Month;
  readonly by: readonly Dimension[];
  readonly where: Where;
}

/** One value for a whole span of months, labelled `2026-08..2026-10`; rolling metrics and survival stand at its end. */
export async function queryTotals(sql: Sql, context: QueryContext, query: TotalsQuery): Promise<MetricAnswer> {
  const metrics = chooseMetrics(context, { metrics: query.metrics });
  return answer(sql, context, { metrics, periods: wholeSpan(query.from, query.to), by: query.by, where: query.where });
}

/** A question with everything settled; `Periods` is how its periods are given. */
export interface SettledQuery<Periods = PeriodRow> {
  readonly metrics: readonly Metric[];
  readonly periods: Periods;
  readonly by: readonly Dimension[];
  readonly where: Where;
}

/** The answer to a settled question. */
export async function answer(sql: Sql, context: QueryContext, query: SettledQuery): Promise<MetricAnswer> {
  const [rows] = await answers(sql, context, { ...query, periods: [query.periods] });
  const { settings, asOf } = context;
  return { asOf, timeZone: settings.timeZone, currency: settings.currency, rows: rows ?? [] };
}

/** The rows of one question over several sets of periods, set by set: all of them are read at once. */
export async function answers(
  sql: Sql,
  context: QueryContext,
  query: SettledQuery<readonly PeriodRow[]>,
): Promise<MetricRow[][]> {
  const by = [...new Set(query.by)];
  const observations = context.observations ?? 'observation';
  const ofMost = 2 * query.metrics.length > context.metrics.length;
  const slice: Slice = { observations, asOf: context.asOf, by, where: query.where, ofMost };
  const periods = query.periods.flatMap((set) => set.periods);
  const once: Once = context.once ?? ((_, find) => find(sql));
  const unusableRows = async () => {
    const doubted = await once('metrics of rejected rows', (on) => readDoubted(on, slice));
    return query.metrics.some((metric) => doubted.has(metric.id)) ? readUnusable(sql, query.metrics, slice) : [];
  };
  const [{ combinations, unplaced }, firstMonths, unusable] = await Promise.all([
    readCells(sql, { metrics: query.metrics, periods }, slice),
    once('first months', (on) => readFirstMonths(on, slice)),
    unusableRows(),
  ]);
  const segments = query.where.segment;
  const shared: RowContext = {
    settings: context.settings,
    asOf: context.asOf,
    pinnedSegment: segments?.length === 1 ? (segments[0] ?? null) : null,
    firstMonths,
    failed: failures(query.metrics, context),
  };
  let read = 0;
  const sets = query.periods.map((set) => {
    const first = read;
    read += set.periods.length;
    const rows: MetricRow[] = [];
    for (const [place, metric] of query.metrics.entries()) {
      addRows(rows, metric, combinations[place] ?? [], { periods: set.periods, first, by, shared });
    }
    return { periods: set.periods, rows };
  });
  return withBounds(sql, { metrics: query.metrics, sets, doubts: [...unusable, ...unplaced] }, slice);
}

/** Of the asked metrics those whose statement failed. A file that could not be read has an entry too, but no metric of its origin. */
function failures(metrics: readonly Metric[], { unavailable }: QueryContext): ReadonlyMap<string, string> {
  return new Map(
    metrics.flatMap((metric) => {
      const failed = unavailable?.find((each) => each.id === metric.id && each.origin === metric.origin);
      return failed ? [[metric.id, failed.reason] as const] : [];
    }),
  );
}

interface RowFrame {
  readonly periods: readonly PeriodSpan[];
  /** The place of the first of these periods among all that were read. */
  readonly first: number;
  readonly by: readonly Dimension[];
  readonly shared: RowContext;
}

/** Adds the rows of a metric: period by period the combinations of members that occur in any of these periods, in order. */
function addRows(
  rows: MetricRow[],
  metric: Metric,
  found: readonly Combination[],
  { periods, first, by, shared }: RowFrame,
): void {
  const occurs = ({ sums, survival }: Combination) =>
    periods.some((_, index) => sums[first + index] !== undefined || survival[first + index] !== undefined);
  const combinations = by.length === 0 ? [found[0] ?? NOTHING_FOUND] : inOrder(found.filter(occurs), by);
  const rowsIn = metricRows(metric, shared);
  for (const [index, period] of periods.entries()) {
    const rowOf = rowsIn(period);
    for (const combination of combinations) rows.push(rowOf(combination, first + index));
  }
}

function inOrder(combinations: readonly Combination[], by: readonly Dimension[]): Combination[] {
  const keyed = combinations.map((each) => [JSON.stringify(by.map((dimension) => each.by[dimension])), each] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, each]) => each);
}

function monthOf(day: string): Month {
  return day.slice(0, 7);
}
