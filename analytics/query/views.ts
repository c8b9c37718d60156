import type { Metric } from '../contract/metric-definition.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import { addMonths, type Month, monthIndex, shiftDay } from '../contract/period.ts';
import type { Sql } from '../contract/sql.ts';
import type { StreamModel } from '../contract/stage-model.ts';
import type { MetricTile, MetricView, MetricViewQuery, StreamView, StreamViewQuery } from '../contract/stream-view.ts';
import { queryFlow } from '../flow/index.ts';
import { controlChart, type NaturalBounds } from '../signals/index.ts';
import { chooseMetrics, metricOf } from './choose-metrics.ts';
import { mixNote } from './mix-note.ts';
import { cutAfter, type PeriodRow, periodRow, wholeSpan } from './periods.ts';
import { answers, type QueryContext } from './query-metrics.ts';

/** Months of the series beside a tile, ending with the span. */
const SERIES_MONTHS = 24;

/** Everything of the stage-flow dashboard for one stream: its key metrics over the span and the span before, and the flow of the span. */
export async function streamView(
  sql: Sql,
  context: QueryContext,
  stream: StreamModel,
  query: StreamViewQuery,
): Promise<StreamView> {
  const metrics = chooseMetrics({ ...context, streams: [stream] }, { stream: query.stream });
  const { from, to, where } = query;
  // Asked at once: while the rows of one are made, the database is at the next.
  const [tiles, flow] = await Promise.all([
    tilesOf(sql, context, { ...query, metrics }),
    queryFlow(sql, { ...context, stream }, { stream: query.stream, from, to, where }),
  ]);
  return { asOf: context.asOf, timeZone: context.settings.timeZone, flow, tiles };
}

/** Everything of one metric's page: its tile, its series by segment, the span by segment and by region, and whether the mix misleads. */
export async function metricView(sql: Sql, context: QueryContext, query: MetricViewQuery): Promise<MetricView> {
  const metric = metricOf(context, query.metric);
  const current = wholeSpan(query.from, query.to);
  const asked = { metrics: [metric], where: query.where };
  const bySegments = [seriesPeriods(query), current, previousPeriods(query, context.asOf)];
  const [[tile], [seriesBySegment = [], bySegment = [], before = []], [byRegion = []]] = await Promise.all([
    tilesOf(sql, context, { ...query, metrics: [metric] }),
    answers(sql, context, { ...asked, periods: bySegments, by: ['segment'] }),
    answers(sql, context, { ...asked, periods: [current], by: ['region'] }),
  ]);
  if (!tile) throw new Error(`No tile for ${metric.id}`);
  return {
    asOf: context.asOf,
    timeZone: context.settings.timeZone,
    tile,
    seriesBySegment,
    bySegment,
    byRegion,
    mixNote: mixNote(metric, before, bySegment, context.settings.currency),
  };
}

type Span = Pick<StreamViewQuery, 'from' | 'to' | 'where'>;

async function tilesOf(sql: Sql, context: QueryContext, query: Span & { metrics: readonly Metric[] }): Promise<MetricTile[]> {
  const { metrics, where } = query;
  const [current = [], previous = [], series = []] = await answers(sql, context, {
    metrics,
    by: [],
    where,
    periods: [wholeSpan(query.from, query.to), previousPeriods(query, context.asOf), seriesPeriods(query)],
  });
  const rowsByMetric = new Map<string, MetricRow[]>(metrics.map((metric) => [metric.id, []]));
  for (const row of series) rowsByMetric.get(row.metric)?.push(row);
  return metrics.map((metric, index) => {
    const [currentRow, previousRow] = [current[index], previous[index]];
    if (!currentRow || !previousRow) throw new Error(`No row for ${metric.id}`);
    const rows = rowsByMetric.get(metric.id) ?? [];
    return { metric: metric.id, current: currentRow, previous: previousRow, series: rows, control: chartOf(metric, rows) };
  });
}

/**
 * Only mature, whole periods take part in a control chart. Values that share most of their cases with their neighbours
 * (rolling windows, survival of all relations so far) take no part at all: their runs would be false signals.
 */
function chartOf(metric: Metric, rows: readonly MetricRow[]) {
  const overlaps = metric.rollingMonths !== undefined || metric.kind === 'survival';
  return controlChart(
    rows.map((row) => ({ period: row.period, value: row.value, usable: !overlaps && !row.provisional && !row.partial })),
    naturalBounds(metric),
  );
}

function naturalBounds({ kind, unit }: Metric): NaturalBounds {
  if (kind === 'proportion' || kind === 'survival') return { low: 0, high: 1 };
  if (kind === 'count' || kind === 'rate' || kind === 'duration') return { low: 0, high: null };
  return { low: unit === 'fraction' || unit === 'currency' ? null : 0, high: null };
}

function spanBefore({ from, to }: Span): { from: Month; to: Month } {
  const months = monthIndex(to) - monthIndex(from) + 1;
  return { from: addMonths(from, -months), to: addMonths(from, -1) };
}

/** The span before; where the current one is still running, cut off as many days before its end, so that like stands beside like. */
function previousPeriods(span: Span, asOf: string): PeriodRow {
  const before = spanBefore(span);
  const previous = wholeSpan(before.from, before.to);
  const [current, last] = [wholeSpan(span.from, span.to).periods[0], previous.periods[0]];
  if (!current || !last || current.lastDay <= asOf || current.firstDay > asOf) return previous;
  const missing = (Date.parse(current.lastDay) - Date.parse(asOf)) / 86_400_000;
  return cutAfter(previous, shiftDay(last.lastDay, -missing));
}

function seriesPeriods({ to }: Pick<Span, 'to'>): PeriodRow {
  return periodRow('month', [addMonths(to, 1 - SERIES_MONTHS), to], 1);
}
