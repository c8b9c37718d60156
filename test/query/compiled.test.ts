import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlStatement } from '../../analytics/contract/sql.ts';
import { compileFlow } from '../../analytics/flow/compile-flow.ts';
import { compileSurvival } from '../../analytics/observe/index.ts';
import { cutAfter, periodRow, wholeSpan } from '../../analytics/query/periods.ts';
import { compileExtents } from '../../analytics/query/statements/compile-extents.ts';
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
  ...[SLICE, ROLLED_UP].flatMap((slice) =>
    compilePercentiles([METRIC, { ...METRIC, rollingMonths: 12 }], [...PERIODS, ...CUT], slice).map(
      (statement) => ['percentiles', statement] as const,
    ),
  ),
  ['survival', compileSurvival([{ ...METRIC, kind: 'survival', horizonDays: 365 }], PERIODS, SLICE)],
  ['extents', compileExtents([METRIC], 'observation')],
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
  expect(() => compileExtents([METRIC], HOSTILE)).toThrow('Not a name');
  expect(() => compileSums([METRIC], PERIODS, { ...SLICE, by: [HOSTILE as 'crew'] })).toThrow('Not a name');
});

test('the statement for sums reads as written down here', () => {
  const { text } = compileSums([METRIC], PERIODS, { ...SLICE, by: ['segment'], where: { region: ['North'] } });
  expect(text).toBe(`WITH asked AS (
  SELECT unnest($metrics) AS metric, TRY_CAST(unnest($windows) AS INTEGER) AS window_months
), span AS (
  SELECT CAST(unnest($periods) AS INTEGER) AS period, CAST(unnest($first_months) AS INTEGER) AS first_month,
    CAST(unnest($last_months) AS INTEGER) AS last_month, TRY_CAST(unnest($cut_days) AS DATE) AS cut_day,
    TRY_CAST(unnest($cut_months) AS INTEGER) AS cut_month
), reach AS (
  SELECT metric, period, CASE WHEN window_months IS NULL THEN first_month ELSE last_month - window_months + 1 END AS from_month,
    coalesce(cut_month - 1, last_month) AS to_month, cut_day, cut_month
  FROM asked CROSS JOIN span
), monthly AS (
  SELECT metric, month, CAST(NULL AS INTEGER) AS only_period, "segment", sum(n) AS n, sum(pending) AS pending, CAST(sum(num) AS BIGINT) AS num, CAST(sum(num_rest) AS BIGINT) AS num_rest, CAST(sum(den) AS BIGINT) AS den, CAST(sum(den_rest) AS BIGINT) AS den_rest
  FROM "observation_rollup" WHERE dimension = $dimension AND list_contains($members, member) AND list_contains($metrics, metric)
    AND month BETWEEN $lowest_month AND $highest_month GROUP BY ALL
)
SELECT metric, "segment", period, CAST(sum(n) AS BIGINT) AS n, CAST(sum(pending) AS BIGINT) AS pending, CAST(sum(num) * 1099511627776 + sum(num_rest) AS DOUBLE) / 1125899906842624 AS num, CAST(sum(den) * 1099511627776 + sum(den_rest) AS DOUBLE) / 1125899906842624 AS den
FROM monthly JOIN reach USING (metric)
WHERE (only_period IS NULL AND month BETWEEN from_month AND to_month) OR only_period = period
GROUP BY metric, "segment", period`);
});
