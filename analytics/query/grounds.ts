import type { Dimension } from '../contract/dimensions.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';
import { compileGrounds, GROUNDS } from './statements/compile-grounds.ts';
import type { Slice } from './statements/slice.ts';

/** What the values of a slice rest on beside their sums. */
export interface Grounds {
  /** The first month (index) of each metric's observations, by its id. */
  readonly firstMonths: ReadonlyMap<string, number>;
  /** Rejected rows that may belong to values of the slice. */
  readonly unusable: readonly Doubt[];
}

/** Rows that may belong to values of the metric at a place (from 0) among those asked for, in months between two. */
export interface Doubt {
  readonly metric: number;
  readonly fromMonth: number;
  readonly toMonth: number;
  /** Their members of the dimensions split by; null: no one knows. */
  readonly members: Readonly<Partial<Record<Dimension, string | null>>>;
  /**
   * `unusable`: rejected rows, which may be of any member that no one knows. `unplaced`: observations of which a member is `unknown`;
   * `outside` where it is one that is filtered by, so that they are not among the values.
   */
  readonly kind: 'unusable' | 'unplaced' | 'outside';
  readonly n: number;
}

/** More empty months than this between two months with data, and the earlier one is taken for a damaged date. */
const LONGEST_GAP = 24;

/** Reads the grounds of a slice. A month further than two years before all others is no first month. */
export async function readGrounds(sql: Sql, metrics: readonly Metric[], slice: Slice): Promise<Grounds> {
  const columns = await sql.columns(compileGrounds(metrics, slice));
  const [kind, place, from] = [columns.numbers('kind'), columns.numbers('metric'), columns.numbers('from_month')];
  const months: number[][] = metrics.map(() => []);
  const rejected: number[] = [];
  for (let row = 0; row < columns.rowCount; row += 1) {
    if (kind[row] === GROUNDS.held) months[place[row] as number]?.push(from[row] as number);
    else rejected.push(row);
  }
  const firstMonths = new Map<string, number>();
  for (const [index, metric] of metrics.entries()) {
    const first = firstOf(months[index] ?? []);
    if (first !== undefined) firstMonths.set(metric.id, first);
  }
  if (rejected.length === 0) return { firstMonths, unusable: [] };
  const [to, n] = [columns.numbers('to_month'), columns.numbers('n')];
  const members = slice.by.map((dimension) => [dimension, columns.texts(dimension)] as const);
  const unusable = rejected.map((row) => ({
    kind: 'unusable' as const,
    metric: place[row] as number,
    fromMonth: orElse(from[row], Number.NEGATIVE_INFINITY),
    toMonth: orElse(to[row], Number.POSITIVE_INFINITY),
    members: Object.fromEntries(members.map(([dimension, texts]) => [dimension, texts[row] ?? null])),
    n: n[row] as number,
  }));
  return { firstMonths, unusable };
}

function firstOf(months: readonly number[]): number | undefined {
  let first: number | undefined;
  for (const month of [...months].sort((a, b) => b - a)) {
    if ((first ?? month) - month > LONGEST_GAP) break;
    first = month;
  }
  return first;
}

function orElse(value: number | undefined, other: number): number {
  return value === undefined || Number.isNaN(value) ? other : value;
}
