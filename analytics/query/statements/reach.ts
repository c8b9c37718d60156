import type { Metric } from '../../contract/metric-definition.ts';
import { monthIndex } from '../../contract/period.ts';
import type { SqlPart } from '../../observe/index.ts';
import type { PeriodSpan } from '../periods.ts';

/**
 * The relation `reach (metric, period, from_month, to_month, cut_day, cut_month)`: which months each metric's value in each
 * period covers. A rolling metric's window ends with the period. Of a period that is cut off, `to_month` is the last whole month, and
 * `cut_month` is read up to `cut_day`.
 */
export function reachOf(metrics: readonly Metric[], periods: readonly PeriodSpan[]): SqlPart {
  return {
    text: `asked AS (
  SELECT unnest($metrics) AS metric, TRY_CAST(unnest($windows) AS INTEGER) AS window_months
), span AS (
  SELECT CAST(unnest($periods) AS INTEGER) AS period, CAST(unnest($first_months) AS INTEGER) AS first_month,
    CAST(unnest($last_months) AS INTEGER) AS last_month, TRY_CAST(unnest($cut_days) AS DATE) AS cut_day,
    TRY_CAST(unnest($cut_months) AS INTEGER) AS cut_month
), reach AS (
  SELECT metric, period, CASE WHEN window_months IS NULL THEN first_month ELSE last_month - window_months + 1 END AS from_month,
    coalesce(cut_month - 1, last_month) AS to_month, cut_day, cut_month
  FROM asked CROSS JOIN span
)`,
    params: {
      metrics: metrics.map((metric) => metric.id),
      windows: metrics.map((metric) => String(metric.rollingMonths ?? '')),
      periods: periods.map((_, index) => String(index)),
      first_months: periods.map((period) => String(period.firstMonth)),
      last_months: periods.map((period) => String(period.lastMonth)),
      cut_days: periods.map((period) => (period.cut ? period.lastDay : '')),
      cut_months: periods.map((period) => (period.cut ? String(monthIndex(period.lastDay.slice(0, 7))) : '')),
    },
  };
}

/** The condition that keeps only the months that some metric's value in some period may cover; a coarse one, so that storage skips the rest. */
export function monthsOf(metrics: readonly Metric[], periods: readonly PeriodSpan[]): SqlPart {
  const longest = Math.max(1, ...metrics.map((metric) => metric.rollingMonths ?? 1));
  return {
    text: 'month BETWEEN $lowest_month AND $highest_month',
    params: {
      lowest_month: Math.min(...periods.map((period) => Math.min(period.firstMonth, period.lastMonth - longest + 1))),
      highest_month: Math.max(...periods.map((period) => period.lastMonth)),
    },
  };
}
