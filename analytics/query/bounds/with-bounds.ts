import { type Dimension, UNKNOWN_MEMBER } from '../../contract/dimensions.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import type { MetricRow } from '../../contract/metric-query.ts';
import type { Sql } from '../../contract/sql.ts';
import type { PeriodSpan } from '../periods.ts';
import { GROUNDS, type GroundCell } from '../statements/compile-grounds.ts';
import type { Slice } from '../statements/slice.ts';
import { compileMedians, type MedianCell } from './compile-medians.ts';
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

/** Whose rows, the rows of each set, and what is known of rejected and unplaced rows. */
export interface Bounded {
  readonly metrics: readonly Metric[];
  readonly sets: readonly RowSet[];
  readonly grounds: readonly GroundCell[];
}

/**
 * The rows of each set with how far unusable rows could have moved them: rejected rows that may belong to the row's months and
 * members and, where rows are filtered or split, observations whose member is not known, as of a record whose link meets
 * nothing. A period that is cut off has no bounds.
 */
export async function withBounds(sql: Sql, { metrics, sets, grounds }: Bounded, slice: Slice): Promise<MetricRow[][]> {
  const doubtful = byMetric(metrics, grounds);
  if (doubtful.size === 0) return sets.map((set) => [...set.rows]);
  const counted = sets.map(({ periods, rows }) => {
    const spans = new Map(periods.map((period) => [period.label, period]));
    return rows.map((row): Counted | MetricRow => {
      const doubt = doubtful.get(row.metric);
      if (!doubt || row.value === null) return row;
      const span = spans.get(row.period);
      if (!span || span.cut) return row;
      const place = { metric: doubt.metric, row, ...reachOf(doubt.metric, span) };
      const unusable = unusableIn(place, doubt.cells);
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

/** Rejected rows and observations without a member that may belong to values of a metric. */
interface Doubt {
  readonly metric: Metric;
  readonly cells: GroundCell[];
}

function byMetric(metrics: readonly Metric[], grounds: readonly GroundCell[]): ReadonlyMap<string, Doubt> {
  const found = new Map<string, Doubt>();
  for (const cell of grounds) {
    const metric = metrics[cell.metric - 1];
    if (cell.kind === GROUNDS.held || !metric) continue;
    const doubt = found.get(metric.id) ?? { metric, cells: [] };
    found.set(metric.id, doubt);
    doubt.cells.push(cell);
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

function unusableIn({ row, fromMonth, toMonth }: Place, cells: readonly GroundCell[]): number {
  const splits = Object.entries(row.by) as (readonly [Dimension, string])[];
  let sum = 0;
  for (const cell of cells) {
    if ((cell.from_month ?? Number.NEGATIVE_INFINITY) > toMonth || (cell.to_month ?? Number.POSITIVE_INFINITY) < fromMonth)
      continue;
    if (cell.kind === GROUNDS.unusable ? mayBelong(cell, splits) : mayHaveBelonged(cell, splits)) sum += cell.n;
  }
  return sum;
}

/** Whether rejected rows may be among these members: a member that no one knows may be any. */
function mayBelong(cell: GroundCell, splits: readonly (readonly [Dimension, string])[]): boolean {
  return splits.every(([dimension, member]) => cell[dimension] === null || cell[dimension] === member);
}

/** Whether observations of which a member is not known, and which are therefore not among these, may belong to them. */
function mayHaveBelonged(cell: GroundCell, splits: readonly (readonly [Dimension, string])[]): boolean {
  const isUnknown = ([dimension, member]: readonly [Dimension, string]) =>
    cell[dimension] === UNKNOWN_MEMBER && member !== UNKNOWN_MEMBER;
  return splits.every((split) => cell[split[0]] === split[1] || isUnknown(split)) && (cell.outside || splits.some(isUnknown));
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
