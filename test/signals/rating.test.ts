import { expect, test } from 'vitest';
import { rate } from '../../analytics/signals/index.ts';

test.each([
  [0.925, 'exceeding'],
  [0.9, 'meeting'],
  [0.924, 'meeting'],
  [0.875, 'near'],
  [0.83, 'below'],
  [0.825, 'below'],
  [0.82, 'farBelow'],
] as const)('a share of %d against 90 %% is measured by the 10 points left: %s', (value, rating) => {
  expect(rate({ value, target: 0.9, direction: 'up', unit: 'fraction' })).toBe(rating);
});

test.each([
  [30, 'exceeding'],
  [40, 'meeting'],
  [50, 'near'],
  [70, 'below'],
  [70.1, 'farBelow'],
] as const)('%d days against 40, less is better: %s', (value, rating) => {
  expect(rate({ value, target: 40, direction: 'down', unit: 'days' })).toBe(rating);
});

test.each([
  [0.7, 'meeting'],
  [0.65, 'meeting'],
  [0.88, 'near'],
  [0.95, 'below'],
  [0.3, 'farBelow'],
] as const)('%d against the band 65 to 85 %%, worse on both sides: %s', (value, rating) => {
  expect(rate({ value, target: { low: 0.65, high: 0.85 }, direction: 'band', unit: 'fraction' })).toBe(rating);
});

test.each([
  [0.55, 'exceeding'],
  [0.4, 'meeting'],
  [0.25, 'near'],
  [0.1, 'below'],
] as const)('%d against a range of 30 to 50 %% where more is better: %s', (value, rating) => {
  expect(rate({ value, target: { low: 0.3, high: 0.5 }, direction: 'up', unit: 'fraction' })).toBe(rating);
});

test('a target of zero has steps of one unit, or of ten points for a fraction', () => {
  const incidents = (value: number) => rate({ value, target: 0, direction: 'down', unit: 'count' });
  expect([0, 1].map(incidents)).toEqual(['meeting', 'farBelow']);
  const returns = (value: number) => rate({ value, target: 0, direction: 'up', unit: 'fraction' });
  expect([0.5, 0.01, -0.02, -0.05, -0.5].map(returns)).toEqual(['exceeding', 'meeting', 'near', 'below', 'farBelow']);
});

test('a return above 100 % is measured by its own size', () => {
  expect(rate({ value: 3, target: 4, direction: 'up', unit: 'fraction' })).toBe('near');
});
