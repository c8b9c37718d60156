import { expect, it } from 'vitest';
import { membersBar } from '../../analytics/charts/members-bar.ts';
import { metricSeries } from '../../analytics/charts/metric-series.ts';
import { CHART_THEMES } from '../../analytics/charts/theme.ts';
import { NO_CONTROL, row } from './rows.ts';

const options = { theme: CHART_THEMES.light, currency: 'USD' };

interface Drawn {
  readonly xAxis: { readonly min: number; readonly max: number };
  readonly yAxis: { readonly min: number; readonly max: number };
  readonly series: readonly { readonly data: readonly { readonly value: number | string | null; readonly symbol?: string }[] }[];
}

it('shares of members stand on an axis of their own range, since bars from zero make 97 % and 99 % look the same', () => {
  const members = [
    row({ by: { region: 'North' }, value: 0.97, low: 0.96, high: 0.98 }),
    row({ by: { region: 'South' }, value: 0.99, low: 0.985, high: 0.995 }),
  ];
  const { xAxis, series } = membersBar(members, 'region', options) as unknown as Drawn;
  expect(xAxis.min).toBeGreaterThan(0.9);
  expect(xAxis.max).toBeLessThanOrEqual(1);
  expect(series[0]?.data.map(({ value }) => value)).toEqual(['-', '-']);
});

it('amounts of members stay bars from zero, since their length is what is compared', () => {
  const members = [row({ unit: 'count', kind: 'count', by: { region: 'North' }, value: 970 })];
  const { xAxis, series } = membersBar(members, 'region', options) as unknown as Drawn;
  expect(xAxis.min).toBe(0);
  expect(series[0]?.data[0]?.value).toBe(970);
});

it('a young month far off does not flatten the final ones: it stands at the edge as an arrow', () => {
  const rows = [
    row({ period: '2026-08', value: 0.9 }),
    row({ period: '2026-09', value: 0.92 }),
    row({ period: '2026-10', value: 0.3, provisional: true }),
  ];
  const { yAxis, series } = metricSeries({ rows, control: NO_CONTROL }, options) as unknown as Drawn;
  expect(yAxis.min).toBeGreaterThan(0.8);
  expect(series[1]?.data[2]).toMatchObject({ value: yAxis.min, symbol: 'triangle' });
});
