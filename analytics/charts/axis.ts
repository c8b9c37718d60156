import type { MetricRow } from '../contract/metric-query.ts';

/** A value axis: its ends and the distance of its ticks. */
export interface AxisExtent {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** Differences below this are noise of arithmetic, not data. */
const SMALLEST_STEP = 1e-9;

/** Digits to which a line is placed. The charting library rounds to two by default, which moves a line at 98.5 % to 98 %. */
export const LINE_PRECISION = 10;

/** Bounds that values cannot pass: shares of a whole 0 to 1. A ratio in percent may pass 1, and has the bound only while it does not. */
function naturalBounds(row: MetricRow | undefined, highest: number): { readonly floor: number; readonly ceiling: number } {
  const share = row?.kind === 'proportion' || row?.kind === 'survival';
  return {
    floor: share ? 0 : Number.NEGATIVE_INFINITY,
    ceiling: share || (row?.unit === 'fraction' && highest <= 1) ? 1 : Number.POSITIVE_INFINITY,
  };
}

/**
 * The axis that holds `values` with some air, on round ticks. Amounts start at zero;
 * shares and durations use the room where their change can be seen, which lines may do and bars may not.
 */
export function lineExtent(row: MetricRow | undefined, values: readonly (number | null)[]): AxisExtent {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { min: 0, max: 1, interval: 0.25 };
  const low = Math.min(...known);
  const high = Math.max(...known);
  const { floor, ceiling } = naturalBounds(row, high);
  const air = (high - low || Math.abs(high) || 1) * 0.12;
  const fromZero = row?.unit === 'count' || row?.unit === 'currency' || row?.unit === 'perHoursWorked';
  const start = fromZero && low >= 0 ? 0 : low - air;
  return roundExtent(Math.max(start, low >= 0 ? Math.max(floor, 0) : floor), Math.min(high + air, ceiling));
}

/** The axis of bars: always through zero. */
export function barExtent(row: MetricRow | undefined, values: readonly (number | null)[]): AxisExtent {
  const known = values.filter((value) => value !== null);
  const high = Math.max(0, ...known) || 1;
  return roundExtent(Math.min(0, ...known), Math.min(high, naturalBounds(row, high).ceiling));
}

function roundExtent(low: number, high: number): AxisExtent {
  const interval = roundStep(Math.max((high - low || Math.abs(high) || 1) / 4, SMALLEST_STEP));
  const min = Math.floor(low / interval + 1e-9) * interval;
  const max = Math.ceil(high / interval - 1e-9) * interval;
  return { min: tidy(min), max: tidy(max > min ? max : min + interval), interval: tidy(interval) };
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `size`. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const step = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= size * (1 - 1e-9)) ?? 10;
  return step * power;
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
