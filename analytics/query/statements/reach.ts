import type { Metric } from '../../contract/metric-definition.ts';
import { monthIndex } from '../../contract/period.ts';
import type { SqlPart } from '../../observe/index.ts';
import type { PeriodSpan } from '../periods.ts';

/**
 * The SQL that names a metric by its place (from 0) among those asked: numbers are read several times as fast as texts. It is for the
 * rows of an answer: where many are grouped, the ids, of which storage holds each once, are cheaper than a place looked up for each row.
 * `$metrics` holds the ids.
 */
export const METRIC_PLACE = 'list_position(CAST($metrics AS VARCHAR[]), metric) - 1';

/**
 * The relation `span (period, first_month, last_month, cut_day, cut_month)`: the months of each period. Of one that is cut off,
 * `cut_month` is read up to `cut_day`, and nothing later. And from it `covered (period, month)`: the whole months of each period.
 */
export function spansOf(periods: readonly PeriodSpan[]): SqlPart {
  const isCut = periods.some((period) => period.cut);
  const cut = isCut
    ? 'TRY_CAST(unnest(CAST($cut_days AS VARCHAR[])) AS DATE) AS cut_day, TRY_CAST(unnest(CAST($cut_months AS VARCHAR[])) AS INTEGER) AS cut_month'
    : 'CAST(NULL AS DATE) AS cut_day, CAST(NULL AS INTEGER) AS cut_month';
  return {
    text: `span AS (
  SELECT CAST(generate_subscripts(CAST($first_months AS VARCHAR[]), 1) - 1 AS INTEGER) AS period,
    CAST(unnest(CAST($first_months AS VARCHAR[])) AS INTEGER) AS first_month, CAST(unnest(CAST($last_months AS VARCHAR[])) AS INTEGER) AS last_month, ${cut}
), covered AS (
  SELECT period, unnest(range(first_month, coalesce(cut_month, last_month + 1))) AS month FROM span
)`,
    params: {
      first_months: periods.map((period) => String(period.firstMonth)),
      last_months: periods.map((period) => String(period.lastMonth)),
      ...(isCut
        ? {
            cut_days: periods.map((period) => (period.cut ? period.lastDay : '')),
            cut_months: periods.map((period) => (period.cut ? String(monthIndex(period.lastDay.slice(0, 7))) : '')),
          }
        : {}),
    },
  };
}

/**
 * The relation `rolling_covered (metric, period, month)`, after {@link spansOf}: the whole months of the window that ends with each
 * period, of each rolling metric by its place among all of these. Null where none of them is rolling.
 */
export function windowsOf(metrics: readonly Metric[]): SqlPart | null {
  const rolling = metrics.flatMap(({ rollingMonths }, index) => (rollingMonths === undefined ? [] : [{ index, rollingMonths }]));
  if (rolling.length === 0) return null;
  return {
    text: `rolling AS (
  SELECT CAST(unnest(CAST($rolling AS VARCHAR[])) AS INTEGER) AS metric, CAST(unnest(CAST($windows AS VARCHAR[])) AS INTEGER) AS window_months
), rolling_covered AS (
  SELECT metric, period, unnest(range(last_month - window_months + 1, coalesce(cut_month, last_month + 1))) AS month FROM rolling CROSS JOIN span
)`,
    params: {
      rolling: rolling.map(({ index }) => String(index)),
      windows: rolling.map(({ rollingMonths }) => String(rollingMonths)),
    },
  };
}

/** The first and the last month that some metric's value in some period may cover. */
export function monthRange(metrics: readonly Metric[], periods: readonly PeriodSpan[]): readonly [number, number] {
  const longest = Math.max(1, ...metrics.map((metric) => metric.rollingMonths ?? 1));
  return [
    Math.min(...periods.map((period) => Math.min(period.firstMonth, period.lastMonth - longest + 1))),
    Math.max(...periods.map((period) => period.lastMonth)),
  ];
}

/** The condition that keeps only the months of {@link monthRange}, so that storage skips the rest. */
export function monthsOf(metrics: readonly Metric[], periods: readonly PeriodSpan[]): SqlPart {
  const [lowest, highest] = monthRange(metrics, periods);
  return {
    text: 'month BETWEEN CAST(CAST($lowest_month AS VARCHAR) AS INTEGER) AND CAST(CAST($highest_month AS VARCHAR) AS INTEGER)',
    params: {
      lowest_month: String(lowest),
      highest_month: String(highest),
    },
  };
}
