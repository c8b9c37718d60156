import type { EChartsOption } from 'echarts';
import type { MetricRow } from '../contract/metric-query.ts';
import type { ControlChart } from '../contract/signal.ts';
import { statedValue } from '../contract/small-n.ts';
import { splitOpen } from './open-months.ts';
import { sparklineExtent } from './sparkline-path.ts';
import type { ChartOptions } from './theme.ts';

/** A metric's months in the size of a word: expected range, line, dashed where provisional, signals and the last month marked. */
export function sparkline(rows: readonly MetricRow[], control: ControlChart, { theme }: ChartOptions): EChartsOption {
  const { final, open } = splitOpen(rows);
  const signals = new Set(control.points.filter((point) => point.rules.length > 0).map((point) => point.period));
  const lastKnown = rows.findLastIndex((row) => statedValue(row) !== null);
  const { min, max } = sparklineExtent(rows, control);
  const band = control.lower === null || control.upper === null ? [] : [[{ yAxis: control.lower }, { yAxis: control.upper }]];
  return {
    animation: false,
    grid: { left: 3, right: 4, top: 4, bottom: 4 },
    xAxis: { type: 'category', show: false, boundaryGap: false, data: rows.map((row) => row.period) },
    yAxis: { type: 'value', show: false, min, max },
    series: [
      {
        type: 'line',
        silent: true,
        symbol: 'circle',
        symbolSize: 0,
        lineStyle: { color: theme.line, width: 1.5 },
        data: final.map((value, index) => {
          const signal = signals.has(rows[index]?.period ?? '');
          if (!signal && index !== lastKnown) return { value };
          return { value, symbolSize: signal ? 6 : 5, itemStyle: { color: signal ? theme.signal : theme.line } };
        }),
        markArea: { silent: true, itemStyle: { color: theme.band }, data: band as [object, object][] },
      },
      {
        type: 'line',
        silent: true,
        symbol: 'none',
        lineStyle: { color: theme.line, width: 1.5, type: [3, 3] },
        data: open.map((value) => (value === null ? null : Math.min(max, Math.max(min, value)))),
      },
    ],
  };
}
