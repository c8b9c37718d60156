import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlStatement } from '../../analytics/contract/sql.ts';
import { compileHeld, compileStated, compileVisits } from '../../analytics/flow/compile-visits.ts';
import { compileRelations } from '../../analytics/observe/index.ts';
import { cutAfter, periodRow, wholeSpan } from '../../analytics/query/periods.ts';
import { compileHeldMonths, compileUnusable } from '../../analytics/query/statements/compile-grounds.ts';
import { compilePercentiles } from '../../analytics/query/statements/compile-percentiles.ts';
import { compileCutMonths, compileMonths } from '../../analytics/query/statements/compile-sums.ts';
import type { Slice } from '../../analytics/query/statements/slice.ts';
import { compileKeptSurvival } from '../../analytics/query/statements/survival-at.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { metricOfKind } from '../support/observed.ts';

let workspace: MemoryWorkspace;

beforeAll(async () => {
  workspace = await memoryWorkspace();
});
afterAll(() => workspace.close());

const HOSTILE = "x' OR 1=1; DROP TABLE observation; --";
const PERIODS = periodRow('month', ['2026-09', '2026-10'], 1).periods;
const CUT = cutAfter(wholeSpan('2026-08', '2026-09'), '2026-09-15').periods;
const SLICE: Slice = {
  observations: 'observation',
  asOf: '2026-10-31',
  by: ['segment', 'crew'],
  where: { segment: [HOSTILE], region: ['North', HOSTILE] },
  ofMost: false,
};
const ROLLED_UP: Slice = { ...SLICE, by: ['segment'], where: { segment: [HOSTILE], region: [HOSTILE] } };
const METRIC = { ...metricOfKind('duration'), id: HOSTILE };
const FLOW = {
  stream: HOSTILE,
  stages: [HOSTILE],
  first: '2026-10-01',
  last: '2026-10-31',
  asOf: '2026-11-01T00:00:00Z',
  where: SLICE.where,
  regional: true,
};

const STATEMENTS: readonly (readonly [string, SqlStatement])[] = [
  ['sums by several dimensions', compileMonths([METRIC], PERIODS, SLICE)],
  ['sums of most metrics', compileMonths([METRIC], PERIODS, { ...SLICE, ofMost: true })],
  ['sums by nothing', compileMonths([METRIC], PERIODS, { ...SLICE, by: [], where: {} })],
  ['rolled-up sums', compileMonths([METRIC], PERIODS, ROLLED_UP)],
  ['sums of periods cut off', compileCutMonths([METRIC], [...CUT, ...CUT], SLICE)],
  ...[SLICE, ROLLED_UP].flatMap((slice) =>
    compilePercentiles([METRIC, { ...METRIC, rollingMonths: 12 }], [...PERIODS, ...CUT], slice).map(
      (statement) => ['percentiles', statement] as const,
    ),
  ),
  ...compilePercentiles([METRIC], PERIODS, { ...SLICE, ofMost: true }).map(
    (each) => ['percentiles of most metrics', each] as const,
  ),
  ['relations', compileRelations([METRIC, METRIC], SLICE, 20_000)],
  ['kept survival', compileKeptSurvival([METRIC], PERIODS, ROLLED_UP)],
  ['rejected rows by several dimensions', compileUnusable([METRIC], SLICE)],
  ['rejected rows', compileUnusable([METRIC], { ...SLICE, by: [], where: {} })],
  ['months that hold anything', compileHeldMonths(SLICE)],
  ['flow', compileVisits(FLOW)],
  ['flow of members that nobody knows', compileVisits({ ...FLOW, where: { ...FLOW.where, region: ['unknown'] } })],
  ['flow of members that cases state', compileVisits({ ...FLOW, stated: ['segment', 'region'] })],
  ['dimensions that cases state', compileStated()],
  ['stages that hold anything', compileHeld(FLOW)],
  ['flow of all members in one zone', compileVisits({ ...FLOW, where: {}, regional: false })],
  ['flow of a stream without stages', compileVisits({ ...FLOW, stages: [] })],
];

test.each(STATEMENTS)(
  'the statement for %s is bound by the database, takes every parameter it is given, and holds no value',
  async (_, statement) => {
    await expect(workspace.sql.rows(statement), statement.text).resolves.toBeDefined();
    expect(statement.text).not.toContain('OR 1=1');
    expect(statement.text).not.toContain('North');
  },
);

test('compiling is pure: the same question gives the same statement', () => {
  expect(compileMonths([METRIC], PERIODS, SLICE)).toEqual(compileMonths([METRIC], PERIODS, SLICE));
});

test('only names of tables and columns of Weir become text', () => {
  expect(() => compileHeldMonths({ observations: HOSTILE })).toThrow('Not a name');
  expect(() => compileMonths([METRIC], PERIODS, { ...SLICE, by: [HOSTILE as 'crew'] })).toThrow('Not a name');
});

test('the statement for sums reads as written down here', () => {
  const { text } = compileMonths([METRIC], PERIODS, { ...SLICE, by: ['segment'], where: { region: ['North'] } });
  expect(
    text,
  ).toBe(`SELECT list_position(CAST($metrics AS VARCHAR[]), metric) - 1 AS metric, month, CAST(NOT (list_contains(CAST($where_region AS VARCHAR[]), member)) AS INTEGER) AS outside, "segment", n, pending, CAST((num + (num_rest >> 40)) >> 10 AS DOUBLE) AS num, CAST((((num + (num_rest >> 40)) & 1023) << 40) + (num_rest & 1099511627775) AS DOUBLE) AS num_part, CAST((den + (den_rest >> 40)) >> 10 AS DOUBLE) AS den, CAST((((den + (den_rest >> 40)) & 1023) << 40) + (den_rest & 1099511627775) AS DOUBLE) AS den_part
FROM "observation_rollup" WHERE dimension = 'region' AND list_contains(CAST($metrics AS VARCHAR[]), metric) AND month BETWEEN CAST(CAST($lowest_month AS VARCHAR) AS INTEGER) AND CAST(CAST($highest_month AS VARCHAR) AS INTEGER) AND (list_contains(CAST($where_region AS VARCHAR[]), member) OR member = 'unknown')`);
});
