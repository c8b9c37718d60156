import { afterEach, beforeEach, expect, test } from 'vitest';
import { metricQuerySchema } from '../../analytics/contract/metric-query.ts';
import { queryMetrics } from '../../analytics/query/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { measured, metricOfKind, putObservations, type TestObservation } from '../support/observed.ts';

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace();
});
afterEach(() => workspace.close());

const START = '2025-01-01';

/** A relation begun on 1 January 2025 (or `from` days later) that ends at an age in days; `lost` false where it was censored by a move. */
function relation(age: number | null, options: { lost?: boolean; entry?: number; from?: number } = {}): TestObservation {
  const { lost = true, entry = -1, from = 0 } = options;
  return {
    day: dayAfter(START, from),
    matures: age === null ? null : dayAfter(START, from + age),
    num: age !== null && lost ? 1 : 0,
    den: entry,
  };
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

async function survival(relations: readonly TestObservation[], options: { horizon: number; period?: string; asOf?: string }) {
  const metric = metricOfKind('survival', { horizonDays: options.horizon });
  await putObservations(workspace, metric, relations);
  const period = options.period ?? '2026-12';
  const query = metricQuerySchema.parse({ from: period, to: period });
  const context = await measured(workspace, [metric], options.asOf ?? '2026-12-31');
  const { rows } = await queryMetrics(workspace.sql, context, query);
  return rows[0];
}

/** Remission times of the 6-MP arm of the leukaemia trial of Freireich et al. (1963); plus means censored. */
const REMISSION: readonly (readonly [number, boolean])[] = [
  [6, true],
  [6, true],
  [6, true],
  [6, false],
  [7, true],
  [9, false],
  [10, true],
  [10, false],
  [11, false],
  [13, true],
  [16, true],
  [17, false],
  [19, false],
  [20, false],
  [22, true],
  [23, true],
  [25, false],
  [32, false],
  [32, false],
  [34, false],
  [35, false],
];

test.each([
  [6, 0.8571],
  [10, 0.7529],
  [16, 0.6275],
  [22, 0.5378],
  [30, 0.4482],
])('the published leukaemia trial: S(%i) = %d', async (horizon, expected) => {
  const row = await survival(
    REMISSION.map(([age, lost]) => relation(age, { lost })),
    { horizon },
  );
  expect(row?.value).toBeCloseTo(expected, 4);
  expect(row?.n).toBe(21);
});

test('the interval is that of the log-log scale: S(10) of the leukaemia trial has 0.503 to 0.889', async () => {
  const row = await survival(
    REMISSION.map(([age, lost]) => relation(age, { lost })),
    { horizon: 10 },
  );
  expect(row?.low).toBeCloseTo(0.503, 3);
  expect(row?.high).toBeCloseTo(0.889, 3);
});

test('a move ends the observation and is no loss; a customer still there counts as long as seen', async () => {
  const row = await survival([relation(10), relation(5, { lost: false }), relation(null), relation(null)], { horizon: 30 });
  expect(row?.value).toBeCloseTo(2 / 3, 12);
  expect(row).toMatchObject({ n: 4, num: 1, provisional: false });
});

test('who is seen late is at risk only from then on', async () => {
  const row = await survival([relation(10), relation(null), relation(null, { entry: 10 }), relation(null, { entry: 9 })], {
    horizon: 30,
  });
  expect(row?.value).toBeCloseTo(2 / 3, 12);
});

test('a period sees only what had happened by its end', async () => {
  const relations = [relation(20), relation(200), relation(null), relation(null, { from: 100 })];
  const early = await survival(relations, { horizon: 30, period: '2025-02' });
  expect(early).toMatchObject({ n: 3, num: 1 });
  expect(early?.value).toBeCloseTo(2 / 3, 12);
});

test('an end on the last day of the period is seen, one on the day after is not', async () => {
  const atEnd = await survival([relation(30), relation(null)], { horizon: 30, period: '2025-01' });
  expect(atEnd).toMatchObject({ num: 1, value: 0.5 });
});

test('the as-of day cuts the last period', async () => {
  const row = await survival([relation(20), relation(null)], { horizon: 10, period: '2025-01', asOf: '2025-01-15' });
  expect(row).toMatchObject({ num: 0, value: 1, partial: true });
});

test('before anybody was followed to the horizon there is no value, and the note says how long', async () => {
  const row = await survival([relation(20), relation(null)], { horizon: 365, period: '2025-03' });
  expect(row).toMatchObject({ value: null, n: 2 });
  expect(row?.note).toBe('no one has been followed for 365 days yet: the longest relation is 89 days');
});

test('one lost on the very day it began counts', async () => {
  const row = await survival([relation(0), relation(null)], { horizon: 10 });
  expect(row?.value).toBe(0.5);
});
