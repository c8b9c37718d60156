import type { EChartsOption, LineSeriesOption } from 'echarts';
import { formatValue, periodLabel } from '../contract/format-value.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import { isTooFewToState, statedValue } from '../contract/small-n.ts';
import { lineExtent } from './axis.ts';
import { axisPeriod, axisValue } from './axis-text.ts';
import { isOpen } from './open-months.ts';
import { CHART_FONT, type ChartOptions } from './theme.ts';
import { tooltipMarkup } from './tooltip.ts';

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'] as const;
const DASHES: (number[] | 'solid')[] = ['solid', [6, 3], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2]];

/**
 * One metric's months by the members of one dimension: a line each, told apart by colour, dash and symbol.
 * `by` names the dimension; the legend is always there and hides nothing.
 */
export function segmentSeries(rows: readonly MetricRow[], by: string, options: ChartOptions): EChartsOption {
  const { theme, currency } = options;
  const members = [...new Set(rows.map((row) => row.by[by] ?? 'all'))].sort();
  const periods = [...new Set(rows.map((row) => row.period))].sort();
  const found = new Map(rows.map((row) => [`${row.by[by] ?? 'all'} ${row.period}`, row]));
  const sample = rows[0];
  return {
    animation: false,
    textStyle: { fontFamily: CHART_FONT, color: theme.text },
    grid: { left: 8, right: 16, top: 34, bottom: 4, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 28,
      selectedMode: false,
      textStyle: { color: theme.text },
      data: members,
    },
    tooltip: {
      trigger: 'axis',
      backgroundColor: theme.surface,
      borderColor: theme.grid,
      textStyle: { color: theme.text, fontSize: 12 },
      formatter: (shown) => {
        const period = periods[(Array.isArray(shown) ? shown[0] : shown)?.dataIndex ?? -1];
        if (period === undefined) return '';
        return tooltipMarkup([
          periodLabel(period),
          ...members.map((member) => memberLine(member, found.get(`${member} ${period}`), currency)),
        ]);
      },
    },
    xAxis: {
      type: 'category',
      data: periods,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.muted } },
      axisLabel: { color: theme.muted, formatter: axisPeriod, hideOverlap: true, lineHeight: 14 },
    },
    yAxis: {
      type: 'value',
      ...lineExtent(sample, rows.map(statedValue)),
      splitLine: { lineStyle: { color: theme.grid } },
      axisLabel: { color: theme.muted, formatter: (value: number) => axisValue(value, sample, currency) },
    },
    series: members.map((member, index): LineSeriesOption => {
      const color = theme.members[index % theme.members.length] ?? theme.line;
      return {
        type: 'line',
        name: member,
        symbol: SYMBOLS[index % SYMBOLS.length] ?? 'circle',
        symbolSize: 6,
        connectNulls: false,
        lineStyle: { color, width: 1.75, type: DASHES[index % DASHES.length] ?? 'solid' },
        itemStyle: { color },
        data: periods.map((period) => {
          const row = found.get(`${member} ${period}`);
          const value = row === undefined ? null : statedValue(row);
          return row !== undefined && isOpen(row)
            ? { value, itemStyle: { color: theme.surface, borderColor: color, borderWidth: 1.5 } }
            : { value };
        }),
      };
    }),
  };
}

function memberLine(member: string, row: MetricRow | undefined, currency: string): string {
  if (row === undefined) return `${member}: no cases`;
  const stated = statedValue(row);
  if (isTooFewToState(row)) return `${member}: too few to state (n = ${row.n})`;
  const value = stated === null ? (row.note ?? 'no value') : formatValue(stated, row.unit, currency);
  return `${member}: ${value} (n = ${row.n.toLocaleString('en-US')}${isOpen(row) ? ', provisional' : ''})`;
}
