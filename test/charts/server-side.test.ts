import type { EChartsOption } from 'echarts';
import { init } from 'echarts';
import { describe, expect, it } from 'vitest';
import { membersBar, rankMembers } from '../../analytics/charts/members-bar.ts';
import { metricSeries } from '../../analytics/charts/metric-series.ts';
import { segmentSeries } from '../../analytics/charts/segment-series.ts';
import { sparkline } from '../../analytics/charts/sparkline.ts';
import { CHART_THEMES } from '../../analytics/charts/theme.ts';
import { row } from './rows.ts';

const options = { theme: CHART_THEMES.light, currency: 'USD' };
const months = ['2026-07', '2026-08', '2026-09', '2026-10'];
const rows = months.map((period, index) =>
  row({
    period,
    value: 0.7 + index / 20,
    target: 0.8,
    provisional: period === '2026-10',
    pending: period === '2026-10' ? 14 : 0,
  }),
);
const control = {
  centre: 0.76,
  lower: 0.7,
  upper: 0.82,
  rangeLimit: 0.1,
  standing: 'usable' as const,
  points: rows.map((each) => ({
    period: each.period,
    value: each.value,
    rules: each.period === '2026-08' ? (['outsideLimits'] as const) : [],
  })),
};

/** Draws as the review pack does: no DOM, text straight from the charting library. */
function draw(option: EChartsOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 260 });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** The height of the one dashed line that crosses the chart in the target's colour. */
function lastDashedY(svg: string): string | undefined {
  return new RegExp(`<path d="M[\\d.]+ ([\\d.]+)L[^"]*"[^>]*stroke="${CHART_THEMES.light.target}"`).exec(svg)?.[1];
}

describe('charts drawn without a DOM', () => {
  it('name the target and the expected range of a series', () => {
    const svg = draw(metricSeries({ rows, control }, options));
    for (const text of ['Target 80.0%', 'Centre 76.0%', 'Lower 70.0%', 'Oct']) expect(svg).toContain(text);
  });
  it('place a line where its value is, not at the nearest two decimals', () => {
    const at = (target: number) => {
      const flat = rows.map((each) => ({ ...each, target }));
      const still = { ...control, centre: null, lower: 0.7, upper: 0.82 };
      return lastDashedY(draw(metricSeries({ rows: flat, control: still }, options)));
    };
    expect(at(0.785)).not.toBe(at(0.79));
    expect(at(0.785)).not.toBe(at(0.78));
  });
  it('show a target band by its two ends', () => {
    const band = rows.map((each) => ({ ...each, target: { low: 0.65, high: 0.85 } }));
    const svg = draw(metricSeries({ rows: band, control }, options));
    expect(svg).toContain('Target from 65.0%');
    expect(svg).toContain('Target to 85.0%');
  });
  it('mark a signal in its own colour, apart from every rating', () => {
    expect(draw(metricSeries({ rows, control }, options))).toContain(CHART_THEMES.light.signal);
    expect(draw(sparkline(rows, control, options))).toContain(CHART_THEMES.light.signal);
  });
  it('keep every segment in the legend', () => {
    const split = ['residential', 'fleet'].flatMap((segment) => rows.map((each) => ({ ...each, by: { segment } })));
    const svg = draw(segmentSeries(split, 'segment', options));
    expect(svg).toContain('residential');
    expect(svg).toContain('fleet');
  });
  it('say why a bar is missing instead of drawing a zero', () => {
    const split = [
      row({ by: { region: 'North' }, value: null, n: 3, note: 'too few to state' }),
      row({ by: { region: 'South' }, value: 0.9, low: 0.8, high: 0.95 }),
    ];
    const svg = draw(membersBar(split, 'region', options));
    expect(svg).toContain('too few to state');
    expect(svg).toContain('90.0%');
    expect(svg).toContain('n=3');
  });
  it('stand with nothing to draw', () => {
    const empty = { centre: null, lower: null, upper: null, rangeLimit: null, standing: 'none' as const, points: [] };
    expect(draw(metricSeries({ rows: [], control: empty }, options))).toContain('<svg');
    expect(draw(membersBar([], 'region', options))).toContain('<svg');
    expect(draw(segmentSeries([], 'segment', options))).toContain('<svg');
  });
});

describe('rankMembers', () => {
  it('puts the largest first and what cannot be compared last', () => {
    const split = [
      row({ by: { region: 'unknown' }, value: 0.99 }),
      row({ by: { region: 'East' }, value: null }),
      row({ by: { region: 'West' }, value: 0.2 }),
      row({ by: { region: 'North' }, value: 0.6 }),
    ];
    expect(rankMembers(split, 'region').map((each) => each.by.region)).toEqual(['North', 'West', 'East', 'unknown']);
  });
});
