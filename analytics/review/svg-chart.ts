import type { EChartsOption } from 'echarts';
import { init } from 'echarts';
import { type Markup, trusted } from './html.ts';

/** Draws a chart as an SVG picture without a browser; `width` and `height` in CSS pixels. */
export function svgChart(option: EChartsOption, size: { readonly width: number; readonly height: number }): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...option });
    return trusted(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}
