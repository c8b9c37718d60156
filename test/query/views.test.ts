import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import { type StreamModel, streamModelSchema } from '../../analytics/contract/stage-model.ts';
import { metricView, type QueryContext, streamView } from '../../analytics/query/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { measured, metricOfKind, putObservations } from '../support/observed.ts';

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace();
});
afterEach(() => workspace.close());

const STREAM: StreamModel = streamModelSchema.parse({
  id: 'NCV-01',
  name: 'Test',
  version: '1',
  date: null,
  description: '',
  valueProposition: '',
  triggeringStakeholder: '',
  receivingStakeholder: '',
  entryCriteria: [],
  exitCriteria: [],
  stages: [{ id: 'NCV-01.1', name: 'First', description: '', capabilities: [], inputs: [], outputs: [], metrics: [] }],
  dependencies: [],
  reviewers: [],
  nextReview: '',
});

function contextOf(metrics: readonly Metric[], asOf = '2026-10-31'): Promise<QueryContext> {
  return measured(workspace, metrics, asOf);
}

test('a tile has the span, the same length of time before, and 24 months with their control chart', async () => {
  const metric = metricOfKind('count', { unit: 'count' });
  const months = Array.from(
    { length: 24 },
    (_, index) => `${2024 + Math.floor((index + 10) / 12)}-${String(((index + 10) % 12) + 1).padStart(2, '0')}`,
  );
  await putObservations(
    workspace,
    metric,
    months.flatMap((month, index) => Array.from({ length: 3 + (index % 2) }, () => ({ day: `${month}-10` }))),
  );
  const view = await streamView(workspace.sql, await contextOf([metric]), STREAM, {
    stream: 'NCV-01',
    from: '2026-09',
    to: '2026-10',
    where: {},
  });
  const [tile] = view.tiles;
  expect(tile?.current).toMatchObject({ period: '2026-09..2026-10', value: 7 });
  expect(tile?.previous).toMatchObject({ period: '2026-07..2026-08', value: 7 });
  expect(tile?.series.map((row) => row.period)).toEqual(months);
  expect(tile?.control).toMatchObject({ centre: 3.5, standing: 'usable' });
  expect(view.flow.from).toBe('2026-09');
});

test('companions stay out of the dashboard', async () => {
  const key = metricOfKind('count', { name: 'Key', unit: 'count' });
  const companion = metricOfKind('count', { name: 'Companion', unit: 'count', companionOf: key.id });
  const query = { stream: 'NCV-01', from: '2026-10', to: '2026-10', where: {} };
  const view = await streamView(workspace.sql, await contextOf([key, companion]), STREAM, query);
  expect(view.tiles.map((tile) => tile.metric)).toEqual([key.id]);
});

test('a span that is still running stands beside as many days of the span before', async () => {
  const metric = metricOfKind('count', { unit: 'count' });
  await putObservations(workspace, metric, [
    { day: '2026-09-10' },
    { day: '2026-09-14' },
    { day: '2026-09-15' },
    { day: '2026-10-10' },
  ]);
  const view = await metricView(workspace.sql, await contextOf([metric], '2026-10-15'), {
    metric: metric.id,
    from: '2026-10',
    to: '2026-10',
    where: {},
  });
  expect(view.tile.current).toMatchObject({ value: 1, partial: true });
  expect(view.tile.previous.value).toBe(2);
  expect(view.tile.previous.note).toContain('until 2026-09-14');
});

test('rolling values take no part in control charts: neighbours share their cases', async () => {
  const metric = metricOfKind('ratio', { rollingMonths: 12 });
  await putObservations(
    workspace,
    metric,
    Array.from({ length: 12 }, (_, index) => ({ day: `2026-${String(index + 1).padStart(2, '0')}-01` })),
  );
  const query = { metric: metric.id, from: '2026-10', to: '2026-10', where: {} };
  expect((await metricView(workspace.sql, await contextOf([metric]), query)).tile.control.standing).toBe('none');
});

test('where every segment rose and the total fell, a sentence says so with the figures', async () => {
  const metric = metricOfKind('proportion');
  const group = (day: string, segment: string, [good, all]: readonly [number, number]) =>
    Array.from({ length: all }, (_, index) => ({ day, segment, num: index < good ? 1 : 0 }));
  await putObservations(workspace, metric, [
    ...group('2026-09-10', 'residential', [90, 100]),
    ...group('2026-09-10', 'commercial', [10, 50]),
    ...group('2026-10-10', 'residential', [28, 30]),
    ...group('2026-10-10', 'commercial', [60, 200]),
  ]);
  const query = { metric: metric.id, from: '2026-10', to: '2026-10', where: {} };
  const view = await metricView(workspace.sql, await contextOf([metric]), query);
  expect(view.tile.previous.value).toBeCloseTo(0.6667, 4);
  expect(view.tile.current.value).toBeCloseTo(0.3826, 4);
  expect(view.mixNote).toBe(
    'The total fell from 66.7% to 38.3% although every segment rose (commercial 20.0% to 30.0%, residential 90.0% to 93.3%): the mix of segments changed.',
  );
  expect(view.bySegment.map((row) => [row.by.segment, row.n])).toEqual([
    ['commercial', 200],
    ['residential', 30],
  ]);
});
