import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import { metricQuerySchema } from '../../analytics/contract/metric-query.ts';
import { recordsQuerySchema } from '../../analytics/contract/records.ts';
import { queryMetrics, recordsBehind } from '../../analytics/query/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { measured, metricOfKind, putObservations } from '../support/observed.ts';

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace();
  await workspace.sql.run({ text: "INSERT INTO import_file (file_id, batch_id, path) VALUES (1, 1, '/data/leads.csv')" });
});
afterEach(() => workspace.close());

async function both(metric: Metric, period: string, where: Record<string, string[]> = {}) {
  const context = await measured(workspace, [metric], '2026-10-31');
  const page = await recordsBehind(workspace.sql, context, recordsQuerySchema.parse({ metric: metric.id, period, where }));
  const { rows } = await queryMetrics(workspace.sql, context, metricQuerySchema.parse({ from: period, to: period, where }));
  return { page, row: rows[0] };
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

test('the mature records add up to the value, and each names its file and line', async () => {
  const metric = metricOfKind('proportion');
  await workspace.insert('lead', [
    { lead_id: 'L1', created_at: '2026-10-01' },
    { lead_id: 'L2', created_at: '2026-10-02' },
  ]);
  await putObservations(workspace, metric, [
    { id: 'L2', day: '2026-10-02', num: 0 },
    { id: 'L1', day: '2026-10-01' },
    { id: 'young', day: '2026-10-03', matures: '2026-11-02' },
    { id: 'other', day: '2026-10-03', segment: 'fleet' },
    { id: 'earlier', day: '2026-09-30' },
  ]);
  const { page, row } = await both(metric, '2026-10', { segment: ['unknown'] });
  expect(page.total).toBe(3);
  expect(page.rows.map((each) => [each.entityId, each.mature, each.file, each.line, each.batch])).toEqual([
    ['L1', true, '/data/leads.csv', 2, 1],
    ['L2', true, '/data/leads.csv', 3, 1],
    ['young', false, null, null, null],
  ]);
  const mature = page.rows.filter((each) => each.mature);
  expect(sum(mature.map((each) => each.num))).toBe(row?.num);
  expect(sum(mature.map((each) => each.den))).toBe(row?.den);
});

test('records of several tables find their own rows, port days that of their port', async () => {
  const metric = metricOfKind('ratio', { entity: 'port_day' });
  await workspace.insert('lead', [{ lead_id: 'X', created_at: '2026-10-01' }]);
  await workspace.insert('asset', [{ asset_id: 'X', kind: 'port' }]);
  await putObservations(workspace, metric, [
    { id: 'X', day: '2026-10-01', table: 'lead' },
    { id: 'X', day: '2026-10-02', table: 'port_day' },
  ]);
  const { page } = await both(metric, '2026-10');
  expect(page.rows.map((each) => [each.entityTable, each.file])).toEqual([
    ['lead', '/data/leads.csv'],
    ['port_day', '/data/leads.csv'],
  ]);
});

test('a rolling value rests on the records of its whole window', async () => {
  const metric = metricOfKind('rate', { rollingMonths: 12, scale: 200_000, unit: 'perHoursWorked' });
  await putObservations(workspace, metric, [
    { day: '2025-10-31', num: 1, den: 0 },
    { day: '2025-11-01', num: 1, den: 0 },
    { day: '2026-10-31', num: 0, den: 8 },
  ]);
  const { page, row } = await both(metric, '2026-10');
  expect(page.total).toBe(2);
  expect([sum(page.rows.map((each) => each.num)), sum(page.rows.map((each) => each.den))]).toEqual([row?.num, row?.den]);
});

test('survival rests on every relation begun by the end of the period', async () => {
  const metric = metricOfKind('survival', { horizonDays: 10 });
  await putObservations(workspace, metric, [
    { day: '2025-01-01', den: -1, num: 0 },
    { day: '2026-10-31', den: -1, num: 0, matures: '2026-12-01' },
    { day: '2026-11-01', den: -1, num: 0 },
  ]);
  const { page } = await both(metric, '2026-10');
  expect(page.rows.map((each) => each.mature)).toEqual([true, true]);
});

test('pages follow each other without gap or repetition', async () => {
  const metric = metricOfKind('count', { unit: 'count' });
  await putObservations(
    workspace,
    metric,
    Array.from({ length: 7 }, (_, index) => ({ id: `E${index}`, day: '2026-10-05' })),
  );
  const context = await measured(workspace, [metric], '2026-10-31');
  const ids: string[] = [];
  for (const offset of [0, 3, 6]) {
    const query = recordsQuerySchema.parse({ metric: metric.id, period: '2026-10', offset, limit: 3 });
    const page = await recordsBehind(workspace.sql, context, query);
    expect(page.total).toBe(7);
    ids.push(...page.rows.map((row) => row.entityId));
  }
  expect(ids).toEqual(['E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6']);
});
