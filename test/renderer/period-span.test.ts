import { describe, expect, it } from 'vitest';
import { lastCompleteMonth, spanBefore, spanOf } from '../../renderer/place/period-span.ts';

describe('lastCompleteMonth', () => {
  it('is the month of the last day of data where that day ends it', () => {
    expect(lastCompleteMonth('2026-10-31')).toBe('2026-10');
    expect(lastCompleteMonth('2028-02-29')).toBe('2028-02');
  });
  it('is the month before where the data stops within a month', () => {
    expect(lastCompleteMonth('2026-10-30')).toBe('2026-09');
    expect(lastCompleteMonth('2028-02-28')).toBe('2028-01');
    expect(lastCompleteMonth('2026-01-02')).toBe('2025-12');
  });
});

describe('spanOf', () => {
  it('ends presets with the last complete month, since part of a month is no month', () => {
    expect(spanOf({ kind: 'lastMonth' }, '2026-10-30', 1)).toEqual({ from: '2026-09', to: '2026-09' });
    expect(spanOf({ kind: 'last3' }, '2026-10-31', 1)).toEqual({ from: '2026-08', to: '2026-10' });
    expect(spanOf({ kind: 'last12' }, '2026-10-31', 1)).toEqual({ from: '2025-11', to: '2026-10' });
  });
  it('starts the year with the fiscal year', () => {
    expect(spanOf({ kind: 'yearToDate' }, '2026-10-31', 1)).toEqual({ from: '2026-01', to: '2026-10' });
    expect(spanOf({ kind: 'yearToDate' }, '2026-10-31', 10)).toEqual({ from: '2026-10', to: '2026-10' });
    expect(spanOf({ kind: 'yearToDate' }, '2026-10-31', 11)).toEqual({ from: '2025-11', to: '2026-10' });
  });
  it('leaves chosen months alone', () => {
    expect(spanOf({ kind: 'custom', from: '2025-02', to: '2025-04' }, '2026-10-31', 1)).toEqual({
      from: '2025-02',
      to: '2025-04',
    });
  });
});

describe('spanBefore', () => {
  it('is as long as the span and ends just before it', () => {
    expect(spanBefore({ from: '2026-08', to: '2026-10' })).toEqual({ from: '2026-05', to: '2026-07' });
    expect(spanBefore({ from: '2026-01', to: '2026-01' })).toEqual({ from: '2025-12', to: '2025-12' });
    expect(spanBefore({ from: '2025-11', to: '2026-10' })).toEqual({ from: '2024-11', to: '2025-10' });
  });
});
