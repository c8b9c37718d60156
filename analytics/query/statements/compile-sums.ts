import type { Metric } from '../../contract/metric-definition.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { addedSums, dimensionList, exactSums, monthOfDay, plainSum, type SqlPart, whereCondition } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import { identifier } from '../../tables/identifier.ts';
import type { PeriodSpan } from '../periods.ts';
import { rolledUpBy, rolledUpCondition, rolledUpList } from './kept-at.ts';
import { monthsOf, reachOf } from './reach.ts';
import type { Slice } from './slice.ts';

/** One row of the answer of {@link compileSums}: the sums of one metric in one period for one combination of members. */
export interface SumsCell {
  readonly metric: string;
  /** Its place among the periods asked for. */
  readonly period: number;
  readonly n: number;
  readonly pending: number;
  readonly num: number | null;
  readonly den: number | null;
}

/**
 * The statement that gives the sums and counts of many metrics in many periods at once, from kept month sums; only the month
 * in which a period is cut off is read from observations. Only mature observations enter the sums; the others are `pending`.
 */
export function compileSums(metrics: readonly Metric[], periods: readonly PeriodSpan[], slice: Slice): SqlStatement {
  const reach = reachOf(metrics, periods);
  const monthly = monthlySums(slice);
  const cut = periods.some((period) => period.cut) ? cutSums(slice) : null;
  const by = dimensionList(slice.by);
  const range = monthsOf(metrics, periods);
  return {
    text: `WITH ${reach.text}, monthly AS (
  SELECT metric, month, CAST(NULL AS INTEGER) AS only_period, ${monthly.text}
    AND ${range.text} GROUP BY ALL${cut ? `\n  UNION ALL\n  ${cut.text}` : ''}
)
SELECT metric, ${by}period, CAST(sum(n) AS BIGINT) AS n, CAST(sum(pending) AS BIGINT) AS pending, ${plainSum('num')} AS num, ${plainSum('den')} AS den
FROM monthly JOIN reach USING (metric)
WHERE (only_period IS NULL AND month BETWEEN from_month AND to_month) OR only_period = period
GROUP BY metric, ${by}period`,
    params: { ...reach.params, ...range.params, ...monthly.params, ...cut?.params },
  };
}

/** Sums by metric, month and the dimensions asked for: from the rolled-up ones where they hold what is asked, else from all facts. */
function monthlySums(slice: Slice): SqlPart {
  const sums = `sum(n) AS n, sum(pending) AS pending, ${addedSums('num')}, ${addedSums('den')}`;
  const dimension = rolledUpBy(slice);
  if (dimension !== null) {
    const kept = rolledUpCondition(dimension, slice);
    return {
      text: `${rolledUpList(slice)}${sums}
  FROM ${factTable(slice.observations, '_rollup')} WHERE ${kept.text} AND list_contains($metrics, metric)`,
      params: kept.params,
    };
  }
  const where = whereCondition(slice.where);
  return {
    text: `${dimensionList(slice.by)}${sums}
  FROM ${factTable(slice.observations, '_fact')} WHERE list_contains($metrics, metric)${where.text}`,
    params: where.params,
  };
}

/** The sums of the month in which a period is cut off, up to its last day. */
function cutSums(slice: Slice): SqlPart {
  const where = whereCondition(slice.where);
  return {
    text: `SELECT metric, cut_month, period, ${dimensionList(slice.by)}count(num) FILTER (WHERE mature), count(*) FILTER (WHERE NOT mature),
    ${exactSums('num', 'mature')}, ${exactSums('den', 'mature')}
  FROM (
    SELECT *, matures_on IS NULL OR matures_on <= CAST($as_of AS DATE) AS mature FROM ${identifier(slice.observations)}
    WHERE day BETWEEN (SELECT min(date_trunc('month', cut_day)) FROM span) AND (SELECT max(cut_day) FROM span)${where.text}
  ) observed JOIN reach USING (metric)
  WHERE ${monthOfDay('day')} = cut_month AND day <= cut_day GROUP BY ALL`,
    params: { ...where.params, as_of: slice.asOf },
  };
}
