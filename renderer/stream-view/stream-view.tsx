import { Skeleton } from '@mantine/core';
import { type CSSProperties, useMemo } from 'react';
import type { StreamModel } from '../../analytics/contract/stage-model.ts';
import type { MetricTile, StreamView as StreamAnswer } from '../../analytics/contract/stream-view.ts';
import { streamOf, useWorkspace } from '../engine/workspace.tsx';
import { Failure, LoadState } from '../frame/load-state.tsx';
import { useMarkPainted } from '../frame/painted.ts';
import { useSpan } from '../place/filters.ts';
import { useNavigation } from '../place/navigation.ts';
import { Attention } from './attention.tsx';
import { Chevron } from './chevron.tsx';
import { FirstSteps } from './first-steps.tsx';
import { StageColumn } from './stage-column.tsx';
import { StagePanel } from './stage-panel.tsx';
import { useStreamView } from './stream-query.ts';
import { StreamSummary } from './stream-summary.tsx';
import styles from './stream-view.module.css';

/** One value stream: its stages in order, how cases flowed, and every key metric beneath its stage. */
export function StreamView({ stream: id }: { stream: string }) {
  const workspace = useWorkspace();
  const { answer, kept } = useStreamView(id);
  const stream = streamOf(workspace, id);
  if (stream === null) return <Failure message={`There is no value stream ${id} in this workspace.`} />;
  return (
    <div className={styles.view}>
      <StreamSummary stream={stream} view={workspace.asOf === null ? null : (answer.data ?? null)} kept={kept} />
      {workspace.asOf === null ? (
        <>
          <FirstSteps />
          <Outline stream={stream} />
        </>
      ) : (
        <LoadState
          answer={{ ...answer, isPlaceholderData: answer.isPlaceholderData && !kept }}
          loading={<Loading stream={stream} />}
        >
          {(view) => <Ready stream={stream} view={view} />}
        </LoadState>
      )}
    </div>
  );
}

function Ready({ stream, view }: { stream: StreamModel; view: StreamAnswer }) {
  const span = useSpan();
  const openStage = useNavigation((navigation) => navigation.stage);
  const tiles = useMemo(() => new Map(view.tiles.map((tile) => [tile.metric, tile])), [view.tiles]);
  const flows = useMemo(() => new Map(view.flow.stages.map((flow) => [flow.stage, flow])), [view.flow]);
  const chosen = stream.stages.find((stage) => stage.id === openStage);
  useMarkPainted(view);
  return (
    <div className={styles.view}>
      <div className={styles.scroll}>
        <div className={styles.stages} style={stageGrid(stream)}>
          {stream.stages.map((stage, index) => (
            <StageColumn
              key={stage.id}
              stage={stage}
              flow={flows.get(stage.id) ?? null}
              tiles={tiles}
              span={span}
              rows={1 + Math.max(...stream.stages.map((each) => each.metrics.length))}
              last={index === stream.stages.length - 1}
            />
          ))}
        </div>
      </div>
      <Attention view={view} span={span} />
      {view.flow.notes.length === 0 ? null : (
        <ul className={styles.notes} aria-label="Notes on the flow">
          {view.flow.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <StagePanel
        stream={stream}
        stage={chosen ?? null}
        tiles={tiles}
        flow={chosen === undefined ? null : (flows.get(chosen.id) ?? null)}
      />
    </div>
  );
}

const NO_TILES: ReadonlyMap<string, MetricTile> = new Map();

/** The stages as the document describes them, for a workspace that has nothing to count yet. */
function Outline({ stream }: { stream: StreamModel }) {
  const openStage = useNavigation((navigation) => navigation.stage);
  return (
    <div className={styles.scroll}>
      <div className={styles.stages} style={stageGrid(stream)}>
        {stream.stages.map((stage, index) => (
          <Chevron key={stage.id} stage={stage} flow={null} last={index === stream.stages.length - 1} />
        ))}
      </div>
      <StagePanel
        stream={stream}
        stage={stream.stages.find((stage) => stage.id === openStage) ?? null}
        tiles={NO_TILES}
        flow={null}
      />
    </div>
  );
}

function Loading({ stream }: { stream: StreamModel }) {
  return (
    <div className={styles.view}>
      <div className={styles.stages} style={stageGrid(stream)}>
        {stream.stages.map((stage) => (
          <div key={stage.id} className={styles.pending}>
            <Chevron stage={stage} flow={null} last={false} pending />
            {stage.metrics.map((metric) => (
              <Skeleton key={metric} h={150} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Every stage in view where the window allows it; narrower ones scroll. */
function stageGrid(stream: StreamModel): CSSProperties {
  return { gridTemplateColumns: `repeat(${stream.stages.length}, minmax(128px, 1fr))` };
}
