import { dayLabel, formatValue } from './format-value.ts';
import type { MetricKind, UnavailableMetric, Unit } from './metric-definition.ts';
import type { Day, Month } from './period.ts';

/** A value that an import would change: of one metric in one month, over all members of every dimension. */
export interface MetricChange {
  readonly metric: string;
  readonly stage: string;
  readonly name: string;
  readonly unit: Unit;
  readonly kind: MetricKind;
  readonly period: Month;
  /** The value as it is and as it would be; null where there is none. In the metric's unit, fractions 0 to 1. */
  readonly from: number | null;
  readonly to: number | null;
  /** How many mature observations each rests on. */
  readonly fromN: number;
  readonly toN: number;
}

/** What an import would do to the metrics, key ones and companions, told before anything is kept. */
export interface ImportEffect {
  /** The last day the data reaches, before and after; null where there is no data. Where it moves, cohorts mature and months end. */
  readonly asOf: { readonly from: Day | null; readonly to: Day | null };
  /** ISO 4217 code in which amounts of money are given. */
  readonly currency: string;
  /** Every value whose figure or number of observations would change, metric by metric in the catalogue's order, then by month. */
  readonly changes: readonly MetricChange[];
  /** Metrics that could no longer be computed, each with its reason; they would have no values. */
  readonly unavailable: readonly UnavailableMetric[];
}

/** What an import would do to the metrics in one sentence, for people. */
export function effectSentence({ asOf, changes, unavailable }: ImportEffect): string {
  const metrics = new Set(changes.map((change) => change.metric)).size;
  const count = (number: number, noun: string) => `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
  const sentences = [
    changes.length === 0
      ? 'No value of any metric would change.'
      : `${count(changes.length, 'value')} of ${count(metrics, 'metric')} would change.`,
  ];
  if (asOf.to !== null && asOf.from === null) sentences.push(`The data would reach ${dayLabel(asOf.to)}.`);
  else if (asOf.from !== null && asOf.to !== null && asOf.from !== asOf.to) {
    sentences.push(`The data would reach ${dayLabel(asOf.to)} instead of ${dayLabel(asOf.from)}.`);
  }
  if (unavailable.length > 0) sentences.push(`${count(unavailable.length, 'metric')} could no longer be computed.`);
  return sentences.join(' ');
}

/** Both values of a change in words; null where there is none. Where they read alike, the later one says which way it went. */
export function changeWords(
  change: MetricChange,
  currency: string,
): { readonly from: string | null; readonly to: string | null } {
  const say = (value: number | null) => (value === null ? null : formatValue(value, change.unit, currency));
  const [from, to] = [say(change.from), say(change.to)];
  if (from !== to || change.from === null || change.to === null || change.from === change.to) return { from, to };
  return { from, to: `${to} (slightly ${change.to > change.from ? 'more' : 'less'})` };
}
