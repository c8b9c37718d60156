import { describe, expect, it } from 'vitest';
import type { ControlChart } from '../../analytics/contract/signal.ts';
import { signalStatement, signalsWithin, strengthOf } from '../../renderer/marks/signals.ts';
import { row } from '../charts/rows.ts';

const control: ControlChart = {
  centre: 0.968,
  lower: 0.956,
  upper: 0.98,
  rangeLimit: 0.02,
  standing: 'usable',
  points: [
    { period: '2026-07', value: 0.99, rules: ['outsideLimits'] },
    { period: '2026-08', value: 0.97, rules: [] },
    { period: '2026-09', value: 0.941, rules: ['longRun', 'outsideLimits'] },
  ],
};

it('counts only the months that are shown', () => {
  expect(signalsWithin(control, { from: '2026-08', to: '2026-10' }).map((point) => point.period)).toEqual(['2026-09']);
});

it('ranks a month by its strongest rule', () => {
  expect(strengthOf(['longRun', 'outsideLimits'])).toBe('strong');
  expect(strengthOf(['longRun', 'nearLimit'])).toBe('moderate');
  expect(strengthOf([])).toBeNull();
});

describe('signalStatement', () => {
  it('says on which side of the expected range a month lies, and names no cause', () => {
    expect(signalStatement({ period: '2026-09', value: 0.941, rules: ['outsideLimits'] }, control, row({}), 'USD')).toBe(
      'Sep 2026: 94.1% is below the expected range 95.6% to 98.0%.',
    );
    expect(signalStatement({ period: '2026-07', value: 0.99, rules: ['outsideLimits'] }, control, row({}), 'USD')).toContain(
      'above',
    );
  });
  it('says of a run on which side of the centre it is', () => {
    expect(signalStatement({ period: '2026-08', value: 0.97, rules: ['longRun'] }, control, row({}), 'USD')).toBe(
      'Aug 2026: 97.0%; eight or more months in a row above the centre 96.8%.',
    );
  });
});
