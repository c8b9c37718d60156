import { describe, expect, it } from 'vitest';
import { changeText, dayLabel, formatValue, periodLabel, ratingWord, spanLabel } from '../../analytics/contract/format-value.ts';

describe('formatValue', () => {
  it.each([
    [0.842, 'fraction', '84.2%'],
    [1, 'fraction', '100.0%'],
    [-0.25, 'fraction', '−25.0%'],
    [1204, 'count', '1,204'],
    [1_240_000, 'currency', '$1.24M'],
    [70.119, 'currency', '$70.12'],
    [4_200, 'currency', '$4,200'],
    [41, 'days', '41.0 d'],
    [146.4, 'days', '146 d'],
    [3.25, 'businessHours', '3.3 h'],
    [2.4, 'perHoursWorked', '2.40'],
  ] as const)('writes %d as %s the way a reader expects it', (value, unit, text) => {
    expect(formatValue(value, unit, 'USD')).toBe(text);
  });

  it('gives no minus to what rounds to zero', () => {
    expect(formatValue(-0.0001, 'fraction', 'USD')).toBe('0.0%');
  });
});

describe('changeText', () => {
  it('states shares in points, since a percentage of a percentage misleads', () => {
    expect(changeText(0.871, 0.85, 'fraction', 'USD')).toBe('+2.1 pts');
    expect(changeText(0.8, 0.85, 'fraction', 'USD')).toBe('−5.0 pts');
  });
  it('adds the relative change where the size alone says little', () => {
    expect(changeText(312, 300, 'count', 'USD')).toBe('+12 (+4.0%)');
    expect(changeText(12, 0, 'count', 'USD')).toBe('+12');
  });
  it('says so where nothing moved that can be shown', () => {
    expect(changeText(0.5, 0.50001, 'fraction', 'USD')).toBe('no change');
  });
});

describe('labels', () => {
  it('names periods, spans, days and ratings in words', () => {
    expect(periodLabel('2026-10')).toBe('Oct 2026');
    expect(periodLabel('2026-Q4')).toBe('Q4 2026');
    expect(spanLabel('2025-08', '2025-10')).toBe('Aug–Oct 2025');
    expect(spanLabel('2025-11', '2026-01')).toBe('Nov 2025–Jan 2026');
    expect(spanLabel('2026-10', '2026-10')).toBe('Oct 2026');
    expect(dayLabel('2026-10-03')).toBe('3 Oct 2026');
    expect(ratingWord('farBelow')).toBe('Far below');
    expect(ratingWord(null)).toBe('Not rated');
  });
});
