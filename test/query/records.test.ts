import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import { metricQuerySchema } from '../../analytics/contract/metric-query.ts';
import { RECORD_COLUMNS, type RecordRow, recordsQuerySchema } from '../../analytics/contract/records.ts';
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

test('the order is that of all records and not of a page, whichever column is asked for, and what is missing comes last', async () => {
  const metric = metricOfKind('ratio', { unit: 'count' });
  await workspace.sql.run({ text: "INSERT INTO import_file (file_id, batch_id, path) VALUES (2, 1, '/a/visits.csv')" });
  await workspace.insert('lead', [
    { lead_id: 'L1', created_at: '2026-10-01' },
    { lead_id: 'L2', created_at: '2026-10-01' },
    { lead_id: 'L3', created_at: '2026-10-01' },
  ]);
  await workspace.sql.run({ text: "UPDATE lead SET file_id = 2, line = 900 WHERE lead_id = 'L1'" });
  await putObservations(workspace, metric, [
    { id: 'L1', day: '2026-10-09', num: 5, den: 2, segment: 'fleet', matures: '2026-11-09' },
    { id: 'L2', day: '2026-10-08', num: 30, den: 1, segment: 'commercial', region: 'West' },
    { id: 'L3', day: '2026-10-07', num: 7, den: 3, segment: 'residential', region: 'East' },
    { id: 'gone', day: '2026-10-06', num: 6, den: 4, segment: 'fleet', region: 'North' },
  ]);
  const context = await measured(workspace, [metric], '2026-10-31');
  const sorted = async (column: (typeof RECORD_COLUMNS)[number], descending: boolean) => {
    const rows: RecordRow[] = [];
    for (const offset of [0, 2]) {
      const asked = { metric: metric.id, period: '2026-10', offset, limit: 2, sort: { column, descending } };
      rows.push(...(await recordsBehind(workspace.sql, context, recordsQuerySchema.parse(asked))).rows);
    }
    return rows;
  };
  const valueIn = (row: RecordRow, column: keyof RecordRow) =>
    column === 'file' ? (row.file?.split('/').at(-1) ?? null) : column === 'mature' ? Number(row.mature) : row[column];
  for (const column of RECORD_COLUMNS) {
    for (const descending of [false, true]) {
      const values = (await sorted(column, descending)).map((row) => valueIn(row, column));
      const present = values.filter((value) => value !== null) as (string | number)[];
      const inOrder = [...present].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1));
      expect([column, descending, ...values]).toEqual([
        column,
        descending,
        ...inOrder,
        ...values.filter((value) => value === null),
      ]);
    }
  }
  expect((await sorted('num', true)).map((row) => row.entityId)).toEqual(['L2', 'L3', 'gone', 'L1']);
  expect((await sorted('file', false)).map((row) => row.entityId)).toEqual(['L3', 'L2', 'L1', 'gone']);
  expect((await sorted('line', true)).map((row) => row.line)).toEqual([900, 4, 3, null]);
});

test('an order by what is no column is refused', () => {
  const asked = { metric: 'ncv-01.1/lead-volume', period: '2026-10' };
  expect(() => recordsQuerySchema.parse({ ...asked, sort: { column: 'day; DROP TABLE lead' } })).toThrow();
});
