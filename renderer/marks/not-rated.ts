import type { MetricRow } from '../../analytics/contract/metric-query.ts';
import { isTooFewToState } from '../../analytics/contract/small-n.ts';

/** Why a row carries no rating, in a few words; null where it carries one. `minimum` is the metric's n below which none is given. */
export function notRatedReason(row: MetricRow, minimum: number): string | null {
  if (row.rating !== null) return null;
  if (row.value === null) return row.note ?? 'no value';
  if (isTooFewToState(row)) return 'too few to state';
  if (row.target === null) return 'no target set';
  if (row.n < minimum) return `n below ${minimum}`;
  if (row.provisional) return 'provisional';
  if (row.partial) return 'period not over';
  return row.note ?? 'withheld';
}
