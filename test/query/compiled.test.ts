import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlStatement } from '../../analytics/contract/sql.ts';
import { compileFlow } from '../../analytics/flow/compile-flow.ts';
import { compileSurvival } from '../../analytics/observe/index.ts';
import { cutAfter, periodRow, wholeSpan } from '../../analytics/query/periods.ts';
import { compileGrounds } from '../../analytics/query/statements/compile-grounds.ts';
import { compilePercentiles } from '../../analytics/query/statements/compile-percentiles.ts';
import { compileSums } from '../../analytics/query/statements/compile-sums.ts';
import type { Slice } from '../../analytics/query/statements/slice.ts';
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
  ['sums by several dimensions', compileSums([METRIC], PERIODS, SLICE)],
  ['rolled-up sums', compileSums([METRIC], PERIODS, ROLLED_UP)],
  ['sums of a period cut off', compileSums([METRIC], CUT, SLICE)],
  ['sums of windows', compileSums([METRIC, { ...METRIC, rollingMonths: 12 }], [...PERIODS, ...CUT], ROLLED_UP)],
  ...[SLICE, ROLLED_UP].flatMap((slice) =>
    compilePercentiles([METRIC, { ...METRIC, rollingMonths: 12 }], [...PERIODS, ...CUT], slice).map(
      (statement) => ['percentiles', statement] as const,
    ),
  ),
  ['survival', compileSurvival([{ ...METRIC, kind: 'survival', horizonDays: 365 }], PERIODS, SLICE)],
  ['grounds by several dimensions', compileGrounds([METRIC], PERIODS, SLICE)],
  ['rolled-up grounds', compileGrounds([METRIC], PERIODS, ROLLED_UP)],
  ['grounds of no period', compileGrounds([METRIC], [], { ...SLICE, by: [], where: {} })],
  ['flow', compileFlow(FLOW)],
  ['flow of all members in one zone', compileFlow({ ...FLOW, where: {}, regional: false })],
  ['flow of a stream without stages', compileFlow({ ...FLOW, stages: [] })],
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
  expect(compileSums([METRIC], PERIODS, SLICE)).toEqual(compileSums([METRIC], PERIODS, SLICE));
});

test('only names of tables and columns of Weir become text', () => {
  expect(() => compileGrounds([METRIC], PERIODS, { ...SLICE, observations: HOSTILE })).toThrow('Not a name');
  expect(() => compileSums([METRIC], PERIODS, { ...SLICE, by: [HOSTILE as 'crew'] })).toThrow('Not a name');
});

test('the statement for sums reads as written down here', () => {
  const { text } = compileSums([METRIC], PERIODS, { ...SLICE, by: ['segment'], where: { region: ['North'] } });
  expect(text).toBe(`WITH span AS (
  SELECT CAST(generate_subscripts(CAST($first_months AS VARCHAR[]), 1) - 1 AS INTEGER) AS period,
    CAST(unnest(CAST($first_months AS VARCHAR[])) AS INTEGER) AS first_month, CAST(unnest(CAST($last_months AS VARCHAR[])) AS INTEGER) AS last_month, CAST(NULL AS DATE) AS cut_day, CAST(NULL AS INTEGER) AS cut_month
), covered AS (
  SELECT period, unnest(range(first_month, coalesce(cut_month, last_month + 1))) AS month FROM span
), monthly AS (
  SELECT list_position(CAST($metrics AS VARCHAR[]), metric) AS metric, month, "segment", n, pending, num, num_rest, den, den_rest
  FROM "observation_rollup" WHERE dimension = 'region' AND list_contains(CAST($members AS VARCHAR[]), member) AND list_contains(CAST($metrics AS VARCHAR[]), metric) AND month BETWEEN CAST(CAST($lowest_month AS VARCHAR) AS INTEGER) AND CAST(CAST($highest_month AS VARCHAR) AS INTEGER)
)
SELECT metric, "segment", period, CAST(sum(n) AS DOUBLE) AS n, CAST(sum(pending) AS DOUBLE) AS pending, CAST(sum(num) * 1099511627776 + sum(num_rest) AS DOUBLE) / 1125899906842624 AS num, CAST(sum(den) * 1099511627776 + sum(den_rest) AS DOUBLE) / 1125899906842624 AS den
FROM (
  SELECT metric, period, "segment", n, pending, num, num_rest, den, den_rest FROM monthly JOIN covered USING (month)
) placed
GROUP BY metric, "segment", period`);
});
