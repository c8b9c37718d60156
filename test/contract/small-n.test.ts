import { expect, it } from 'vitest';
import {
  comparedValue,
  hasTooFewEvents,
  isTooFewToState,
  minimumForRating,
  statedValue,
} from '../../analytics/contract/small-n.ts';

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

it('sets no young cohort beside another period: eight mature cases of a hundred are no like', () => {
  const row = { kind: 'proportion', n: 29, value: 0.76 } as const;
  expect(comparedValue({ ...row, provisional: true })).toBeNull();
  expect(comparedValue({ ...row, provisional: false })).toBe(0.76);
});

it('calls four events of a rate too few to rate, also none at all', () => {
  expect(hasTooFewEvents({ kind: 'rate', n: 6000, value: 0, num: 0 })).toBe(true);
  expect(hasTooFewEvents({ kind: 'rate', n: 6000, value: 20, num: 5 })).toBe(false);
});
