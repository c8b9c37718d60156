import { formatValue } from '../contract/format-value.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import { mixBridge, type SegmentSums } from '../signals/index.ts';

const RATIO_KINDS = new Set(['proportion', 'ratio', 'mean']);

/**
 * The sentence that warns where every segment moved one way and the total the other between two spans (Simpson's paradox),
 * with the figures; `null` where that is not so or the metric is no ratio of sums.
 */
export function mixNote(
  metric: Metric,
  before: readonly MetricRow[],
  after: readonly MetricRow[],
  currency: string,
): string | null {
  if (!RATIO_KINDS.has(metric.kind)) return null;
  const bridge = mixBridge(sumsBySegment(before, after));
  if (!bridge?.reverses) return null;
  const text = (value: number) => formatValue(value, metric.unit, currency);
  const segments = sumsBySegment(before, after).filter((each) => each.before.den > 0 && each.after.den > 0);
  const moves = segments.map(
    (each) => `${each.segment} ${text(each.before.num / each.before.den)} to ${text(each.after.num / each.after.den)}`,
  );
  const fell = bridge.after < bridge.before;
  return `The total ${fell ? 'fell' : 'rose'} from ${text(bridge.before)} to ${text(bridge.after)} although every segment ${
    fell ? 'rose' : 'fell'
  } (${moves.join(', ')}): the mix of segments changed.`;
}

function sumsBySegment(before: readonly MetricRow[], after: readonly MetricRow[]): SegmentSums[] {
  const names = [...new Set([...before, ...after].map((row) => row.by.segment ?? ''))];
  const sums = (rows: readonly MetricRow[], name: string) => {
    const row = rows.find((each) => each.by.segment === name);
    return { num: row?.num ?? 0, den: row?.den ?? 0 };
  };
  return names.map((segment) => ({ segment, before: sums(before, segment), after: sums(after, segment) }));
}
