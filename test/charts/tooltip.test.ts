import { describe, expect, it } from 'vitest';
import { tooltipMarkup, valueLines } from '../../analytics/charts/tooltip.ts';
import { row } from './rows.ts';

describe('tooltips', () => {
  it('tell value, interval, n and what is still open', () => {
    expect(
      valueLines(row({ value: 0.8, low: 0.7, high: 0.9, n: 1200, provisional: true, pending: 14 }), 'USD', ['longRun']),
    ).toEqual([
      'Oct 2026',
      'Value 80.0%',
      '95% interval 70.0% to 90.0%',
      'n = 1,200',
      'Provisional: 14 still inside their window',
      'Signal: Eight months in a row on one side of the centre (weak)',
    ]);
  });
  it('give the reason where there is no value', () => {
    expect(valueLines(row({ value: null, note: 'no cases', n: 0 }), 'USD')).toContain('no cases');
  });
  it('carry no markup from data into the page', () => {
    expect(tooltipMarkup(['<img src=x>', 'a & b'])).toBe('<strong>&#60;img src=x&#62;</strong><br>a &#38; b');
  });
});
