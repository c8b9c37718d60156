import type { EChartsOption } from 'echarts';
import { echarts } from './echarts.ts';

/** Draws a chart of this size (CSS pixels) beside the page and forgets it: code that has run once draws the next chart several times as fast. */
export function drawUnseen(option: EChartsOption, { width, height }: { readonly width: number; readonly height: number }): void {
  const chart = echarts.init(document.createElement('div'), null, { renderer: 'svg', width, height });
  try {
    chart.setOption(option);
    chart.getZr().flush();
  } finally {
    chart.dispose();
  }
}
