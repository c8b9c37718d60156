import type { Dimension } from '../contract/dimensions.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';
import { isSized, type SurvivalCell } from '../observe/index.ts';
import type { Cell, ValueCell } from './metric-row.ts';
import type { PeriodSpan } from './periods.ts';
import { compilePercentiles, type PercentileCell } from './statements/compile-percentiles.ts';
import { compileSums, type SumsCell } from './statements/compile-sums.ts';
import type { Slice } from './statements/slice.ts';
import { survivalAt } from './statements/survival-at.ts';

/** What was found of a metric in one period for one combination of members. */
export type PlacedCell = Cell & Readonly<Partial<Record<Dimension, string>>>;

const NO_PERCENTILES = { p50: null, p85: null, p95: null };

function percentilesIn(cell: PercentileCell | undefined): Pick<ValueCell, 'p50' | 'p85' | 'p95'> {
  return cell ? { p50: cell.p50, p85: cell.p85, p95: cell.p95 } : NO_PERCENTILES;
}

/** The cells of all metrics in all periods, by metric: sums in one statement, percentiles and survival in their own. */
export async function readCells(
  sql: Sql,
  asked: { readonly metrics: readonly Metric[]; readonly periods: readonly PeriodSpan[] },
  slice: Slice,
): Promise<ReadonlyMap<string, PlacedCell[]>> {
  const survival = asked.metrics.filter((metric) => metric.kind === 'survival');
  const summed = asked.metrics.filter((metric) => metric.kind !== 'survival');
  const byMetric = new Map<string, PlacedCell[]>(asked.metrics.map((metric) => [metric.id, []]));
  if (asked.periods.length === 0) return byMetric;
  if (summed.length > 0) {
    for (const cell of await readValues(sql, { metrics: summed, periods: asked.periods }, slice)) {
      byMetric.get(cell.metric)?.push(cell);
    }
  }
  if (survival.length > 0) {
    const cells = await sql.rows<SurvivalCell>(survivalAt(survival, asked.periods, slice));
    for (const cell of cells) byMetric.get(cell.metric)?.push(cell);
  }
  return byMetric;
}

async function readValues(
  sql: Sql,
  { metrics, periods }: { readonly metrics: readonly Metric[]; readonly periods: readonly PeriodSpan[] },
  slice: Slice,
): Promise<ValueCell[]> {
  const sums = await sql.rows<SumsCell>(compileSums(metrics, periods, slice));
  const percentiles = new Map<string, PercentileCell>();
  const keyOf = (cell: SumsCell | PercentileCell) =>
    slice.by.reduce((key, dimension) => `${key}\u0000${(cell as PlacedCell)[dimension]}`, `${cell.period} ${cell.metric}`);
  for (const statement of compilePercentiles(metrics.filter(isSized), periods, slice)) {
    for (const cell of await sql.rows<PercentileCell>(statement)) percentiles.set(keyOf(cell), cell);
  }
  const isAlone = percentiles.size === 0;
  return sums.map((cell) => Object.assign(cell, isAlone ? NO_PERCENTILES : percentilesIn(percentiles.get(keyOf(cell)))));
}
