import { formatValue, periodLabel } from '../../analytics/contract/format-value.ts';
import type { MetricRow } from '../../analytics/contract/metric-query.ts';
import type { ControlChart, SignalPoint, SignalRule } from '../../analytics/contract/signal.ts';
import type { Span } from '../place/period-span.ts';

export type SignalStrength = 'strong' | 'moderate' | 'weak';

const STRENGTHS: Readonly<Record<SignalRule, SignalStrength>> = {
  outsideLimits: 'strong',
  movingRange: 'strong',
  nearLimit: 'moderate',
  longRun: 'weak',
};
const RANK: readonly SignalStrength[] = ['strong', 'moderate', 'weak'];

/** The strongest rule that fired in a month. */
export function strengthOf(rules: readonly SignalRule[]): SignalStrength | null {
  return RANK.find((strength) => rules.some((rule) => STRENGTHS[rule] === strength)) ?? null;
}

/** The months of a span in which the control chart signals, oldest first. */
export function signalsWithin(control: ControlChart, { from, to }: Span): SignalPoint[] {
  return control.points.filter((point) => point.rules.length > 0 && point.period >= from && point.period <= to);
}

/** What a signal says in one sentence: the month, its value, and what it departs from. Names no cause. */
export function signalStatement(point: SignalPoint, control: ControlChart, row: MetricRow, currency: string): string {
  const say = (value: number) => formatValue(value, row.unit, currency);
  const month = periodLabel(point.period);
  const value = point.value === null ? 'no value' : say(point.value);
  const { lower, upper, centre } = control;
  const expected = lower === null || upper === null ? 'its expected range' : `the expected range ${say(lower)} to ${say(upper)}`;
  if (point.rules.includes('outsideLimits')) {
    const side = point.value !== null && upper !== null && point.value > upper ? 'above' : 'below';
    return `${month}: ${value} is ${side} ${expected}.`;
  }
  if (point.rules.includes('movingRange')) return `${month}: ${value} is a larger step from the month before than is usual.`;
  if (point.rules.includes('nearLimit')) return `${month}: ${value}; three of four months lie nearer a limit than the centre.`;
  const side = point.value !== null && centre !== null && point.value > centre ? 'above' : 'below';
  return `${month}: ${value}; eight or more months in a row ${side} the centre${centre === null ? '' : ` ${say(centre)}`}.`;
}
