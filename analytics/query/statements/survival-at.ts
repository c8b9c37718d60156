import type { Metric } from '../../contract/metric-definition.ts';
import { monthIndex } from '../../contract/period.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { compileSurvival, SURVIVAL_MONTHS } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import type { PeriodSpan } from '../periods.ts';
import { isOneMemberEach, rolledUpBy } from './kept-at.ts';
import type { Slice } from './slice.ts';

/**
 * The statement that gives survival at the end of each period: kept for the last months by segment or in all, else from
 * the relations. A period that ends after the as-of day ends on it.
 */
export function survivalAt(metrics: readonly Metric[], periods: readonly PeriodSpan[], slice: Slice): SqlStatement {
  const last = monthIndex(slice.asOf.slice(0, 7));
  const isKept = (period: PeriodSpan) => !period.cut && Math.min(period.lastMonth, last) > last - SURVIVAL_MONTHS;
  if (rolledUpBy(slice) !== '' || !isOneMemberEach(slice) || !periods.every(isKept)) {
    return compileSurvival(metrics, periods, slice);
  }
  const bySegment = slice.by.includes('segment');
  const segments = slice.where.segment;
  return {
    text: `SELECT metric, ${bySegment ? '"segment", ' : ''}period, n, longest, events, survival, greenwood
FROM ${factTable(slice.observations, '_survival')}
JOIN (
  SELECT CAST(unnest(CAST($periods AS VARCHAR[])) AS INTEGER) AS period, CAST(unnest(CAST($months AS VARCHAR[])) AS INTEGER) AS month
) span USING (month)
WHERE list_contains(CAST($metrics AS VARCHAR[]), metric) AND ${bySegment || segments ? 'segment IS NOT NULL' : 'segment IS NULL'}${segments ? ' AND list_contains(CAST($segments AS VARCHAR[]), segment)' : ''}`,
    params: {
      metrics: metrics.map((metric) => metric.id),
      periods: periods.map((_, index) => String(index)),
      months: periods.map((period) => String(Math.min(period.lastMonth, last))),
      ...(segments ? { segments } : {}),
    },
    isPlanKept: true,
  };
}
