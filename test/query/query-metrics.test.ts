import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import { type MetricQueryInput, metricQuerySchema } from '../../analytics/contract/metric-query.ts';
import { type QueryContext, queryMetrics, queryTotals } from '../../analytics/query/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { measured, metricOfKind, putObservations } from '../support/observed.ts';

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace();
});
afterEach(() => workspace.close());

function contextOf(metrics: readonly Metric[], asOf = '2026-10-31'): Promise<QueryContext> {
  return measured(workspace, metrics, asOf);
}

async function ask(metrics: readonly Metric[], query: MetricQueryInput, asOf?: string) {
  return (await queryMetrics(workspace.sql, await contextOf(metrics, asOf), metricQuerySchema.parse(query))).rows;
}

test('a proportion is the ratio of sums with its Wilson interval, not the mean of rates', async () => {
  const metric = metricOfKind('proportion');
  await putObservations(workspace, metric, [
    ...Array.from({ length: 9 }, () => ({ day: '2026-10-02', segment: 'fleet', num: 1 })),
    { day: '2026-10-02', segment: 'residential', num: 0 },
  ]);
  const [row] = await ask([metric], { from: '2026-10', to: '2026-10' });
  expect(row).toMatchObject({
    value: 0.9,
    num: 9,
    den: 10,
    n: 10,
    rating: null,
    partial: false,
    provisional: false,
    period: '2026-10',
  });
  expect(row?.low).toBeCloseTo(0.5958, 4);
  expect(row?.note).toBe('too few to rate (n=10)');
});

test('young cases are pending: not in the value, and the value is provisional and unrated', async () => {
  const metric = metricOfKind('proportion', { targets: [{ value: 0.5, source: 'test' }] });
  await putObservations(workspace, metric, [
    ...Array.from({ length: 38 }, () => ({ day: '2026-10-01', matures: '2026-10-31' })),
    ...Array.from({ length: 14 }, () => ({ day: '2026-10-02', num: 0, matures: '2026-11-01' })),
  ]);
  const [row] = await ask([metric], { from: '2026-10', to: '2026-10' });
  expect(row).toMatchObject({ value: 1, n: 38, pending: 14, provisional: true, rating: null, target: 0.5 });
  expect(row?.note).toBe('14 of 52 cases are still inside their window');
});

test('no cases give null, never 0 or 100 %; a month before the data says so; a month after it says where it ends', async () => {
  const metric = metricOfKind('proportion');
  await putObservations(workspace, metric, [{ day: '2026-08-02' }, { day: '2026-10-02' }]);
  const rows = await ask([metric], { from: '2026-07', to: '2026-11' });
  expect(rows.map((row) => [row.period, row.value, row.note])).toEqual([
    ['2026-07', null, 'no data before 2026-08'],
    ['2026-08', 1, 'too few to state (n=1)'],
    ['2026-09', null, 'no cases'],
    ['2026-10', 1, 'too few to state (n=1)'],
    ['2026-11', null, 'the data ends on 2026-10-31'],
  ]);
});

test('a ratio without cases keeps its sums at nought: nothing was counted, and that is known', async () => {
  const metric = metricOfKind('proportion');
  await putObservations(workspace, metric, [{ day: '2026-08-02' }, { day: '2026-10-02', matures: '2026-11-02' }]);
  const rows = await ask([metric], { from: '2026-09', to: '2026-10' });
  expect(rows.map((row) => [row.value, row.num, row.den, row.low, row.note])).toEqual([
    [null, 0, 0, null, 'no cases'],
    [null, 0, 0, null, 'no value yet: all 1 cases are still inside their window'],
  ]);
});

test('a count without cases inside the data is 0, without any data it is unknown and says what to import', async () => {
  const counted = metricOfKind('count', { unit: 'count' });
  const empty = metricOfKind('sum', { unit: 'currency', tables: ['lead', 'quote'] });
  await putObservations(workspace, counted, [{ day: '2026-08-02' }, { day: '2026-08-03' }, { day: '2026-10-02' }]);
  const rows = await ask([counted, empty], { from: '2026-08', to: '2026-09' });
  expect(rows.map((row) => [row.metric, row.value, row.note])).toEqual([
    [counted.id, 2, null],
    [counted.id, 0, null],
    [empty.id, null, 'no data: import lead, quote'],
    [empty.id, null, 'no data: import lead, quote'],
  ]);
});

