import type { Metric } from '../../contract/metric-definition.ts';
import { monthIndex } from '../../contract/period.ts';
import type { Sql, SqlStatement } from '../../contract/sql.ts';
import { readSurvival, SURVIVAL_MONTHS, type SurvivalCell } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import type { PeriodSpan } from '../periods.ts';
import { isOneMemberEach, rolledUpBy } from './kept-at.ts';
import { METRIC_PLACE } from './reach.ts';
import type { Slice } from './slice.ts';

/**
 * Survival at the end of each period: kept for the last months by segment or in all, else followed anew from
 * the relations. A period that ends after the as-of day ends on it.
 */
export async function survivalAt(
  sql: Sql,
  metrics: readonly Metric[],
  periods: readonly PeriodSpan[],
  slice: Slice,
): Promise<readonly SurvivalCell[]> {
  const last = monthIndex(slice.asOf.slice(0, 7));
  const isKept = (period: PeriodSpan) => !period.cut && Math.min(period.lastMonth, last) > last - SURVIVAL_MONTHS;
  if (metrics.length === 0) return [];
  if (rolledUpBy(slice) !== '' || !isOneMemberEach(slice) || !periods.every(isKept)) {
    return readSurvival(sql, { metrics, periods }, slice);
  }
  const cells = await sql.rows<SurvivalCell & { readonly segment: string }>(compileKeptSurvival(metrics, periods, slice));
  const isSplit = slice.by.includes('segment');
  return cells.map((cell) => ({ ...cell, members: isSplit ? [cell.segment] : [] }));
}

/** The statement that gives kept survival; `metric` and `period` are places among those asked for. */
export function compileKeptSurvival(metrics: readonly Metric[], periods: readonly PeriodSpan[], slice: Slice): SqlStatement {
  const last = monthIndex(slice.asOf.slice(0, 7));
  const segments = slice.where.segment;
  const isOfSegments = slice.by.includes('segment') || segments;
  return {
    text: `SELECT ${METRIC_PLACE} AS metric, segment, period, n, longest, events, survival, greenwood
FROM ${factTable(slice.observations, '_survival')}
JOIN (
  SELECT CAST(unnest(CAST($periods AS VARCHAR[])) AS INTEGER) AS period, CAST(unnest(CAST($months AS VARCHAR[])) AS INTEGER) AS month
) span USING (month)
WHERE list_contains(CAST($metrics AS VARCHAR[]), metric) AND ${isOfSegments ? 'segment IS NOT NULL' : 'segment IS NULL'}${segments ? ' AND list_contains(CAST($segments AS VARCHAR[]), segment)' : ''}`,
    params: {
      metrics: metrics.map((metric) => metric.id),
      periods: periods.map((_, index) => String(index)),
      months: periods.map((period) => String(Math.min(period.lastMonth, last))),
      ...(segments ? { segments } : {}),
    },
  };
}
