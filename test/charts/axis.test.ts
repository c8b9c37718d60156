import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barExtent, lineExtent } from '../../analytics/charts/axis.ts';
import { axisPeriod, axisValue } from '../../analytics/charts/axis-text.ts';
import { row } from './rows.ts';

describe('value axes', () => {
  it('never pass 0 or 100 % for a share', () => {
    expect(lineExtent(row({}), [0.02, 0.99])).toMatchObject({ min: 0, max: 1 });
  });
  it('do not pass 100 % for a ratio that stays below it, such as uptime, but do for a return that exceeds it', () => {
    expect(lineExtent(row({ kind: 'ratio' }), [0.985, 0.999]).max).toBe(1);
    expect(lineExtent(row({ kind: 'ratio' }), [0.9, 1.8]).max).toBeGreaterThan(1.8);
  });
  it('start at zero for amounts, since a cut axis inflates their change', () => {
    expect(lineExtent(row({ unit: 'count', kind: 'count' }), [900, 1000]).min).toBe(0);
  });
  it('go below zero where the values do, as a return on spend can', () => {
    expect(lineExtent(row({ kind: 'ratio' }), [-0.4, 0.2]).min).toBeLessThanOrEqual(-0.4);
  });
  it('stand with no value at all, and with one value repeated', () => {
    expect(lineExtent(row({}), [null, null])).toEqual({ min: 0, max: 1, interval: 0.25 });
    expect(lineExtent(row({ unit: 'days', kind: 'duration' }), [7, 7])).toMatchObject({ min: 6 });
    expect(barExtent(row({ unit: 'count', kind: 'count' }), [0, null]).max).toBeGreaterThan(0);
  });
  it('hold every value they are given, on whole steps', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
        for (const extent of [lineExtent(row({ kind: 'ratio' }), values), barExtent(row({ kind: 'ratio' }), values)]) {
          expect(extent.min).toBeLessThanOrEqual(Math.min(...values) + 1e-6 * (1 + extent.interval));
          expect(extent.max).toBeGreaterThanOrEqual(Math.max(...values) - 1e-6 * (1 + extent.interval));
          expect(extent.interval).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('tick labels', () => {
  it('carry no decimals that say nothing', () => {
    expect(axisValue(0.8, row({}), 'USD')).toBe('80%');
    expect(axisValue(0.825, row({}), 'USD')).toBe('82.5%');
    expect(axisValue(1_200_000, row({ unit: 'currency' }), 'USD')).toBe('$1.2M');
    expect(axisValue(0, row({ unit: 'currency' }), 'USD')).toBe('0');
    expect(axisValue(40, row({ unit: 'days' }), 'USD')).toBe('40 d');
  });
  it('write the year once, where it starts', () => {
    expect(axisPeriod('2026-11', 0)).toBe('Nov\n2026');
    expect(axisPeriod('2026-12', 1)).toBe('Dec');
    expect(axisPeriod('2027-01', 2)).toBe('Jan\n2027');
  });
});