test('money over no cases is null and says what stands above the line', async () => {
  const metric = metricOfKind('ratio', { unit: 'currency', direction: 'down' });
  await putObservations(workspace, metric, [{ day: '2026-10-01', num: 500, den: 0 }]);
  const [row] = await ask([metric], { from: '2026-10', to: '2026-10' });
  expect(row).toMatchObject({ value: null, num: 500, den: 0, note: 'no value: 500 stands over a denominator of 0' });
});

test('a duration is the type-7 median with P85 and P95 as numpy gives them', async () => {
  const metric = metricOfKind('duration', { unit: 'days', direction: 'down' });
  await putObservations(
    workspace,
    metric,
    [3, 1, 4, 1, 5, 9, 2, 6].map((num) => ({ day: '2026-10-05', num })),
  );
  const [row] = await ask([metric], { from: '2026-10', to: '2026-10' });
  expect(row).toMatchObject({ value: 3.5, median: 3.5, num: 31, den: 8, n: 8 });
  expect(row?.p85).toBeCloseTo(5.95, 12);
  expect(row?.p95).toBeCloseTo(7.95, 12);
});

test('a mean stands beside its median, and its sums are over all cases', async () => {
  const metric = metricOfKind('mean', { unit: 'currency' });
  await putObservations(
    workspace,
    metric,
    [10, 20, 90].map((num) => ({ day: '2026-10-05', num })),
  );
  const [row] = await ask([metric], { from: '2026-10', to: '2026-10' });
  expect(row).toMatchObject({ value: 40, median: 20, num: 120, den: 3, note: 'too few to state (n=3)' });
});

test('a rate covers its rolling months, with the exact Poisson interval of 3 cases in 250,000 hours', async () => {
  const metric = metricOfKind('rate', { unit: 'perHoursWorked', direction: 'down', rollingMonths: 12, scale: 200_000 });
  await putObservations(workspace, metric, [
    { day: '2025-10-31', num: 50, den: 0 },
    { day: '2025-11-01', num: 1, den: 0 },
    { day: '2026-03-01', num: 2, den: 0 },
    { day: '2026-10-30', num: 0, den: 250_000 },
  ]);
  const [row] = await ask([metric], { from: '2026-10', to: '2026-10' });
  expect(row?.value).toBeCloseTo(2.4, 12);
  expect(row?.low).toBeCloseTo(0.49, 2);
  expect(row?.high).toBeCloseTo(7.01, 2);
});

test('a rate of four events is not rated, however far from its target; of five it is', async () => {
  const metric = metricOfKind('rate', {
    unit: 'perHoursWorked',
    direction: 'down',
    scale: 200_000,
    targets: [{ value: 2.3, source: 'test' }],
  });
  await putObservations(workspace, metric, [
    { day: '2026-09-01', num: 4, den: 40_000 },
    { day: '2026-10-01', num: 5, den: 40_000 },
  ]);
  const rows = await ask([metric], { from: '2026-09', to: '2026-10' });
  expect(rows.map(({ value, rating, note }) => [value, rating, note])).toEqual([
    [20, null, 'too few events to rate (4)'],
    [25, 'farBelow', null],
  ]);
});

test('a rolling value with fewer months of data than its window says how many; quarters roll from their last month', async () => {
  const metric = metricOfKind('ratio', { rollingMonths: 12 });
  await putObservations(workspace, metric, [
    { day: '2026-03-15', num: 1, den: 2 },
    { day: '2026-06-15', num: 1, den: 2 },
  ]);
  const rows = await ask([metric], { from: '2026-04', to: '2026-06', grain: 'quarter' });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ period: '2026-Q2', value: 0.5, num: 2, den: 4, note: '4 of 12 months of data' });
});

