import type { Dimension } from '../contract/dimensions.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';
import { factTable } from '../tables/fact-tables.ts';
import { compileHeldMonths, compileUnusable } from './statements/compile-grounds.ts';
import type { Slice } from './statements/slice.ts';

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

/** The first month (index) of each metric's observations, by its id. A month further than two years before all others is no first month. */
export async function readFirstMonths(sql: Sql, slice: Pick<Slice, 'observations'>): Promise<ReadonlyMap<string, number>> {
  const columns = await sql.columns(compileHeldMonths(slice));
  const [metrics, month] = [columns.texts('metric'), columns.numbers('month')];
  const months = new Map<string, number[]>();
  for (const [row, metric] of metrics.entries()) {
    const held = months.get(metric ?? '') ?? [];
    if (held.length === 0) months.set(metric ?? '', held);
    held.push(month[row] as number);
  }
  return new Map([...months].map(([metric, held]) => [metric, firstOf(held)]));
}

/** The metrics, by id, of which rejected rows could be observations at all. */
export async function readDoubted(sql: Sql, { observations }: Pick<Slice, 'observations'>): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ metric: string }>({
    text: `SELECT DISTINCT metric FROM ${factTable(observations, '_unusable')}`,
  });
  return new Set(rows.map((row) => row.metric));
}

/** Reads the rejected rows that may belong to values of a slice. */
export async function readUnusable(sql: Sql, metrics: readonly Metric[], slice: Slice): Promise<readonly Doubt[]> {
  const columns = await sql.columns(compileUnusable(metrics, slice));
  if (columns.rowCount === 0) return [];
  const [place, from, to, n] = [
    columns.numbers('metric'),
    columns.numbers('from_month'),
    columns.numbers('to_month'),
    columns.numbers('n'),
  ];
  const members = slice.by.map((dimension) => [dimension, columns.texts(dimension)] as const);
  return Array.from({ length: columns.rowCount }, (_, row) => ({
    kind: 'unusable' as const,
    metric: place[row] as number,
    fromMonth: orElse(from[row], Number.NEGATIVE_INFINITY),
    toMonth: orElse(to[row], Number.POSITIVE_INFINITY),
    members: Object.fromEntries(members.map(([dimension, texts]) => [dimension, texts[row] ?? null])),
    n: n[row] as number,
  }));
}

function firstOf(months: readonly number[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const month of [...months].sort((a, b) => b - a)) {
    if (first - month > LONGEST_GAP && first !== Number.POSITIVE_INFINITY) break;
    first = month;
  }
  return first;
}

function orElse(value: number | undefined, other: number): number {
  return value === undefined || Number.isNaN(value) ? other : value;
}
