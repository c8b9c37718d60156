import { formatValue } from './format-value.ts';
import type { MetricRow } from './metric-query.ts';

/** How far unusable rows could have moved a value, in a clause for people; null where every row could be used. */
export function boundsWords({ bounds, unit }: Pick<MetricRow, 'bounds' | 'unit'>, currency: string): string | null {
  if (bounds === null) return null;
  const say = (value: number) => formatValue(value, unit, currency);
  const rows = bounds.unusable === 1 ? '1 unusable row' : `${bounds.unusable.toLocaleString('en-US')} unusable rows`;
  if (bounds.low === null) return `${rows} could move it, how far cannot be bounded`;
  if (bounds.high === null) return `${rows} could move it anywhere from ${say(bounds.low)} up`;
  return `${rows} could move it between ${say(bounds.low)} and ${say(bounds.high)}`;
}
