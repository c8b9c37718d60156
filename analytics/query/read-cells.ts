import type { Dimension } from '../contract/dimensions.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';
import { isSized, type SurvivalCell } from '../observe/index.ts';
import type { PeriodSpan } from './periods.ts';
import { compilePercentiles, type PercentileCell } from './statements/compile-percentiles.ts';
import { compileSums, type SumsCell } from './statements/compile-sums.ts';
import type { Slice } from './statements/slice.ts';
import { survivalAt } from './statements/survival-at.ts';

/** What was found of a metric for one combination of members: its sums or survival, and its percentiles, by the period's place. */
export interface Combination {
  readonly by: Readonly<Partial<Record<Dimension, string>>>;
  readonly cells: (SumsCell | SurvivalCell | undefined)[];
  readonly percentiles: (PercentileCell | undefined)[];
}

/** The combination that stands where nothing was found of a metric that is not split. */
export const NOTHING_FOUND: Combination = { by: {}, cells: [], percentiles: [] };

type Members = Readonly<Partial<Record<Dimension, string>>>;

interface Asked {
  readonly metrics: readonly Metric[];
  readonly periods: readonly PeriodSpan[];
}

/**
 * The cells of all metrics in all periods, by metric, each metric's combinations by the text that tells them apart: sums in one
 * statement, percentiles and survival in their own.
 */
export async function readCells(
  sql: Sql,
  { metrics, periods }: Asked,
  slice: Slice,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Combination>>> {
  const found = new Map(metrics.map((metric) => [metric.id, new Map<string, Combination>()]));
  if (periods.length === 0) return found;
  const placeOf = placing(slice.by);
  const survival = metrics.filter((metric) => metric.kind === 'survival');
  const summed = metrics.filter((metric) => metric.kind !== 'survival');
  const sized = summed.filter(isSized);
  // All are asked at once: while one is read, the next is computed.
  const sums = summed.length > 0 ? sql.rows<SumsCell & Members>(compileSums(summed, periods, slice)) : [];
  const percentiles = compilePercentiles(sized, periods, slice).map((each) => sql.rows<PercentileCell & Members>(each));
  const survived = survival.length > 0 ? sql.rows<SurvivalCell & Members>(survivalAt(survival, periods, slice)) : [];
  const [sumCells, percentileCells, survivalCells] = await Promise.all([sums, Promise.all(percentiles), survived]);
  const heldSums = summed.map((metric) => found.get(metric.id));
  for (const cell of sumCells) placeOf(heldSums[cell.metric - 1], cell).cells[cell.period] = cell;
  const heldSized = sized.map((metric) => found.get(metric.id));
  for (const cell of percentileCells.flat()) placeOf(heldSized[cell.metric - 1], cell).percentiles[cell.period] = cell;
  for (const cell of survivalCells) placeOf(found.get(cell.metric), cell).cells[cell.period] = cell;
  return found;
}

/** Gives the combination to which a cell belongs, made where it is the first. */
function placing(by: readonly Dimension[]): (held: Map<string, Combination> | undefined, cell: Members) => Combination {
  const [only] = by;
  const keyOf = (cell: Members) =>
    only === undefined ? '' : by.length === 1 ? (cell[only] ?? '') : by.map((dimension) => cell[dimension] ?? '').join('\u0000');
  return (held, cell) => {
    const key = keyOf(cell);
    const known = held?.get(key);
    if (known) return known;
    const members = Object.fromEntries(by.map((dimension) => [dimension, cell[dimension] ?? '']));
    const combination: Combination = { by: members, cells: [], percentiles: [] };
    held?.set(key, combination);
    return combination;
  };
}
