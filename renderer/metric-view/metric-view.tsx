import { Button, Skeleton, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import type { MetricView as MetricAnswer } from '../../analytics/contract/stream-view.ts';
import type { WorkspaceDescription } from '../../analytics/contract/workspace.ts';
import { metricOf, useWorkspace } from '../engine/workspace.tsx';
import { Empty, Failure, LoadState } from '../frame/load-state.tsx';
import { PageHeading } from '../frame/page-heading.tsx';
import { useMarkPainted } from '../frame/painted.ts';
import { useNavigation } from '../place/navigation.ts';
import { Definition } from './definition.tsx';
import { Headline } from './headline.tsx';
import { useMetricView } from './metric-queries.ts';
import styles from './metric-view.module.css';
import { Records } from './records.tsx';
import { SeriesPanel } from './series-panel.tsx';
import { SplitPanels } from './split-panels.tsx';

export { warmUp } from './warm-up.ts';

/** Everything about one metric: how it stands and moves, where it differs, what it means, and the records it is made of. */
export function MetricView({ metric: id }: { metric: string }) {
  const workspace = useWorkspace();
  const answer = useMetricView(id);
  const metric = metricOf(workspace, id);
  const back = useNavigation((navigation) => navigation.back);
  if (metric === null) return <Failure message={`There is no metric ${id} in this workspace.`} />;
  if (workspace.asOf === null)
    return <Empty advice="This workspace holds no data yet. Drop extracts on this window to import them." />;
  return (
    <div className={styles.view}>
      <div className={styles.title}>
        <Button size="xs" variant="default" leftSection={<IconArrowLeft size={14} aria-hidden="true" />} onClick={back}>
          Back
        </Button>
        <div>
          <Text size="xs" c="dimmed">
            {metric.stage} {stageName(workspace, metric.stage)}
          </Text>
          <PageHeading>{metric.name}</PageHeading>
        </div>
        <p className={styles.meaning}>{metric.meaning}</p>
      </div>
      <LoadState answer={answer} loading={<Loading />}>
        {(view) => <Ready metric={metric} view={view} />}
      </LoadState>
    </div>
  );
}

function Ready({ metric, view }: { metric: Omit<Metric, 'sql'>; view: MetricAnswer }) {
  const [picked, setPicked] = useState<string | null>(null);
  useMarkPainted(view);
  const periods = view.tile.series.map((row) => row.period);
  const latest = view.tile.series.findLast((row) => row.n > 0)?.period ?? periods.at(-1) ?? null;
  const period = picked !== null && periods.includes(picked) ? picked : latest;
  return (
    <div className={styles.columns}>
      <div className={styles.wide}>
        <Headline metric={metric} tile={view.tile} />
        <SeriesPanel metric={metric} tile={view.tile} chosen={period} choose={setPicked} />
        <Later place={<Skeleton h={560} aria-busy="true" />}>
          <SplitPanels view={view} />
          {period === null ? null : <Records metric={metric} period={period} periods={periods} choose={setPicked} />}
        </Later>
      </div>
      <Later place={<Skeleton h={520} aria-busy="true" />}>
        <Definition metric={metric} />
      </Later>
    </div>
  );
}

/** What stands beneath and beside the numbers: drawn right after them, so that they need not wait for it. */
function Later({ place, children }: { place: ReactNode; children: ReactNode }) {
  return useDeferredValue(true, false) ? children : place;
}

function Loading() {
  return (
    <div className={styles.columns}>
      <div className={styles.wide}>
        <Skeleton h={92} />
        <Skeleton h={320} />
        <Skeleton h={260} />
      </div>
      <Skeleton h={520} />
    </div>
  );
}

function stageName(workspace: WorkspaceDescription, id: string): string {
  return workspace.streams.flatMap((stream) => stream.stages).find((stage) => stage.id === id)?.name ?? '';
}