test('a rolling median is taken over all cases of its window, not over months', async () => {
  const metric = metricOfKind('duration', { unit: 'days', rollingMonths: 2 });
  await putObservations(workspace, metric, [
    { day: '2026-09-01', num: 1 },
    { day: '2026-09-02', num: 2 },
    { day: '2026-10-01', num: 9 },
  ]);
  const rows = await ask([metric], { from: '2026-09', to: '2026-10' });
  expect(rows.map((row) => row.value)).toEqual([1.5, 2]);
});

test('splitting gives every combination that occurs in every period, in stable order', async () => {
  const metric = metricOfKind('count', { unit: 'count' });
  await putObservations(workspace, metric, [
    { day: '2026-09-01', segment: 'residential', region: 'South' },
    { day: '2026-10-01', segment: 'fleet', region: 'North' },
  ]);
  const rows = await ask([metric], { from: '2026-09', to: '2026-10', by: ['segment', 'region'] });
  expect(rows.map((row) => [row.period, row.by.segment, row.by.region, row.value])).toEqual([
    ['2026-09', 'fleet', 'North', 0],
    ['2026-09', 'residential', 'South', 1],
    ['2026-10', 'fleet', 'North', 1],
    ['2026-10', 'residential', 'South', 0],
  ]);
});

test('a period that is not over is marked, and a running count is not rated', async () => {
  const metric = metricOfKind('count', { unit: 'count', targets: [{ value: 1, source: 'test' }] });
  await putObservations(workspace, metric, [{ day: '2026-10-01' }, { day: '2026-09-01' }]);
  const rows = await ask([metric], { from: '2026-09', to: '2026-10' }, '2026-10-15');
  expect(rows.map((row) => [row.partial, row.rating, row.note])).toEqual([
    [false, 'meeting', null],
    [true, null, 'the period is not over: data to 2026-10-15'],
  ]);
});

test('a span of months is one value, with one label', async () => {
  const metric = metricOfKind('proportion');
  await putObservations(workspace, metric, [{ day: '2026-08-01' }, { day: '2026-10-31', num: 0 }, { day: '2026-07-31', num: 0 }]);
  const query = { metrics: [metric.id], from: '2026-08', to: '2026-10', by: [], where: {} };
  const { rows } = await queryTotals(workspace.sql, await contextOf([metric]), query);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ period: '2026-08..2026-10', value: 0.5, n: 2 });
});

test('hostile filter values are values: they match nothing and break nothing', async () => {
  const metric = metricOfKind('count', { unit: 'count' });
  await putObservations(workspace, metric, [
    { day: '2026-10-01', segment: "x'); DROP TABLE observation; --" },
    { day: '2026-10-01' },
  ]);
  const hostile = ["x'); DROP TABLE observation; --", "' OR 1=1 --", '$metrics', '\u0000'];
  const [row] = await ask([metric], { from: '2026-10', to: '2026-10', where: { segment: hostile, region: ['unknown'] } });
  expect(row?.value).toBe(1);
  const [all] = await ask([metric], { from: '2026-10', to: '2026-10' });
  expect(all?.value).toBe(2);
});

test('an unknown metric, stage or stream is refused with what there is', async () => {
  const metric = metricOfKind('proportion', { name: 'First-time fix rate' });
  const asked = (query: MetricQueryInput) => ask([metric], query);
  await expect(asked({ metrics: ['ncv-01.1/first-time-fx-rate'] })).rejects.toThrow('Did you mean ncv-01.1/first-time-fix-rate?');
  await expect(asked({ stage: 'NCV-01.9' })).rejects.toThrow('The stages are: NCV-01.1.');
  await expect(asked({ stream: 'NCV-09' })).rejects.toThrow('The streams are: NCV-01.');
});

test('companions come by name only', async () => {
  const key = metricOfKind('count', { unit: 'count', name: 'Key' });
  const companion = metricOfKind('count', { unit: 'count', name: 'Companion', companionOf: key.id });
  const span = { from: '2026-10', to: '2026-10' };
  expect((await ask([key, companion], span)).map((row) => row.metric)).toEqual([key.id]);
  expect((await ask([key, companion], { ...span, metrics: [companion.id] })).map((row) => row.metric)).toEqual([companion.id]);
});
