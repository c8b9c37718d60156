import { expect, test } from 'vitest';
import { poissonInterval, survivalInterval, wilsonInterval } from '../../analytics/signals/index.ts';

test.each([
  [8, 10, 0.4902, 0.9433],
  [0, 10, 0, 0.2775],
  [3, 3, 0.4385, 1],
  [19, 20, 0.7639, 0.9911],
  [842, 8000, 0.0987, 0.1122],
  [4238, 6711, 0.6199, 0.643],
])('Wilson interval of %i in %i as published', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval?.low).toBeCloseTo(low, 4);
  expect(interval?.high).toBeCloseTo(high, 4);
});

test('without trials, or with successes that are no part of them, there is no interval', () => {
  expect(wilsonInterval(0, 0)).toBeNull();
  expect(wilsonInterval(5, 4)).toBeNull();
  expect(wilsonInterval(-1, 4)).toBeNull();
});

test.each([
  [0, 40_000, 0, 18.44],
  [2, 80_000, 0.61, 18.06],
  [3, 250_000, 0.49, 7.01],
])('exact Poisson interval of %i cases in %i hours per 200,000 hours as published', (events, hours, low, high) => {
  const interval = poissonInterval(events);
  expect((interval.low * 200_000) / hours).toBeCloseTo(low, 2);
  expect((interval.high * 200_000) / hours).toBeCloseTo(high, 2);
});

/** Chi-square quantiles from printed tables (0.025 and 0.975), halved. */
test.each([
  [1, 0.050636 / 2, 11.143287 / 2],
  [5, 3.246973 / 2, 23.336664 / 2],
  [10, 9.590777 / 2, 36.780712 / 2],
  [50, 74.221927 / 2, 131.838 / 2],
])('exact Poisson bounds of %i events are half the chi-square quantiles of the tables', (events, low, high) => {
  const interval = poissonInterval(events);
  expect(interval.low).toBeCloseTo(low, 5);
  expect(interval.high).toBeCloseTo(high, 3);
});

test('large counts approach the normal interval', () => {
  const { low, high } = poissonInterval(10_000);
  expect(low).toBeCloseTo(10_000 - 1.96 * 100, -1);
  expect(high).toBeCloseTo(10_000 + 1.96 * 100, -1);
});

test('a survival interval stays between 0 and 1, and is not given where nobody or everybody was lost', () => {
  const interval = survivalInterval(0.95, 0.05);
  expect(interval?.low).toBeGreaterThan(0);
  expect(interval?.high).toBeLessThan(1);
  expect(survivalInterval(1, 0)).toBeNull();
  expect(survivalInterval(0, 0.1)).toBeNull();
});
