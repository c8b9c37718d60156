import type { Metric } from '../../contract/metric-definition.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { dimensionList, type SqlPart, whereCondition } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import type { PeriodSpan } from '../periods.ts';
import { isOneMemberEach, rolledUpBy, rolledUpCondition, rolledUpList } from './kept-at.ts';
import { METRIC_PLACE, monthsOf, spansOf, windowsOf } from './reach.ts';
import type { Slice } from './slice.ts';

/** Percentiles of type 7 over the mature sizes in one place. */
export interface PercentileCell {
  readonly p50: number;
  readonly p85: number;
  readonly p95: number;
}

/**
 * The statements that give percentiles of sized metrics: `metric` and `period` (places from 0), the members split by, `p50`, `p85`, `p95`. Those of one month, one segment or all, and at most one member of
 * another dimension are kept; others, which do not follow from those of the parts, are taken from the sizes themselves.
 */
export function compilePercentiles(
  metrics: readonly Metric[],
  periods: readonly PeriodSpan[],
  slice: Slice,
): readonly SqlStatement[] {
  const dimension = isOneMemberEach(slice) ? rolledUpBy(slice) : null;
  const isKept = (metric: Metric, period: PeriodSpan) =>
    dimension !== null && metric.rollingMonths === undefined && !period.cut && period.firstMonth === period.lastMonth;
  const plain = metrics.filter((metric) => metric.rollingMonths === undefined);
  const rolling = metrics.filter((metric) => metric.rollingMonths !== undefined);
  const asked = periods.map((period, index) => ({ ...period, index }));
  const single = asked.filter((period) => plain.some((metric) => isKept(metric, period)));
  const other = asked.filter((period) => !single.includes(period));
  return [
    ...(dimension !== null && single.length > 0
      ? [keptPercentiles({ all: metrics, own: plain }, single, { dimension, slice })]
      : []),
    ...(plain.length > 0 ? disjoint(other).map((layer) => percentilesOfLayer({ all: metrics, own: plain }, layer, slice)) : []),
    ...(rolling.length > 0 ? [percentilesOfWindows({ all: metrics, own: rolling }, asked, slice)] : []),
  ];
}

/** The metrics of one statement, and all among which their places are counted. */
interface Asked {
  readonly all: readonly Metric[];
  readonly own: readonly Metric[];
}

/** The condition that keeps a statement's own metrics. */
function ownMetrics({ all, own }: Asked): SqlPart {
  return {
    text: 'list_contains(CAST($own_metrics AS VARCHAR[]), metric)',
    params: { metrics: all.map((metric) => metric.id), own_metrics: own.map((metric) => metric.id) },
  };
}

type AskedPeriod = PeriodSpan & { readonly index: number };

function keptPercentiles(
  asked: Asked,
  periods: readonly AskedPeriod[],
  { dimension, slice }: { readonly dimension: NonNullable<ReturnType<typeof rolledUpBy>>; readonly slice: Slice },
): SqlStatement {
  const own = ownMetrics(asked);
  const kept = rolledUpCondition(dimension, slice);
  const segments = slice.by.includes('segment') || slice.where.segment ? 'segment IS NOT NULL' : 'segment IS NULL';
  return {
    text: `SELECT ${METRIC_PLACE} AS metric, ${rolledUpList(slice)}period, p50, p85, p95
FROM ${factTable(slice.observations, '_percentile')}
JOIN (
  SELECT CAST(unnest(CAST($periods AS VARCHAR[])) AS INTEGER) AS period, CAST(unnest(CAST($months AS VARCHAR[])) AS INTEGER) AS month
) span USING (month)
WHERE ${kept.text} AND ${segments} AND ${own.text}`,
    params: {
      ...own.params,
      ...kept.params,
      periods: periods.map((period) => String(period.index)),
      months: periods.map((period) => String(period.firstMonth)),
    },
  };
}

/** The periods in groups within which none overlaps another, so that a month alone says which period it belongs to. */
function disjoint(periods: readonly AskedPeriod[]): AskedPeriod[][] {
  const layers: AskedPeriod[][] = [];
  for (const period of periods) {
    const apart = (other: AskedPeriod) =>
      (other.lastMonth < period.firstMonth || period.lastMonth < other.firstMonth) && !(other.cut && period.cut);
    const layer = layers.find((each) => each.every(apart));
    if (layer) layer.push(period);
    else layers.push([period]);
  }
  return layers;
}

