import { type Dimension, UNKNOWN_MEMBER } from '../contract/dimensions.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { Columns, Sql } from '../contract/sql.ts';
import { isSized } from '../observe/index.ts';
import { type Combination, type Combinations, combinationsBy, keyOf, keysOf, membersOf } from './combinations.ts';
import { addRow, type ExactSums, noSums, type SumColumns } from './exact-sums.ts';
import type { Doubt } from './grounds.ts';
import type { PeriodSpan } from './periods.ts';
import { compilePercentiles } from './statements/compile-percentiles.ts';
import { compileCutMonths, compileMonths, wholeMonths } from './statements/compile-sums.ts';
import { monthRange } from './statements/reach.ts';
import type { Slice } from './statements/slice.ts';
import { survivalAt } from './statements/survival-at.ts';

/** What was found of the metrics asked for. */
export interface Cells {
  /** The combinations of each metric, by its place. */
  readonly combinations: readonly (readonly Combination[])[];
  /** Observations of which a member is not known that is filtered or split by. */
  readonly unplaced: readonly Doubt[];
}

interface Asked {
  readonly metrics: readonly Metric[];
  readonly periods: readonly PeriodSpan[];
}

/** The cells of all metrics in all periods: sums in one statement, percentiles, survival and months that are cut off in their own. */
export async function readCells(sql: Sql, asked: Asked, slice: Slice): Promise<Cells> {
  const { metrics, periods } = asked;
  const found = combinationsBy(slice.by, metrics.length, periods.length);
  if (periods.length === 0 || metrics.length === 0) return { combinations: found.all(), unplaced: [] };
  const isOf = (kept: (metric: Metric) => boolean) => [...metrics.keys()].filter((place) => kept(metrics[place] as Metric));
  const survival = isOf((metric) => metric.kind === 'survival');
  const sized = isOf((metric) => metric.kind !== 'survival' && isSized(metric));
  const at = (places: readonly number[]) => places.map((place) => metrics[place] as Metric);
  const cutOff = [...periods.keys()].filter((place) => periods[place]?.cut);
  // All are asked at once: while one is read, the next is computed.
  const [months, cut, percentiles, survived] = await Promise.all([
    sql.columns(compileMonths(metrics, periods, slice)),
    cutOff.length > 0
      ? sql.columns(
          compileCutMonths(
            metrics,
            cutOff.map((place) => periods[place] as PeriodSpan),
            slice,
          ),
        )
      : null,
    Promise.all(compilePercentiles(at(sized), periods, slice).map((statement) => sql.columns(statement))),
    survivalAt(sql, at(survival), periods, slice),
  ]);
  const unplaced = addMonths(found, months, asked, slice);
  if (cut !== null) addCut(found, cut, { metrics, cutOff, by: slice.by });
  for (const columns of percentiles) putPercentiles(found, columns, { sized, by: slice.by });
  for (const cell of survived) found.of(survival[cell.metric] as number, keyOf(cell.members ?? [])).survival[cell.period] = cell;
  return { combinations: found.all(), unplaced };
}

function sumColumns(columns: Columns): SumColumns {
  return {
    n: columns.numbers('n'),
    pending: columns.numbers('pending'),
    num: columns.numbers('num'),
    numPart: columns.numbers('num_part'),
    den: columns.numbers('den'),
    denPart: columns.numbers('den_part'),
  };
}

function sumsAt(combination: Combination, period: number): ExactSums {
  const held = combination.sums[period];
  if (held) return held;
  const sums = noSums();
  combination.sums[period] = sums;
  return sums;
}

