import { membersBar } from '../../analytics/charts/members-bar.ts';
import { metricSeries } from '../../analytics/charts/metric-series.ts';
import { segmentSeries } from '../../analytics/charts/segment-series.ts';
import type { ChartOptions } from '../../analytics/charts/theme.ts';
import type { MetricTile } from '../../analytics/contract/stream-view.ts';
import { loadDrawing } from '../chart/chart.tsx';

const WIDE = { width: 900, height: 300 };
const NARROW = { width: 440, height: 120 };

/**
 * Draws the charts of a metric's page from a tile where nobody sees them, each when the window has nothing better to do; gives
 * the means to leave the rest undone. Marks the end, for tests.
 */
export function warmUp(tile: MetricTile, options: ChartOptions): () => void {
  let over = false;
  let later = 0;
  void loadDrawing().then((drawUnseen) => {
    const draws = [
      () => drawUnseen(metricSeries({ rows: tile.series, control: tile.control }, { ...options, chosen: null }), WIDE),
      () => drawUnseen(segmentSeries(tile.series.map(inOneSegment), 'segment', options), WIDE),
      () => drawUnseen(membersBar([inOneSegment(tile.current)], 'segment', options), NARROW),
    ];
    const next = () => {
      const draw = draws.shift();
      if (draw === undefined) {
        performance.mark('charts drawn unseen');
        return;
      }
      later = requestIdleCallback(() => {
        draw();
        next();
      });
    };
    if (!over) next();
  });
  return () => {
    over = true;
    cancelIdleCallback(later);
  };
}

function inOneSegment(row: MetricTile['current']): MetricTile['current'] {
  return { ...row, by: { segment: 'all' } };
}
