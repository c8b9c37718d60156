import { expect, it } from 'vitest';
import { notRatedReason } from '../../renderer/marks/not-rated.ts';
import { row } from '../charts/rows.ts';

it('gives no reason where there is a rating', () => {
  expect(notRatedReason(row({ rating: 'near' }), 20)).toBeNull();
});

it('gives the reason that comes first: no value, no target, too few, too young', () => {
  expect(notRatedReason(row({ value: null, note: 'no cases' }), 20)).toBe('no cases');
  expect(notRatedReason(row({ target: 0.8, n: 4 }), 20)).toBe('too few to state');
  expect(notRatedReason(row({ target: null, n: 12 }), 20)).toBe('no target set');
  expect(notRatedReason(row({ target: 0.8, n: 12, provisional: true }), 20)).toBe('n below 20');
  expect(notRatedReason(row({ target: 0.8, n: 120, provisional: true }), 20)).toBe('provisional');
  expect(notRatedReason(row({ target: 0.8, n: 120, partial: true }), 20)).toBe('period not over');
});
