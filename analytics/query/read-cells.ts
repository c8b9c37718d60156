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
    [cell.period, cell.metric, ...slice.by.map((dimension) => (cell as PlacedCell)[dimension])].join('\u0000');
  for (const statement of compilePercentiles(metrics.filter(isSized), periods, slice)) {
    for (const cell of await sql.rows<PercentileCell>(statement)) percentiles.set(keyOf(cell), cell);
  }
  return sums.map((cell) => {
    const found = percentiles.get(keyOf(cell));
    return { ...cell, ...(found ? { p50: found.p50, p85: found.p85, p95: found.p95 } : NO_PERCENTILES) };
  });
}