function percentilesOfLayer(asked: Asked, periods: readonly AskedPeriod[], slice: Slice): SqlStatement {
  const own = ownMetrics(asked);
  const where = whereCondition(slice.where);
  const range = monthsOf(asked.own, periods);
  const by = dimensionList(slice.by);
  const lowest = Math.min(...periods.map((period) => period.firstMonth));
  const highest = Math.max(...periods.map((period) => period.lastMonth));
  const periodOf = Array.from({ length: highest - lowest + 1 }, (_, step) => {
    const holder = periods.find(({ firstMonth, lastMonth }) => firstMonth <= lowest + step && lowest + step <= lastMonth);
    return String(holder?.index ?? -1);
  });
  const cut = periods.filter((period) => period.cut);
  const period = 'list_extract(CAST($period_of AS INTEGER[]), month - $lowest + 1) AS period';
  const isMonthEach = periods.every(({ firstMonth, lastMonth }) => firstMonth === lastMonth);
  return {
    text: `WITH found AS (
  SELECT metric, ${by}${isMonthEach ? 'month' : period}, quantile_cont(size, [0.5, 0.85, 0.95]) AS sizes
  FROM ${sizesOf(slice)}
  WHERE ${slice.ofMost ? '' : `${own.text} AND `}${range.text}${cut.length > 0 ? ' AND (day <= CAST($cut_day AS DATE) OR month > $cut_month)' : ''}
  GROUP BY ALL
)
SELECT ${METRIC_PLACE} AS metric, ${by}${isMonthEach ? period : 'period'}, sizes[1] AS p50, sizes[2] AS p85, sizes[3] AS p95
FROM found WHERE ${own.text} AND period >= 0`,
    params: {
      ...own.params,
      period_of: periodOf,
      lowest,
      ...(cut[0] ? { cut_day: cut[0].lastDay, cut_month: cut[0].lastMonth } : {}),
      ...range.params,
      ...where.params,
    },
  };
}

/** The sizes `sized` of a slice (`metric`, `month`, `day`, `size`) with the members it is split by, as what stands after FROM. */
export function sizesOf({ observations, by, where }: Pick<Slice, 'observations' | 'by' | 'where'>): string {
  const all = factTable(observations, '_size');
  const condition = whereCondition(where).text;
  if (by.length === 0 && condition === '') return `${all} sized`;
  const members = `SELECT ${dimensionList(by)}combination FROM ${factTable(observations, '_combination')} WHERE true${condition}`;
  return `(SELECT metric, month, day, ${dimensionList(by)}size FROM ${all} JOIN (${members}) kept USING (combination)) sized`;
}

function percentilesOfWindows(asked: Asked, periods: readonly AskedPeriod[], slice: Slice): SqlStatement {
  const where = whereCondition(slice.where);
  const spans = spansOf(periods);
  const windows = windowsOf(asked.all);
  const own = ownMetrics(asked);
  const range = monthsOf(asked.own, periods);
  const by = dimensionList(slice.by);
  return {
    text: `WITH ${spans.text}, ${windows?.text}, days_covered AS (
  SELECT metric, period, unnest(range(last_month - window_months + 1, coalesce(cut_month, last_month) + 1)) AS month, cut_day FROM rolling CROSS JOIN span
), sizes AS (
  SELECT ${METRIC_PLACE} AS metric, month, day, ${by}size FROM ${sizesOf(slice)} WHERE ${own.text} AND ${range.text}
), found AS (
  SELECT metric, ${by}period, quantile_cont(size, [0.5, 0.85, 0.95]) AS sizes
  FROM sizes JOIN days_covered USING (metric, month)
  WHERE cut_day IS NULL OR day <= cut_day
  GROUP BY metric, ${by}period
)
SELECT metric, ${by}period, sizes[1] AS p50, sizes[2] AS p85, sizes[3] AS p95 FROM found`,
    params: { ...spans.params, ...windows?.params, ...own.params, ...range.params, ...where.params },
  };
}
