import { expect, it } from 'vitest';
import { isTooFewToState, minimumForRating, statedValue } from '../../analytics/contract/small-n.ts';

it('withholds a share of four cases and states one of five', () => {
  expect(statedValue({ kind: 'proportion', n: 4, value: 1 })).toBeNull();
  expect(statedValue({ kind: 'proportion', n: 5, value: 1 })).toBe(1);
});

it('states every count: three incidents are three incidents', () => {
  expect(isTooFewToState({ kind: 'count', n: 3, value: 3 })).toBe(false);
  expect(isTooFewToState({ kind: 'rate', n: 1, value: 2.4 })).toBe(false);
});

it('takes the n a metric file states before that of its kind', () => {
  expect(minimumForRating('proportion', 5)).toBe(5);
  expect(minimumForRating('proportion', undefined)).toBe(20);
  expect(minimumForRating('count', undefined)).toBe(0);
});
