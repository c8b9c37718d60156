import { Anchor, Drawer, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { StageFlow } from '../../analytics/contract/flow.ts';
import { formatValue } from '../../analytics/contract/format-value.ts';
import { metricIdOf } from '../../analytics/contract/ids.ts';
import type { Stage, StreamModel } from '../../analytics/contract/stage-model.ts';
import type { MetricTile } from '../../analytics/contract/stream-view.ts';
import { useWorkspace } from '../engine/workspace.tsx';
import { RatingMark } from '../marks/rating-mark.tsx';
import { useNavigation } from '../place/navigation.ts';
import styles from './stage-panel.module.css';

interface StagePanelProps {
  readonly stream: StreamModel;
  readonly stage: Stage | null;
  readonly flow: StageFlow | null;
  readonly tiles: ReadonlyMap<string, MetricTile>;
}

/** What a stage is: its place in the stream, its capabilities, what goes in and out, how cases fare, and its metrics. */
export function StagePanel({ stream, stage, flow, tiles }: StagePanelProps) {
  const openStage = useNavigation((navigation) => navigation.openStage);
  return (
    <Drawer.Root opened={stage !== null} onClose={() => openStage(null)} position="right" size={440}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={styles.head}>
          <Drawer.Title className={styles.heading}>{stage === null ? '' : `${stage.id} ${stage.name}`}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close stage details" />
        </div>
        <Drawer.Body>
          {stage === null ? null : (
            <Stack gap="lg">
              <Text size="sm">{stage.description}</Text>
              <List title="Enabling capabilities" items={stage.capabilities.map(({ id, name }) => `${id} ${name}`)} />
              <List title="Expected inputs" items={stage.inputs} />
              <List title="Expected outputs" items={stage.outputs} />
              <List {...entryOf(stream, stage)} />
              <List {...exitOf(stream, stage)} />
              {flow === null ? null : <FlowFacts flow={flow} />}
              <StageMetrics stage={stage} tiles={tiles} />
              <Text size="xs" c="dimmed">
                Stage document {stream.id}, version {stream.version}
                {stream.date === null ? '' : ` of ${stream.date}`}. Next review: {stream.nextReview || 'not set'}.
              </Text>
            </Stack>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

interface ListProps {
  readonly title: string;
  readonly items: readonly string[];
}

/** The document states criteria for the stream only: they gate its first stage; between stages the outputs hand over. */
function entryOf(stream: StreamModel, stage: Stage): ListProps {
  if (stage.id === stream.stages[0]?.id) return { title: 'Entry criteria (of the stream)', items: stream.entryCriteria };
  const before = stream.stages[stream.stages.findIndex(({ id }) => id === stage.id) - 1];
  return { title: `Enters from ${before?.id ?? 'the stage before'} with`, items: before?.outputs ?? [] };
}

function exitOf(stream: StreamModel, stage: Stage): ListProps {
  if (stage.id === stream.stages.at(-1)?.id) return { title: 'Exit criteria (of the stream)', items: stream.exitCriteria };
  return { title: 'Exit criteria', items: [] };
}

function List({ title, items }: ListProps) {
  return (
    <Part title={title}>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          Not set in the stage document
        </Text>
      ) : (
        <ul className={styles.list}>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </section>
  );
}

function FlowFacts({ flow }: { flow: StageFlow }) {
  const count = (value: number) => formatValue(value, 'count', '');
  const days = (value: number | null) => (value === null ? 'none yet' : formatValue(value, 'days', ''));
  const share = (value: number | null) => (value === null ? 'none yet' : formatValue(value, 'fraction', ''));
  const facts: readonly (readonly [string, string])[] = [
    ['Entered', count(flow.entered)],
    ['Passed on', count(flow.passed)],
    ['Dropped out', count(flow.dropped)],
    ['Sent back', count(flow.returned)],
    ['Still open of those that entered', count(flow.open)],
    ['Conversion', share(flow.conversion)],
    ['Median time, P85', `${days(flow.medianDays)}, ${days(flow.p85Days)}`],
    ['In progress, median age', `${count(flow.wip)}, ${days(flow.medianAgeDays)}`],
    ['In progress past P85', count(flow.pastPromise)],
    ['Entered more than once', share(flow.reworkShare)],
  ];
  return (
    <Part title="Flow in the period">
      <Table fz={13} verticalSpacing={3}>
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th fw={400}>{name}</Table.Th>
              <Table.Td ta="right">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Part>
  );
}

function StageMetrics({ stage, tiles }: { stage: Stage; tiles: ReadonlyMap<string, MetricTile> }) {
  const go = useNavigation((navigation) => navigation.go);
  const { currency } = useWorkspace().settings;
  return (
    <Part title="Key metrics">
      <Table fz={13} verticalSpacing={4}>
        <Table.Tbody>
          {stage.metrics.map((name) => {
            const metric = metricIdOf(stage.id, name);
            const row = tiles.get(metric)?.current;
            return (
              <Table.Tr key={metric}>
                <Table.Th fw={400}>
                  <Anchor component="button" type="button" fz={13} ta="left" onClick={() => go({ view: 'metric', metric })}>
                    {name}
                  </Anchor>
                </Table.Th>
                <Table.Td ta="right">
                  {row === undefined || row.value === null ? (row?.note ?? 'none') : formatValue(row.value, row.unit, currency)}
                </Table.Td>
                <Table.Td>
                  {row === undefined || row.target === null ? (
                    <Text size="xs" c="dimmed">
                      no target
                    </Text>
                  ) : (
                    <RatingMark rating={row.rating} reason={null} />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Part>
  );
}
