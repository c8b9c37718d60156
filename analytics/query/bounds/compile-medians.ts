import type { SqlStatement } from '../../contract/sql.ts';
import { whereCondition } from '../../observe/index.ts';
import { identifier } from '../../tables/identifier.ts';
import { sizesOf } from '../statements/compile-percentiles.ts';
import type { Slice } from '../statements/slice.ts';
import { medianRanks } from './value-bounds.ts';

/** Of which sizes the bounds of the median are asked: those of a metric in some months, of the members of one row. */
export interface MedianQuestion {
  readonly metric: string;
  readonly fromMonth: number;
  readonly toMonth: number;
  readonly members: readonly string[];
  readonly n: number;
  readonly unusable: number;
}

/** The bounds of one median; null beyond all known sizes. `question` is its place among those asked. */
export interface MedianCell {
  readonly question: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The statement that gives the sizes at the ranks of {@link medianRanks}, for many medians at once. */
export function compileMedians(questions: readonly MedianQuestion[], slice: Slice): SqlStatement {
  const where = whereCondition(slice.where);
  const ranks = questions.map((each) => medianRanks(each.n, each.unusable));
  const members = slice.by.map((dimension) => `CAST(unnest($of_${dimension}) AS VARCHAR) AS of_${dimension}`);
  const same = slice.by.map((dimension) => ` AND sized.${identifier(dimension)} = asked.of_${dimension}`);
  const at = (rank: string) =>
    `CASE WHEN ${rank} >= 0 AND ${rank} <= len(sizes) - 1
    THEN (sizes[CAST(floor(${rank}) AS BIGINT) + 1] + sizes[CAST(ceil(${rank}) AS BIGINT) + 1]) / 2 END`;
  return {
    text: `WITH asked AS (
  SELECT CAST(unnest($questions) AS INTEGER) AS question, unnest($asked_metrics) AS metric, CAST(unnest($from_months) AS INTEGER) AS from_month,
    CAST(unnest($to_months) AS INTEGER) AS to_month, CAST(unnest($low_ranks) AS DOUBLE) AS low_rank, CAST(unnest($high_ranks) AS DOUBLE) AS high_rank${members.map((each) => `, ${each}`).join('')}
), found AS (
  SELECT question, low_rank, high_rank, list_sort(list(size)) AS sizes
  FROM ${sizesOf(slice)} JOIN asked ON sized.metric = asked.metric AND sized.month BETWEEN asked.from_month AND asked.to_month${same.join('')}
  WHERE list_contains($asked_metrics, sized.metric)
  GROUP BY question, low_rank, high_rank
)
SELECT question, ${at('low_rank')} AS low, ${at('high_rank')} AS high FROM found`,
    params: {
      ...where.params,
      questions: questions.map((_, index) => String(index)),
      asked_metrics: questions.map((each) => each.metric),
      from_months: questions.map((each) => String(each.fromMonth)),
      to_months: questions.map((each) => String(each.toMonth)),
      low_ranks: ranks.map((each) => String(each.low)),
      high_ranks: ranks.map((each) => String(each.high)),
      ...Object.fromEntries(
        slice.by.map((dimension, at) => [`of_${dimension}`, questions.map((each) => each.members[at] ?? '')]),
      ),
    },
  };
}
