import type { EChartsOption } from 'echarts';
import ReactEChartsCore from 'echarts-for-react/esm/core';
import { useEffect, useRef } from 'react';
import { echarts } from './echarts.ts';

export { drawUnseen } from './draw-unseen.ts';

interface DrawingProps {
  readonly option: EChartsOption;
  readonly height: number;
  readonly onPick?: (index: number) => void;
}

type ChartInstance = ReturnType<typeof echarts.init>;

/** The one component that draws charts. Charts are SVG, so that they print and their text can be found. */
export function Drawing({ option, height, onPick }: DrawingProps) {
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);
  return (
    <ReactEChartsCore
      echarts={echarts}
      option={option}
      notMerge
      opts={{ renderer: 'svg' }}
      style={{ height, width: '100%' }}
      onChartReady={(instance: unknown) => listenForColumns(instance as ChartInstance, (index) => pick.current?.(index))}
    />
  );
}

/** A click anywhere in a column counts, not only on its point: points are small, and a month without a value has none. */
function listenForColumns(chart: ChartInstance, picked: (index: number) => void): void {
  chart.getZr().on('click', (click) => {
    if (!chart.containPixel('grid', [click.offsetX, click.offsetY])) return;
    picked(Number(chart.convertFromPixel({ xAxisIndex: 0 }, click.offsetX)));
  });
}
