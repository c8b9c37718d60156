import type { ControlChart, SignalPoint, SignalRule } from '../contract/signal.ts';

/** One point of a series; `usable` is false for periods that are young, not over, or without a value. */
export interface ChartPoint {
  readonly period: string;
  readonly value: number | null;
  readonly usable: boolean;
}

/** The values a metric can naturally take: limits are clipped there, and a clipped limit cannot signal. */
export interface NaturalBounds {
  readonly low: number | null;
  readonly high: number | null;
}

/** 3 / d2 and D4 for ranges of two (d2 = 1.128), rounded as Wheeler prints them. */
const LIMIT_FACTOR = 2.66;
const RANGE_FACTOR = 3.268;
/** Points that set the limits at most: two seasons, after which the limits stay frozen. */
const BASELINE = 24;
const PROVISIONAL_FROM = 6;
const USABLE_FROM = 12;
const LONG_RUN = 8;

/**
 * The XmR chart of a monthly series with Wheeler's rules: a point outside the limits, three of four consecutive points
 * nearer a limit than the centre (on one side), eight in a row on one side (a point on the centre breaks the run),
 * and a moving range above its upper limit.
 * The baseline is the first 24 usable points, or all where there are fewer; later points are judged by it and do not
 * move it. Unusable points are shown and take no part; the points around one count as neighbours.
 * Source: D. J. Wheeler, Understanding Variation, 2nd ed.; factors 2.66 and 3.268.
 */
export function controlChart(series: readonly ChartPoint[], bounds: NaturalBounds): ControlChart {
  const used = series.flatMap((point, index) => (point.usable && point.value !== null ? [{ index, value: point.value }] : []));
  const values = used.map((point) => point.value);
  const limits = values.length >= PROVISIONAL_FROM ? limitsOf(values.slice(0, BASELINE), bounds) : null;
  const fired = limits ? values.map((_, at) => rulesAt(values, at, limits)) : [];
  const rulesByIndex = new Map(used.map(({ index }, at) => [index, fired[at] ?? []] as const));
  const points: SignalPoint[] = series.map(({ period, value }, index) => ({
    period,
    value,
    rules: rulesByIndex.get(index) ?? [],
  }));
  return {
    centre: limits?.centre ?? null,
    lower: limits?.lower ?? null,
    upper: limits?.upper ?? null,
    rangeLimit: limits?.rangeLimit ?? null,
    standing: values.length < PROVISIONAL_FROM ? 'none' : values.length < USABLE_FROM ? 'provisional' : 'usable',
    points,
  };
}

interface Limits {
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
  readonly rangeLimit: number;
  readonly lowerClipped: boolean;
  readonly upperClipped: boolean;
}

function limitsOf(values: readonly number[], bounds: NaturalBounds): Limits {
  const centre = mean(values);
  const meanRange = mean(values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value))));
  const reach = LIMIT_FACTOR * meanRange;
  const lowerClipped = bounds.low !== null && centre - reach < bounds.low;
  const upperClipped = bounds.high !== null && centre + reach > bounds.high;
  return {
    centre,
    lower: lowerClipped && bounds.low !== null ? bounds.low : centre - reach,
    upper: upperClipped && bounds.high !== null ? bounds.high : centre + reach,
    rangeLimit: RANGE_FACTOR * meanRange,
    lowerClipped,
    upperClipped,
  };
}

function rulesAt(values: readonly number[], at: number, limits: Limits): SignalRule[] {
  const value = values[at] ?? Number.NaN;
  const before = values[at - 1];
  const rules: SignalRule[] = [];
  if ((value > limits.upper && !limits.upperClipped) || (value < limits.lower && !limits.lowerClipped))
    rules.push('outsideLimits');
  if (sides.some((side) => isNearLimit(values, at, limits, side))) rules.push('nearLimit');
  if (sides.some((side) => isLongRun(values, at, limits, side))) rules.push('longRun');
  if (before !== undefined && Math.abs(value - before) > limits.rangeLimit) rules.push('movingRange');
  return rules;
}

/** Above the centre, below the centre. */
const sides = [1, -1] as const;
type Side = (typeof sides)[number];

function isNearLimit(values: readonly number[], at: number, limits: Limits, side: Side): boolean {
  const clipped = side === 1 ? limits.upperClipped : limits.lowerClipped;
  const limit = side === 1 ? limits.upper : limits.lower;
  if (clipped || at < 3 || limit === limits.centre) return false;
  const middle = (limits.centre + limit) / 2;
  const near = values.slice(at - 3, at + 1).map((value) => side * (value - middle) > 0);
  return near[3] === true && near.filter(Boolean).length >= 3;
}

function isLongRun(values: readonly number[], at: number, limits: Limits, side: Side): boolean {
  const run = values.slice(Math.max(0, at - LONG_RUN + 1), at + 1);
  return run.length === LONG_RUN && run.every((value) => side * (value - limits.centre) > 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
