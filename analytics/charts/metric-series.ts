import type { EChartsOption, LineSeriesOption } from 'echarts';
import { formatValue } from '../contract/format-value.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import type { ControlChart, SignalRule } from '../contract/signal.ts';
import { statedValue } from '../contract/small-n.ts';
import { type AxisExtent, LINE_PRECISION, lineExtent } from './axis.ts';
import { axisPeriod, axisValue } from './axis-text.ts';
import { openRuns, splitOpen } from './open-months.ts';
import { type ReferenceLine, readableLabels, referenceLines } from './reference-lines.ts';
import { CHART_FONT, type ChartOptions } from './theme.ts';
import { tooltipMarkup, valueLines } from './tooltip.ts';

export interface MetricSeriesInput {
  /** One metric's monthly rows, in order. */
  readonly rows: readonly MetricRow[];
  readonly control: ControlChart;
}

/**
 * One metric over its months: the final values as a solid line, provisional and running months hollow and dashed,
 * the target, the control limits (XmR, Wheeler) and the months that are signals.
 */
export function metricSeries(input: MetricSeriesInput, options: ChartOptions): EChartsOption {
  const { rows, control } = input;
  const { theme, currency } = options;
  const last = rows.at(-1);
  const lines = referenceLines(last, control);
  const { final } = splitOpen(rows);
  const shaping = final.some((value) => value !== null) ? final : rows.map(statedValue);
  const extent = lineExtent(last, [...shaping, ...lines.map((line) => line.at)]);
  const rulesOf = new Map(control.points.map((point) => [point.period, point.rules]));
  return {
    animation: false,
    textStyle: { fontFamily: CHART_FONT, color: theme.text },
    grid: { left: 8, right: 118, top: 16, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      backgroundColor: theme.surface,
      borderColor: theme.grid,
      textStyle: { color: theme.text, fontSize: 12 },
      axisPointer: { type: 'line', lineStyle: { color: theme.muted } },
      formatter: (shown) => {
        const row = rows[(Array.isArray(shown) ? shown[0] : shown)?.dataIndex ?? -1];
        return row === undefined ? '' : tooltipMarkup(valueLines(row, currency, rulesOf.get(row.period)));
      },
    },
    xAxis: {
      type: 'category',
      data: rows.map((row) => row.period),
      boundaryGap: true,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.muted } },
      axisLabel: { color: theme.muted, formatter: axisPeriod, hideOverlap: true, lineHeight: 14 },
    },
    yAxis: {
      type: 'value',
      ...extent,
      splitLine: { lineStyle: { color: theme.grid } },
      axisLabel: { color: theme.muted, formatter: (value: number) => axisValue(value, last, currency) },
    },
    series: [finalLine(input, options, rulesOf), openLine(rows, extent, options), referenceSeries(lines, extent, input, options)],
  };
}

function finalLine(
  input: MetricSeriesInput,
  { theme }: ChartOptions,
  rulesOf: Map<string, readonly SignalRule[]>,
): LineSeriesOption {
  const values = splitOpen(input.rows).final;
  return {
    type: 'line',
    name: 'Value',
    lineStyle: { color: theme.line, width: 2 },
    itemStyle: { color: theme.line },
    symbol: 'circle',
    symbolSize: 6,
    z: 3,
    data: values.map((value, index) => {
      const rules = rulesOf.get(input.rows[index]?.period ?? '') ?? [];
      if (rules.length === 0) return { value };
      return {
        value,
        symbol: 'diamond',
        symbolSize: 13,
        itemStyle: { color: theme.signal, borderColor: theme.surface, borderWidth: 1.5 },
      };
    }),
  };
}

/** Young months must not flatten the rest: one beyond the axis stands at its edge as an arrow, and says its value when pointed at. */
function openLine(rows: readonly MetricRow[], { min, max }: AxisExtent, { theme }: ChartOptions): LineSeriesOption {
  return {
    type: 'line',
    name: 'Provisional',
    lineStyle: { color: theme.line, width: 1.5, type: [4, 4] },
    itemStyle: { color: theme.surface, borderColor: theme.line, borderWidth: 1.5 },
    symbol: 'circle',
    symbolSize: 7,
    z: 2,
    data: splitOpen(rows).open.map((value) => {
      if (value === null || (value >= min && value <= max)) return { value };
      return { value: value < min ? min : max, symbol: 'triangle', symbolSize: 11, symbolRotate: value < min ? 180 : 0 };
    }),
  };
}

/** An unseen series that carries the target, the limits, the shaded provisional months and the chosen month. */
function referenceSeries(
  lines: readonly ReferenceLine[],
  extent: AxisExtent,
  { rows, control }: MetricSeriesInput,
  { theme, currency, chosen }: ChartOptions,
): LineSeriesOption {
  const spoken = new Set(readableLabels(lines, extent));
  const areas: object[][] = openRuns(rows).map(([from, to]) => [
    { xAxis: from, itemStyle: { color: theme.open } },
    { xAxis: to },
  ]);
  if (control.lower !== null && control.upper !== null) {
    areas.push([{ yAxis: control.lower, itemStyle: { color: theme.band } }, { yAxis: control.upper }]);
  }
  const target = rows.at(-1)?.target ?? null;
  if (typeof target === 'object' && target !== null) {
    const hollow = { color: 'transparent', borderColor: theme.target, borderWidth: 1, borderType: 'dashed' };
    areas.push([{ yAxis: target.low, itemStyle: hollow }, { yAxis: target.high }]);
  }
  const chosenLine =
    chosen === undefined || chosen === null || !rows.some((row) => row.period === chosen)
      ? []
      : [
          {
            xAxis: chosen,
            label: { show: false },
            lineStyle: { color: theme.line, width: 22, opacity: 0.16, type: 'solid' as const },
          },
        ];
  return {
    type: 'line',
    name: 'Reference',
    data: [],
    silent: true,
    tooltip: { show: false },
    markArea: { silent: true, data: areas as [object, object][] },
    markLine: {
      silent: true,
      precision: LINE_PRECISION,
      symbol: 'none',
      data: [
        ...chosenLine,
        ...lines.map((line) => ({
          yAxis: line.at,
          lineStyle: lineStyleOf(line.kind, theme),
          label: {
            show: spoken.has(line),
            position: 'end' as const,
            formatter: `${line.name} ${axisLabelOf(line.at, rows.at(-1), currency)}`,
            color: line.kind === 'target' ? theme.target : theme.muted,
            fontWeight: line.kind === 'target' ? ('bold' as const) : ('normal' as const),
            fontSize: 11,
          },
        })),
      ],
    },
  };
}

function lineStyleOf(kind: ReferenceLine['kind'], theme: ChartOptions['theme']) {
  if (kind === 'target') return { color: theme.target, width: 1.5, type: [6, 4] };
  return { color: theme.line, width: 1, type: kind === 'centre' ? ('solid' as const) : ('dotted' as const), opacity: 0.75 };
}

function axisLabelOf(value: number, row: MetricRow | undefined, currency: string): string {
  return row === undefined ? String(value) : formatValue(value, row.unit, currency);
}
