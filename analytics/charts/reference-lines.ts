import type { MetricRow } from '../contract/metric-query.ts';
import type { ControlChart } from '../contract/signal.ts';
import type { AxisExtent } from './axis.ts';

export interface ReferenceLine {
  readonly name: string;
  readonly at: number;
  readonly kind: 'target' | 'centre' | 'limit';
}

/** The target (or the two ends of its band), the centre and the control limits, in the rank in which their labels are kept. */
export function referenceLines(last: MetricRow | undefined, control: ControlChart): ReferenceLine[] {
  const target = last?.target ?? null;
  const lines: (ReferenceLine | null)[] = [
    typeof target === 'number' ? { name: 'Target', at: target, kind: 'target' } : null,
    target !== null && typeof target === 'object' ? { name: 'Target from', at: target.low, kind: 'target' } : null,
    target !== null && typeof target === 'object' ? { name: 'Target to', at: target.high, kind: 'target' } : null,
    control.centre === null ? null : { name: 'Centre', at: control.centre, kind: 'centre' },
    control.upper === null ? null : { name: 'Upper', at: control.upper, kind: 'limit' },
    control.lower === null ? null : { name: 'Lower', at: control.lower, kind: 'limit' },
  ];
  return lines.filter((line) => line !== null);
}

/** The lines whose labels stay a line's height away from those of higher rank. */
export function readableLabels(lines: readonly ReferenceLine[], extent: AxisExtent): ReferenceLine[] {
  const apart = (extent.max - extent.min) * 0.065;
  const kept: ReferenceLine[] = [];
  for (const line of lines) {
    if (kept.every((other) => Math.abs(other.at - line.at) >= apart)) kept.push(line);
  }
  return kept;
}
