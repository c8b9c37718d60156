import { describe, expect, it } from 'vitest';
import { sparklinePath } from '../../analytics/charts/sparkline-path.ts';
import { NO_CONTROL, row } from './rows.ts';

const SIZE = { width: 108, height: 28 };

describe('sparklinePath', () => {
  it('draws the largest value at the top and lifts the pen over a gap', () => {
    const rows = [row({ value: 0.5 }), row({ value: 1 }), row({ value: null }), row({ value: 0.75 }), row({ value: 0.5 })];
    expect(sparklinePath(rows, NO_CONTROL, SIZE).line).toBe('M4 24L29 4M79 14L104 24');
  });
  it('marks signals and the last known month, hollow while it may still change', () => {
    const rows = [
      row({ period: '2026-08', value: 0.5 }),
      row({ period: '2026-09', value: 1 }),
      row({ period: '2026-10', value: 0.75, provisional: true }),
    ];
    const control = { ...NO_CONTROL, points: [{ period: '2026-08', value: 0.5, rules: ['outsideLimits'] as const }] };
    expect(sparklinePath(rows, control, SIZE).marks).toEqual([
      { x: 4, y: 24, kind: 'signal' },
      { x: 104, y: 14, kind: 'open' },
    ]);
  });
  it('holds a young month at the edge, so that it does not flatten the final ones', () => {
    const rows = [row({ value: 0.8 }), row({ value: 0.9 }), row({ value: 0.1, provisional: true })];
    expect(sparklinePath(rows, NO_CONTROL, SIZE).openLine).toBe('M54 4L104 24');
  });
  it('leaves out months of too few cases', () => {
    expect(sparklinePath([row({ value: 0.5 }), row({ value: 1, n: 2 })], NO_CONTROL, SIZE).line).toBe('M4 14');
  });
  it('shows a target only where it lies within the drawn range, so that it cannot flatten the line', () => {
    expect(
      sparklinePath([row({ value: 0.5, target: 0.9 }), row({ value: 0.6, target: 0.9 })], NO_CONTROL, SIZE).targetY,
    ).toBeNull();
    expect(sparklinePath([row({ value: 0.5, target: 0.55 }), row({ value: 0.6, target: 0.55 })], NO_CONTROL, SIZE).targetY).toBe(
      14,
    );
  });
  it('stands with no values at all', () => {
    expect(sparklinePath([], NO_CONTROL, SIZE)).toEqual({ line: '', openLine: '', band: null, targetY: null, marks: [] });
  });
});
