import { memo } from 'react';
import type { StageFlow } from '../../analytics/contract/flow.ts';
import { metricIdOf } from '../../analytics/contract/ids.ts';
import type { Stage } from '../../analytics/contract/stage-model.ts';
import type { MetricTile as Tile } from '../../analytics/contract/stream-view.ts';
import type { Span } from '../place/period-span.ts';
import { Chevron } from './chevron.tsx';
import { MetricTile } from './metric-tile.tsx';
import styles from './stream-view.module.css';

interface StageColumnProps {
  readonly stage: Stage;
  readonly flow: StageFlow | null;
  readonly tiles: ReadonlyMap<string, Tile>;
  readonly span: Span;
  /** Rows of the grid that all columns share, so that chevrons and tiles stand in lines. */
  readonly rows: number;
  readonly last: boolean;
}

/** A stage: its chevron, and beneath it the metrics that its document names, in the document's order. */
export const StageColumn = memo(function StageColumn({ stage, flow, tiles, span, rows, last }: StageColumnProps) {
  return (
    <section className={styles.column} aria-label={`${stage.id} ${stage.name}`} style={{ gridRow: `span ${rows}` }}>
      <Chevron stage={stage} flow={flow} last={last} />
      {stage.metrics.map((name) => {
        const metric = metricIdOf(stage.id, name);
        return <MetricTile key={metric} metric={metric} name={name} tile={tiles.get(metric) ?? null} span={span} />;
      })}
      {stage.metrics.length === 0 ? <p className={styles.none}>The stage document names no metric here.</p> : null}
    </section>
  );
});
