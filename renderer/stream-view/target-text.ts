import { formatValue } from '../../analytics/contract/format-value.ts';
import type { MetricRow } from '../../analytics/contract/metric-query.ts';

/** The target in words; a target that is absent is said to be absent. */
export function targetText({ target, unit, direction }: MetricRow, currency: string): string {
  if (target === null) return 'No target set';
  if (typeof target !== 'number')
    return `Target ${formatValue(target.low, unit, currency)}–${formatValue(target.high, unit, currency)}`;
  return `Target ${direction === 'down' ? '≤' : '≥'} ${formatValue(target, unit, currency)}`;
}
