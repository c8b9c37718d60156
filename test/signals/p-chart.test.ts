import { expect, test } from 'vitest';
import { proportionChart } from '../../analytics/signals/index.ts';

/** Non-conforming cans of orange juice, 30 samples of 50 (D. C. Montgomery; data set of the R package qcc). */
const ORANGE_JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6];

function chartOf(counts: readonly number[]) {
  return proportionChart(counts.map((successes) => ({ successes, trials: 50 })));
}

test('orange juice: centre, limits and the samples 15 and 23 outside, as R qcc gives them', () => {
  const chart = chartOf(ORANGE_JUICE);
  expect(chart?.centre).toBeCloseTo(0.2313333, 7);
  expect(chart?.points[0]?.lower).toBeCloseTo(0.05242755, 8);
  expect(chart?.points[0]?.upper).toBeCloseTo(0.4102391, 7);
  expect(chart?.points.flatMap((point, index) => (point.outside ? [index + 1] : []))).toEqual([15, 23]);
});

test('orange juice without the samples 15 and 23, as R qcc gives it', () => {
  const chart = chartOf(ORANGE_JUICE.filter((_, index) => index !== 14 && index !== 22));
  expect(chart?.centre).toBeCloseTo(0.215, 7);
  expect(chart?.points[0]?.lower).toBeCloseTo(0.04070284, 8);
  expect(chart?.points[0]?.upper).toBeCloseTo(0.3892972, 7);
});

test('limits widen for small samples, are clipped to 0..1, and need trials', () => {
  const chart = proportionChart([
    { successes: 50, trials: 100 },
    { successes: 2, trials: 4 },
  ]);
  expect(chart?.points[0]?.lower).toBeCloseTo(0.35, 12);
  expect(chart?.points[1]).toMatchObject({ lower: 0, upper: 1, outside: false });
  expect(proportionChart([{ successes: 0, trials: 0 }])).toBeNull();
});
