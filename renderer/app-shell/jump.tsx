import '@mantine/spotlight/styles.css';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import type { WorkspaceDescription } from '../../analytics/contract/workspace.ts';
import { useNavigation } from '../place/navigation.ts';

/** From anywhere to any metric, stage or stream; the header opens it, which may be before it has come. */
export function Jump({ workspace }: { workspace: WorkspaceDescription }) {
  const { go, openStage } = useNavigation();
  const stages = workspace.streams.flatMap((stream) => stream.stages.map((stage) => ({ stream, stage })));
  const stageName = new Map(stages.map(({ stage }) => [stage.id, stage.name]));
  return (
    <Spotlight
      shortcut={null}
      nothingFound="Nothing has that name."
      highlightQuery
      scrollable
      attributes={{ content: { 'aria-label': 'Jump to a metric, stage or stream' } }}
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden="true" />,
        placeholder: 'A metric, stage or stream',
        'aria-label': 'Jump to',
      }}
      actions={[
        {
          group: 'Metrics',
          actions: workspace.metrics.map((metric) => ({
            id: metric.id,
            label: metric.name,
            description: `${metric.stage} ${stageName.get(metric.stage) ?? ''}`,
            onClick: () => go({ view: 'metric', metric: metric.id }),
          })),
        },
        {
          group: 'Stages',
          actions: stages.map(({ stream, stage }) => ({
            id: stage.id,
            label: stage.name,
            description: `${stage.id} · ${stream.name}`,
            onClick: () => {
              go({ view: 'stream', stream: stream.id });
              openStage(stage.id);
            },
          })),
        },
        {
          group: 'Value streams',
          actions: [
            ...workspace.streams.map((stream) => ({
              id: stream.id,
              label: stream.name,
              description: stream.id,
              onClick: () => go({ view: 'stream', stream: stream.id }),
            })),
            { id: 'imports', label: 'Imports', description: 'Files, findings, rejects', onClick: () => go({ view: 'imports' }) },
          ],
        },
      ]}
    />
  );
}
