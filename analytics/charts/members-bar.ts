import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import { UNKNOWN_MEMBER } from '../contract/dimensions.ts';
import { formatValue } from '../contract/format-value.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import { statedValue } from '../contract/small-n.ts';
import { barExtent, LINE_PRECISION, lineExtent } from './axis.ts';
import { axisValue } from './axis-text.ts';
import { CHART_FONT, type ChartOptions } from './theme.ts';
import { tooltipMarkup, valueLines } from './tooltip.ts';

/** Rows as bars from the largest value down; what has no value and the unknown member stand last. */
export function rankMembers(rows: readonly MetricRow[], by: string): MetricRow[] {
  const rank = (row: MetricRow) => (row.by[by] === UNKNOWN_MEMBER ? 2 : statedValue(row) === null ? 1 : 0);
  return [...rows].sort((a, b) => rank(a) - rank(b) || (b.value ?? 0) - (a.value ?? 0));
}

/**
 * One metric's value over the span by the members of one dimension, with 95 % intervals and n beside the name. Amounts are bars
 * from zero; shares are dots on an axis of their own range, so that 97 % and 99 % can be told apart.
 */
export function membersBar(rows: readonly MetricRow[], by: string, { theme, currency }: ChartOptions): EChartsOption {
  const ranked = rankMembers(rows, by);
  const sample = ranked[0];
  const dots = sample?.unit === 'fraction';
  const ends = ranked.flatMap((row) => [statedValue(row), whiskerEnd(row.high, row)]);
  const say = (row: MetricRow) => {
    const value = statedValue(row);
    return value === null ? (row.note ?? 'no value') : formatValue(value, row.unit, currency);
  };
  const target = typeof sample?.target === 'number' && ranked.every((row) => row.target === sample.target) ? sample.target : null;
  return {
    animation: false,
    textStyle: { fontFamily: CHART_FONT, color: theme.text },
    grid: { left: 4, right: 78, top: 8, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'none' },
      backgroundColor: theme.surface,
      borderColor: theme.grid,
      textStyle: { color: theme.text, fontSize: 12 },
      formatter: (shown) => {
        const row = ranked[(Array.isArray(shown) ? shown[0] : shown)?.dataIndex ?? -1];
        return row === undefined ? '' : tooltipMarkup([row.by[by] ?? 'all', ...valueLines(row, currency).slice(1)]);
      },
    },
    xAxis: {
      type: 'value',
      ...(dots
        ? lineExtent(sample, [...ends, ...ranked.map((row) => whiskerEnd(row.low, row)), target])
        : barExtent(sample, [...ends, target])),
      splitLine: { lineStyle: { color: theme.grid } },
      axisLabel: { color: theme.muted, hideOverlap: true, formatter: (value: number) => axisValue(value, sample, currency) },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: ranked.map((row) => row.by[by] ?? 'all'),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.muted } },
      axisLabel: {
        color: theme.text,
        width: 130,
        overflow: 'truncate',
        formatter: (member: string, index: number) => `${member}  n=${(ranked[index]?.n ?? 0).toLocaleString('en-US')}`,
      },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        itemStyle: { color: theme.line, opacity: 0.55 },
        data: ranked.map((row) => ({ value: dots ? '-' : (statedValue(row) ?? 0) })),
        markLine: {
          silent: true,
          precision: LINE_PRECISION,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: theme.target, width: 1.5, type: [6, 4] },
          data: target === null ? [] : [{ xAxis: target }],
        },
      },
      {
        type: 'custom',
        silent: true,
        encode: { x: [0, 1], y: 2 },
        z: 4,
        renderItem: whisker({ color: theme.text, dot: dots ? theme.line : null, texts: ranked.map(say) }),
        data: ranked.map((row, index) => [
          whiskerEnd(row.low, row) ?? Number.NaN,
          whiskerEnd(row.high, row) ?? Number.NaN,
          index,
          statedValue(row) ?? Number.NaN,
        ]),
      },
    ],
  };
}

/** An end of the interval, where there is a value for it to surround. */
function whiskerEnd(end: number | null, row: MetricRow): number | null {
  return statedValue(row) === null ? null : end;
}

interface Drawn {
  readonly color: string;
  /** The colour of the dot at the value; null where a bar shows it. */
  readonly dot: string | null;
  readonly texts: readonly string[];
}

/** An interval as a line with two ends, and the value in a column of its own at the right, where no bar or line crosses it. */
function whisker({ color, dot, texts }: Drawn): CustomSeriesRenderItem {
  return (params, api) => {
    const low = Number(api.value(0));
    const high = Number(api.value(1));
    const [, y = 0] = api.coord([0, api.value(2)]);
    const frame = params.coordSys as unknown as { readonly x: number; readonly width: number };
    const stated = !Number.isNaN(Number(api.value(3)));
    const text = {
      type: 'text' as const,
      style: {
        text: texts[params.dataIndex] ?? '',
        x: stated ? frame.x + frame.width + 10 : frame.x + 6,
        y,
        fill: color,
        textVerticalAlign: 'middle' as const,
        fontSize: 12,
        fontFamily: CHART_FONT,
      },
    };
    const [at = 0] = api.coord([api.value(3), api.value(2)]);
    const point =
      dot === null || !stated ? [] : [{ type: 'circle' as const, shape: { cx: at, cy: y, r: 5 }, style: { fill: dot }, z2: 2 }];
    if (Number.isNaN(low) || Number.isNaN(high)) return { type: 'group', children: [...point, text] };
    const [left = 0] = api.coord([low, api.value(2)]);
    const [right = 0] = api.coord([high, api.value(2)]);
    const stroke = (x1: number, y1: number, x2: number, y2: number) => ({
      type: 'line' as const,
      shape: { x1, y1, x2, y2 },
      style: { stroke: color, lineWidth: 1.25, fill: 'none' },
    });
    return {
      type: 'group',
      children: [stroke(left, y, right, y), stroke(left, y - 4, left, y + 4), stroke(right, y - 4, right, y + 4), ...point, text],
    };
  };
}
