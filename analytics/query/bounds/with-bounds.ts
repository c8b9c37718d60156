import { type Dimension, UNKNOWN_MEMBER } from '../../contract/dimensions.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import type { MetricRow } from '../../contract/metric-query.ts';
import type { Sql } from '../../contract/sql.ts';
import type { PeriodSpan } from '../periods.ts';
import type { Slice } from '../statements/slice.ts';
import { compileMedians, type MedianCell } from './compile-medians.ts';
import { compileUnplaced, compileUnusable, type UnplacedCell, type UnusableCell } from './compile-unusable.ts';
import { valueBounds } from './value-bounds.ts';

/** The rows of several sets of periods. */
export interface RowSet {
  readonly periods: readonly PeriodSpan[];
  readonly rows: readonly MetricRow[];
}

interface Counted {
  readonly metric: Metric;
  readonly row: MetricRow;
  readonly fromMonth: number;
  readonly toMonth: number;
  readonly unusable: number;
}

/**
 * The rows of each set with how far unusable rows could have moved them: rejected rows that may belong to the row's months and
 * members and, where rows are filtered or split, observations whose member is not known, as of a record whose link meets
 * nothing. Where every row could be used this costs one look at an empty table. A period that is cut off has no bounds.
 */
export async function withBounds(
  sql: Sql,
  { metrics, sets }: { readonly metrics: readonly Metric[]; readonly sets: readonly RowSet[] },
  slice: Slice,
): Promise<MetricRow[][]> {
  const periods = sets.flatMap((set) => set.periods);
  const rejected = byMetric(await sql.rows<UnusableCell>(compileUnusable(metrics, slice)));
  const statement = compileUnplaced(metrics, periods, slice);
  const unplaced = byMetric(statement ? await sql.rows<UnplacedCell>(statement) : []);
  if (rejected.size + unplaced.size === 0) return sets.map((set) => [...set.rows]);
  const named = new Map(metrics.map((metric) => [metric.id, metric]));
  const counted = sets.map(({ periods: own, rows }) => {
    const spans = new Map(own.map((period) => [period.label, period]));
    return rows.map((row): Counted | MetricRow => {
      const [metric, span] = [named.get(row.metric), spans.get(row.period)];
      if (!metric || !span || span.cut || row.value === null) return row;
      const place = { metric, row, ...reachOf(metric, span) };
      const unusable = rejectedIn(place, rejected.get(row.metric) ?? []) + unplacedIn(place, unplaced.get(row.metric) ?? []);
      return unusable === 0 ? row : { ...place, unusable };
    });
  });
  const medians = await mediansOf(sql, counted.flat().filter(isCounted), slice);
  return counted.map((rows) =>
    rows.map((each) => {
      if (!isCounted(each)) return each;
      return { ...each.row, bounds: valueBounds(each.metric, each.row, { unusable: each.unusable, median: medians.get(each) }) };
    }),
  );
}

function isCounted(each: Counted | MetricRow): each is Counted {
  return 'row' in each;
}

function byMetric<Cell extends { readonly metric: string }>(cells: readonly Cell[]): ReadonlyMap<string, Cell[]> {
  const found = new Map<string, Cell[]>();
  for (const cell of cells) {
    const held = found.get(cell.metric);
    if (held) held.push(cell);
    else found.set(cell.metric, [cell]);
  }
  return found;
}

/** The months a value covers: a rolling one its window; of survival, all relations begun by the period's end. */
function reachOf(metric: Metric, span: PeriodSpan): { readonly fromMonth: number; readonly toMonth: number } {
  if (metric.kind === 'survival') return { fromMonth: Number.NEGATIVE_INFINITY, toMonth: span.lastMonth };
  const rolling = metric.rollingMonths;
  return { fromMonth: rolling === undefined ? span.firstMonth : span.lastMonth - rolling + 1, toMonth: span.lastMonth };
}

type Place = Omit<Counted, 'unusable'>;

function rejectedIn({ row, fromMonth, toMonth }: Place, cells: readonly UnusableCell[]): number {
  return total(
    cells.filter(
      (cell) =>
        (cell.from_month ?? Number.NEGATIVE_INFINITY) <= toMonth &&
        (cell.to_month ?? Number.POSITIVE_INFINITY) >= fromMonth &&
        splits(row).every(([dimension, member]) => cell[dimension] === null || cell[dimension] === member),
    ),
  );
}

function unplacedIn({ row, fromMonth, toMonth }: Place, cells: readonly UnplacedCell[]): number {
  return total(
    cells.filter(({ month, outside, ...cell }) => {
      const isUnknown = ([dimension, member]: readonly [Dimension, string]) =>
        cell[dimension] === UNKNOWN_MEMBER && member !== UNKNOWN_MEMBER;
      return (
        month >= fromMonth &&
        month <= toMonth &&
        splits(row).every((split) => cell[split[0]] === split[1] || isUnknown(split)) &&
        (outside || splits(row).some(isUnknown))
      );
    }),
  );
}

function splits(row: MetricRow): (readonly [Dimension, string])[] {
  return Object.entries(row.by) as (readonly [Dimension, string])[];
}

function total(cells: readonly { readonly n: number }[]): number {
  return cells.reduce((sum, cell) => sum + cell.n, 0);
}

async function mediansOf(sql: Sql, counted: readonly Counted[], slice: Slice): Promise<ReadonlyMap<Counted, MedianCell>> {
  const durations = counted.filter((each) => each.metric.kind === 'duration');
  if (durations.length === 0) return new Map();
  const questions = durations.map(({ metric, row, ...rest }) => ({
    metric: metric.id,
    members: slice.by.map((dimension) => row.by[dimension] ?? ''),
    n: row.n,
    ...rest,
  }));
  const cells = await sql.rows<MedianCell>(compileMedians(questions, slice));
  return new Map(
    cells.flatMap((cell) => {
      const asked = durations[cell.question];
      return asked ? [[asked, cell] as const] : [];
    }),
  );
}
