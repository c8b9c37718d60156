import { assertNever } from '../../contract/errors.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import type { MetricBounds, MetricRow } from '../../contract/metric-query.ts';
import { unusableSources } from '../../observe/index.ts';

/** The least and greatest median, null where it lies beyond all known sizes. */
export interface MedianBounds {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * How far `unusable` rows, each of which could have been one more observation, could have moved the value of a row. It rests on
 * nothing but what one observation may be, so it is certain and often wide:
 * - a proportion's case is a success or none: from num / (den + u) to (num + u) / (den + u);
 * - a count grows by one a row at most: from n to n + u; so does the number of events of a rate over the same exposure;
 * - the median of n known and u unknown sizes lies between two known ones, those u / 2 places below and above the middle,
 *   whatever the unknown are ({@link medianRanks}); a duration is never below 0;
 * - a sum, a ratio, a mean and a survival are not bounded: one row of any size could move them anywhere.
 * Rows of other tables that a metric reads could have turned a case that is counted; they are not in these bounds.
 */
export function valueBounds(
  metric: Metric,
  row: Pick<MetricRow, 'value' | 'num' | 'den'>,
  { unusable, median }: { readonly unusable: number; readonly median: MedianBounds | undefined },
): MetricBounds | null {
  const { value, num, den } = row;
  if (unusable === 0 || value === null) return null;
  const open = { low: null, high: null, unusable };
  if (!unusableSources(metric).bounded) return open;
  switch (metric.kind) {
    case 'proportion':
      return num === null || den === null
        ? open
        : { low: num / (den + unusable), high: (num + unusable) / (den + unusable), unusable };
    case 'count':
      return { low: value, high: value + unusable, unusable };
    case 'rate':
      return num === null || den === null ? open : { low: value, high: ((metric.scale ?? 1) * (num + unusable)) / den, unusable };
    case 'duration':
      return median ? { low: median.low ?? 0, high: median.high, unusable } : open;
    case 'sum':
    case 'ratio':
    case 'mean':
    case 'survival':
      return open;
    default:
      return assertNever(metric.kind);
  }
}

/**
 * Between which ranks (from 0, halves between two) of n known sizes in order the median (type 7) of these and u unknown ones
 * lies. The middle of n + u sizes has the rank (n + u - 1) / 2: it moves down by u where all unknown sizes are the least, and
 * not at all where they are the greatest. A rank below 0 or above n - 1 lies beyond all that are known.
 */
export function medianRanks(n: number, unusable: number): { readonly low: number; readonly high: number } {
  const middle = (n + unusable - 1) / 2;
  return { low: middle - unusable, high: middle };
}