/** Adds each month to the periods that cover it; gives the rows that belong nowhere, or to a member that is not known. */
function addMonths(found: Combinations, columns: Columns, { metrics, periods }: Asked, slice: Slice): Doubt[] {
  const [lowest, highest] = monthRange(metrics, periods);
  const covering = coveringOf(periods, lowest, highest);
  const periodsOf = metrics.map(({ kind, rollingMonths }) => (kind === 'survival' ? [] : covering(rollingMonths)));
  const [place, month, outside] = [columns.numbers('metric'), columns.numbers('month'), columns.numbers('outside')];
  const sums = sumColumns(columns);
  const key = keysOf(columns, slice.by);
  const isUnknown = unknownAmong(slice.by);
  const unplaced: Doubt[] = [];
  for (let row = 0; row < columns.rowCount; row += 1) {
    const metric = place[row] as number;
    const isOutside = outside[row] === 1;
    const members = key(row);
    if (!isOutside) {
      const covered = periodsOf[metric]?.[(month[row] as number) - lowest];
      if (covered !== undefined && covered.length > 0) {
        const combination = found.of(metric, members);
        for (const period of covered) addRow(sumsAt(combination, period), sums, row);
      }
    }
    if (sums.n[row] === 0 || !(isOutside || isUnknown(members))) continue;
    unplaced.push({
      kind: isOutside ? 'outside' : 'unplaced',
      metric,
      fromMonth: month[row] as number,
      toMonth: month[row] as number,
      members: membersOf(members, slice.by),
      n: sums.n[row] as number,
    });
  }
  return unplaced;
}

/** Tells whether a combination has a member that is not known. */
function unknownAmong(by: readonly Dimension[]): (key: string) => boolean {
  if (by.length < 2) return (key) => by.length === 1 && key === UNKNOWN_MEMBER;
  return (key) => Object.values(membersOf(key, by)).includes(UNKNOWN_MEMBER);
}

/** Gives, for metrics of a window or of none, the places of the periods that cover each month, by how far it is from the lowest. */
function coveringOf(
  periods: readonly PeriodSpan[],
  lowest: number,
  highest: number,
): (rollingMonths: number | undefined) => number[][] {
  const known = new Map<number | undefined, number[][]>();
  return (rollingMonths) => {
    const held = known.get(rollingMonths);
    if (held) return held;
    const covering: number[][] = Array.from({ length: highest - lowest + 1 }, () => []);
    for (const [place, period] of periods.entries()) {
      const [first, last] = wholeMonths(period, rollingMonths);
      for (let month = first; month <= last; month += 1) covering[month - lowest]?.push(place);
    }
    known.set(rollingMonths, covering);
    return covering;
  };
}

interface Cut {
  readonly metrics: readonly Metric[];
  /** The periods that are cut off, in the order of the statement's. */
  readonly cutOff: readonly number[];
  readonly by: readonly Dimension[];
}

function addCut(found: Combinations, columns: Columns, { metrics, cutOff, by }: Cut): void {
  const [place, period] = [columns.numbers('metric'), columns.numbers('period')];
  const sums = sumColumns(columns);
  const key = keysOf(columns, by);
  for (let row = 0; row < columns.rowCount; row += 1) {
    const metric = place[row] as number;
    if (metrics[metric]?.kind === 'survival') continue;
    addRow(sumsAt(found.of(metric, key(row)), cutOff[period[row] as number] as number), sums, row);
  }
}

interface Sized {
  /** The places of metrics that have percentiles, in the order of the statement's. */
  readonly sized: readonly number[];
  readonly by: readonly Dimension[];
}

function putPercentiles(found: Combinations, columns: Columns, { sized, by }: Sized): void {
  const [place, period] = [columns.numbers('metric'), columns.numbers('period')];
  const [p50, p85, p95] = [columns.numbers('p50'), columns.numbers('p85'), columns.numbers('p95')];
  const key = keysOf(columns, by);
  for (let row = 0; row < columns.rowCount; row += 1) {
    const combination = found.of(sized[place[row] as number] as number, key(row));
    combination.percentiles[period[row] as number] = {
      p50: p50[row] as number,
      p85: p85[row] as number,
      p95: p95[row] as number,
    };
  }
}
