import { expect, test } from 'vitest';
import { medianRanks, valueBounds } from '../../analytics/query/bounds/value-bounds.ts';
import { metricOfKind } from '../support/observed.ts';

test.each([
  // 70 of 100 with 12 rows lost: all failures 70/112, all successes 82/112.
  ['proportion', { value: 0.7, num: 70, den: 100 }, 12, { low: 70 / 112, high: 82 / 112 }],
  ['proportion', { value: 0, num: 0, den: 1 }, 1, { low: 0, high: 1 / 2 }],
  ['count', { value: 446, num: 446, den: null }, 3, { low: 446, high: 449 }],
  // 2 cases over 50,000 hours: 8 per 200,000; a third makes it 12.
  ['rate', { value: 8, num: 2, den: 50_000 }, 1, { low: 8, high: 12 }],
  ['sum', { value: 1000, num: 1000, den: null }, 1, { low: null, high: null }],
  ['mean', { value: 3, num: 9, den: 3 }, 1, { low: null, high: null }],
  ['ratio', { value: 3, num: 9, den: 3 }, 1, { low: null, high: null }],
  ['survival', { value: 0.9, num: 1, den: 10 }, 1, { low: null, high: null }],
] as const)('a %s is bounded by what one observation may be', (kind, row, unusable, expected) => {
  const metric = metricOfKind(kind, { scale: 200_000 });
  expect(valueBounds(metric, row, { unusable, median: undefined })).toEqual({ ...expected, unusable });
});

test('where every row could be used, and where there is no value, nothing is said', () => {
  const metric = metricOfKind('proportion');
  expect(valueBounds(metric, { value: 0.7, num: 70, den: 100 }, { unusable: 0, median: undefined })).toBeNull();
  expect(valueBounds(metric, { value: null, num: 0, den: 0 }, { unusable: 3, median: undefined })).toBeNull();
});

test('a metric that rests on what messages are made into is not bounded: a message is no observation', () => {
  const metric = metricOfKind('proportion', { entity: 'asset', tables: ['port_day'] });
  expect(valueBounds(metric, { value: 0.7, num: 70, den: 100 }, { unusable: 3, median: undefined })).toEqual({
    low: null,
    high: null,
    unusable: 3,
  });
});

test('the median of known and unknown sizes lies between the ranks that the least and the greatest unknown sizes give', () => {
  const known = [1, 2, 3, 4, 10];
  const medianWith = (unknown: number, times: number) => {
    const all = [...known, ...Array.from({ length: times }, () => unknown)].sort((a, b) => a - b);
    const middle = (all.length - 1) / 2;
    return ((all[Math.floor(middle)] ?? 0) + (all[Math.ceil(middle)] ?? 0)) / 2;
  };
  const at = (rank: number) => ((known[Math.floor(rank)] ?? Number.NaN) + (known[Math.ceil(rank)] ?? Number.NaN)) / 2;
  // By hand: with one unknown 2.5 and 3.5, with two 2 and 4.
  expect([medianWith(-1e9, 1), medianWith(1e9, 1)]).toEqual([2.5, 3.5]);
  for (const unusable of [1, 2, 3, 4]) {
    const { low, high } = medianRanks(known.length, unusable);
    expect([at(low), at(high)], `${unusable} unknown`).toEqual([medianWith(-1e9, unusable), medianWith(1e9, unusable)]);
  }
  // As many unknown as known: the middle lies between a known size and an unknown one.
  expect(medianRanks(5, 5)).toEqual({ low: -0.5, high: 4.5 });
});
