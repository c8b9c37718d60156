import { type Dimension, UNKNOWN_MEMBER } from '../../contract/dimensions.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import type { MetricRow } from '../../contract/metric-query.ts';
import type { Sql } from '../../contract/sql.ts';
import type { Doubt } from '../grounds.ts';
import type { PeriodSpan } from '../periods.ts';
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
  /** Where the row stands: the place of its set, and its own. */
  readonly set: number;
  readonly place: number;
  readonly fromMonth: number;
  readonly toMonth: number;
  readonly unusable: number;
}

/** Whose rows, the rows of each set, and what is known of rejected and unplaced rows. */
export interface Bounded {
  readonly metrics: readonly Metric[];
  readonly sets: readonly RowSet[];
  readonly doubts: readonly Doubt[];
}

/**
 * The rows of each set with how far unusable rows could have moved them: rejected rows that may belong to the row's months and
 * members and, where rows are filtered or split, observations whose member is not known, as of a record whose link meets
 * nothing. A period that is cut off has no bounds.
 */
export async function withBounds(sql: Sql, { metrics, sets, doubts }: Bounded, slice: Slice): Promise<MetricRow[][]> {
  const doubtful = byMetric(metrics, doubts);
  const bounded = sets.map((set) => [...set.rows]);
  if (doubtful.size === 0) return bounded;
  const counted = sets.flatMap((set, place) => countedIn(set, place, doubtful));
  const medians = await mediansOf(sql, counted, slice);
  for (const each of counted) {
    const bounds = valueBounds(each.metric, each.row, { unusable: each.unusable, median: medians.get(each) });
    const rows = bounded[each.set];
    if (rows) rows[each.place] = { ...each.row, bounds };
  }
  return bounded;
}

function countedIn({ periods, rows }: RowSet, set: number, doubtful: ReadonlyMap<string, Doubtful>): Counted[] {
  const spans = new Map(periods.map((period) => [period.label, period]));
  const counted: Counted[] = [];
  for (const [place, row] of rows.entries()) {
    const doubt = row.value === null ? undefined : doubtful.get(row.metric);
    const span = doubt && spans.get(row.period);
    if (!doubt || !span || span.cut) continue;
    const reach = reachOf(doubt.metric, span);
    const unusable = unusableIn(row, reach, doubt.doubts);
    if (unusable > 0) counted.push({ metric: doubt.metric, row, set, place, ...reach, unusable });
  }
  return counted;
}

interface Doubtful {
  readonly metric: Metric;
  readonly doubts: Doubt[];
}

function byMetric(metrics: readonly Metric[], doubts: readonly Doubt[]): ReadonlyMap<string, Doubtful> {
  const found = new Map<string, Doubtful>();
  for (const doubt of doubts) {
    const metric = metrics[doubt.metric];
    if (!metric) continue;
    const doubtful = found.get(metric.id) ?? { metric, doubts: [] };
    found.set(metric.id, doubtful);
    doubtful.doubts.push(doubt);
  }
  return found;
}

/** The months a value covers: a rolling one its window; of survival, all relations begun by the period's end. */
function reachOf(metric: Metric, span: PeriodSpan): Reach {
  if (metric.kind === 'survival') return { fromMonth: Number.NEGATIVE_INFINITY, toMonth: span.lastMonth };
  const rolling = metric.rollingMonths;
  return { fromMonth: rolling === undefined ? span.firstMonth : span.lastMonth - rolling + 1, toMonth: span.lastMonth };
}

type Reach = Pick<Counted, 'fromMonth' | 'toMonth'>;

function unusableIn(row: MetricRow, { fromMonth, toMonth }: Reach, doubts: readonly Doubt[]): number {
  const splits = Object.entries(row.by) as (readonly [Dimension, string])[];
  let sum = 0;
  for (const doubt of doubts) {
    if (doubt.fromMonth > toMonth || doubt.toMonth < fromMonth) continue;
    if (doubt.kind === 'unusable' ? mayBelong(doubt, splits) : mayHaveBelonged(doubt, splits)) sum += doubt.n;
  }
  return sum;
}

/** Whether rejected rows may be among these members: a member that no one knows may be any. */
function mayBelong({ members }: Doubt, splits: readonly (readonly [Dimension, string])[]): boolean {
  return splits.every(([dimension, member]) => members[dimension] === null || members[dimension] === member);
}

/** Whether observations of which a member is not known, and which are therefore not among these, may belong to them. */
function mayHaveBelonged({ members, kind }: Doubt, splits: readonly (readonly [Dimension, string])[]): boolean {
  const isUnknown = ([dimension, member]: readonly [Dimension, string]) =>
    members[dimension] === UNKNOWN_MEMBER && member !== UNKNOWN_MEMBER;
  const fits = splits.every((split) => members[split[0]] === split[1] || isUnknown(split));
  return fits && (kind === 'outside' || splits.some(isUnknown));
}

async function mediansOf(sql: Sql, counted: readonly Counted[], slice: Slice): Promise<ReadonlyMap<Counted, MedianCell>> {
  const durations = counted.filter((each) => each.metric.kind === 'duration');
  if (durations.length === 0) return new Map();
  const questions = durations.map(({ metric, row, fromMonth, toMonth, unusable }) => ({
    metric: metric.id,
    members: slice.by.map((dimension) => row.by[dimension] ?? ''),
    n: row.n,
    fromMonth,
    toMonth,
    unusable,
  }));
  const cells = await sql.rows<MedianCell>(compileMedians(questions, slice));
  return new Map(
    cells.flatMap((cell) => {
      const asked = durations[cell.question];
      return asked ? [[asked, cell] as const] : [];
    }),
  );
}
