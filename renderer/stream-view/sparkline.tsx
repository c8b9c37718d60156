import { memo } from 'react';
import { sparklinePath } from '../../analytics/charts/sparkline-path.ts';
import type { MetricRow } from '../../analytics/contract/metric-query.ts';
import type { ControlChart } from '../../analytics/contract/signal.ts';
import styles from './metric-tile.module.css';

const SIZE = { width: 160, height: 34 };

/** The months of a metric in the width of its tile. Its numbers are in the tile and in the metric's page, so it is silent to readers. */
export const Sparkline = memo(function Sparkline({ rows, control }: { rows: readonly MetricRow[]; control: ControlChart }) {
  const { line, openLine, band, targetY, marks } = sparklinePath(rows, control, SIZE);
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} preserveAspectRatio="none" aria-hidden="true">
      {band === null ? null : <rect className={styles.band} x="0" y={band.y} width={SIZE.width} height={band.height} />}
      {targetY === null ? null : <line className={styles.target} x1="0" x2={SIZE.width} y1={targetY} y2={targetY} />}
      <path className={styles.path} d={line} />
      <path className={styles.openPath} d={openLine} />
      {marks.map((mark) => (
        <path key={mark.x} className={styles.mark} data-kind={mark.kind} d={`M${mark.x} ${mark.y}h0.01`} />
      ))}
    </svg>
  );
});
