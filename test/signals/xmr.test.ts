import { expect, test } from 'vitest';
import { type ChartPoint, controlChart } from '../../analytics/signals/index.ts';

const FREE = { low: null, high: null };

function series(values: readonly (number | null)[]): ChartPoint[] {
  return values.map((value, index) => ({ period: `p${index}`, value, usable: value !== null }));
}

function rulesOf(values: readonly number[], bounds: { low: number | null; high: number | null } = FREE) {
  return controlChart(series(values), bounds).points.map((point) => point.rules);
}

test('viscosity of 15 batches: centre and limits as published with the factor 2.66', () => {
  const chart = controlChart(
    series([33.75, 33.05, 34, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.2, 33.62, 33.0, 33.54, 33.12, 33.84]),
    FREE,
  );
  expect(chart.centre).toBeCloseTo(33.52333, 5);
  expect(chart.lower).toBeCloseTo(32.24463, 5);
  expect(chart.upper).toBeCloseTo(34.80203, 5);
  expect(chart.standing).toBe('usable');
});

test('a single ten among ones and twos: mean 1.94 and limits 6.95 and −3.06 as published, and the ten signals', () => {
  const values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1];
  const chart = controlChart(series(values), FREE);
  expect(chart.centre).toBeCloseTo(1.94, 2);
  expect(chart.upper).toBeCloseTo(6.95, 2);
  expect(chart.lower).toBeCloseTo(-3.06, 2);
  expect(chart.points[4]?.rules).toEqual(['outsideLimits', 'movingRange']);
  expect(chart.points[5]?.rules).toEqual(['movingRange']);
});

test('below six points there is a run chart without limits; six to eleven are provisional', () => {
  expect(controlChart(series([1, 2, 3, 2, 1]), FREE)).toMatchObject({ centre: null, upper: null, standing: 'none' });
  expect(controlChart(series([1, 2, 3, 2, 1, 2]), FREE).standing).toBe('provisional');
  expect(controlChart(series(Array.from({ length: 12 }, (_, index) => index % 3)), FREE).standing).toBe('usable');
});

test('eight in a row on one side signal at the eighth, and a point on the centre breaks the run', () => {
  const before = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? 11 : 9));
  const shifted = rulesOf([...before, ...Array.from({ length: 8 }, () => 10.5)]);
  expect(shifted[30]).toEqual([]);
  expect(shifted[31]).toEqual(['longRun']);
  const broken = rulesOf([...before, 10.5, 10.5, 10.5, 10.5, 10, 10.5, 10.5, 10.5, 10.5]);
  expect(broken.flat()).toEqual([]);
});

test('three of four nearer a limit than the centre signal', () => {
  const before = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? 11 : 9));
  const rules = rulesOf([...before, 13, 10, 13, 13]);
  expect(rules.at(-1)).toEqual(['nearLimit']);
  expect(rules.at(-2)).toEqual([]);
});

test('a limit clipped at its natural bound cannot signal', () => {
  const values = [0, 4, 0, 5, 0, 4, 0, 5, 0, 4, 0, 5];
  const chart = controlChart(series(values), { low: 0, high: null });
  expect(chart.lower).toBe(0);
  expect(chart.points.flatMap((point) => point.rules)).toEqual([]);
});

test('limits stay those of the first 24 usable points, and points that are not usable take no part', () => {
  const before = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? 11 : 9));
  const long = controlChart(series([...before, 100, 100, 100]), FREE);
  expect(long.centre).toBe(10);
  const withYoung = controlChart([...series(before), { period: 'young', value: 100, usable: false }], FREE);
  expect(withYoung.points.at(-1)).toEqual({ period: 'young', value: 100, rules: [] });
  expect(withYoung.upper).toBe(long.upper);
});
