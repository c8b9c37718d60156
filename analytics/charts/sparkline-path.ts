import type { MetricRow } from '../contract/metric-query.ts';
import type { ControlChart } from '../contract/signal.ts';
import { statedValue } from '../contract/small-n.ts';
import { isOpen, splitOpen } from './open-months.ts';

export interface SparklineMark {
  readonly x: number;
  readonly y: number;
  readonly kind: 'signal' | 'last' | 'open';
}

/** A sparkline as plain SVG geometry in a box of the asked size; y grows downwards. */
export interface SparklinePath {
  readonly line: string;
  readonly openLine: string;
  readonly band: { readonly y: number; readonly height: number } | null;
  readonly targetY: number | null;
  readonly marks: readonly SparklineMark[];
}

const EDGE = 4;

/** The value range of a sparkline: its final values and its expected range. Young months must not flatten the rest: they are held at the edge. */
export function sparklineExtent(
  rows: readonly MetricRow[],
  control: ControlChart,
): { readonly min: number; readonly max: number } {
  const final = splitOpen(rows).final;
  const values = final.some((value) => value !== null) ? final : rows.map(statedValue);
  const known = [...values, control.lower, control.upper].filter((value) => value !== null);
  if (known.length === 0) return { min: 0, max: 1 };
  const min = Math.min(...known);
  const max = Math.max(...known);
  return max > min ? { min, max } : { min: min - 0.5, max: max + 0.5 };
}

/**
 * The sparkline of a dashboard tile. A page holds many of them and redraws all at every filter change,
 * so they are one path each and not a chart instance each.
 */
export function sparklinePath(
  rows: readonly MetricRow[],
  control: ControlChart,
  size: { readonly width: number; readonly height: number },
): SparklinePath {
  const { min, max } = sparklineExtent(rows, control);
  const step = rows.length > 1 ? (size.width - 2 * EDGE) / (rows.length - 1) : 0;
  const x = (index: number) => round(EDGE + index * step);
  const y = (value: number) => round(EDGE + ((max - within(value, min, max)) / (max - min)) * (size.height - 2 * EDGE));
  const { final, open } = splitOpen(rows);
  const signals = new Set(control.points.filter((point) => point.rules.length > 0).map((point) => point.period));
  const lastKnown = rows.findLastIndex((row) => statedValue(row) !== null);
  const marks = rows.flatMap((row, index): SparklineMark[] => {
    const signal = signals.has(row.period);
    const value = statedValue(row);
    if (value === null || !(signal || index === lastKnown)) return [];
    return [{ x: x(index), y: y(value), kind: signal ? 'signal' : isOpen(row) ? 'open' : 'last' }];
  });
  const target = rows.at(-1)?.target ?? null;
  const shown = typeof target === 'number' && target >= min && target <= max;
  const limits = control.lower !== null && control.upper !== null ? { top: y(control.upper), bottom: y(control.lower) } : null;
  return {
    line: pathThrough(final, x, y),
    openLine: pathThrough(open, x, y),
    band: limits === null ? null : { y: limits.top, height: round(limits.bottom - limits.top) },
    targetY: shown ? y(target) : null,
    marks,
  };
}

/** Moves and lines through the known values; a gap lifts the pen. */
function pathThrough(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  return values
    .map((value, index) => {
      if (value === null) return '';
      const before = values[index - 1];
      return `${before === null || before === undefined ? 'M' : 'L'}${x(index)} ${y(value)}`;
    })
    .join('');
}

function within(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
