import type { Metric } from '../../contract/metric-definition.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { addedSums, dimensionList, exactSums, monthOfDay, plainSum, type SqlPart, whereCondition } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import { identifier } from '../../tables/identifier.ts';
import type { PeriodSpan } from '../periods.ts';
import { rolledUpBy, rolledUpCondition, rolledUpList } from './kept-at.ts';
import { METRIC_PLACE, monthsOf, spansOf, windowsOf } from './reach.ts';
import type { Slice } from './slice.ts';

/** One row of the answer of {@link compileSums}: the sums of one metric in one period for one combination of members. */
export interface SumsCell {
  /** Its place (from 1) among the metrics asked for. */
  readonly metric: number;
  /** Its place (from 0) among the periods asked for. */
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
  const spans = spansOf(periods);
  const windows = windowsOf(metrics);
  const monthly = monthlySums(slice, monthsOf(metrics, periods));
  const cut = periods.some((period) => period.cut) ? cutSums(slice) : null;
  const by = dimensionList(slice.by);
  const rows = `metric, period, ${by}n, pending, num, num_rest, den, den_rest`;
  const parts = [
    `SELECT ${rows} FROM monthly JOIN covered USING (month)${windows ? ' ANTI JOIN rolling USING (metric)' : ''}`,
    ...(windows ? [`SELECT ${rows} FROM monthly JOIN rolling_covered USING (metric, month)`] : []),
    ...(cut ? [cut.text] : []),
  ];
  return {
    text: `WITH ${spans.text}, ${windows ? `${windows.text}, ` : ''}monthly AS (
  ${monthly.text}
)
SELECT metric, ${by}period, CAST(sum(n) AS DOUBLE) AS n, CAST(sum(pending) AS DOUBLE) AS pending, ${plainSum('num')} AS num, ${plainSum('den')} AS den
FROM (
  ${parts.join('\n  UNION ALL\n  ')}
) placed
GROUP BY metric, ${by}period`,
    params: {
      metrics: metrics.map((metric) => metric.id),
      ...spans.params,
      ...windows?.params,
      ...monthly.params,
      ...cut?.params,
    },
    // Of all facts and of observations storage skips what the values of the parameters leave out.
    isPlanKept: rolledUpBy(slice) !== null && cut === null,
  };
}

/** Sums by metric, month and the dimensions asked for: from the rolled-up ones where they hold what is asked, else from all facts. */
function monthlySums(slice: Slice, range: SqlPart): SqlPart {
  const dimension = rolledUpBy(slice);
  const among = `list_contains(CAST($metrics AS VARCHAR[]), metric) AND ${range.text}`;
  if (dimension !== null) {
    const kept = rolledUpCondition(dimension, slice);
    return {
      text: `SELECT ${METRIC_PLACE} AS metric, month, ${rolledUpList(slice)}n, pending, num, num_rest, den, den_rest
  FROM ${factTable(slice.observations, '_rollup')} WHERE ${kept.text} AND ${among}`,
      params: { ...kept.params, ...range.params },
    };
  }
  const where = whereCondition(slice.where);
  return {
    text: `SELECT ${METRIC_PLACE} AS metric, month, ${dimensionList(slice.by)}sum(n) AS n, sum(pending) AS pending, ${addedSums('num')}, ${addedSums('den')}
  FROM ${factTable(slice.observations, '_fact')} WHERE ${among}${where.text} GROUP BY ALL`,
    params: { ...where.params, ...range.params },
  };
}

/** The sums of the month in which a period is cut off, up to its last day. */
function cutSums(slice: Slice): SqlPart {
  const where = whereCondition(slice.where);
  return {
    text: `SELECT metric, period, ${dimensionList(slice.by)}count(num) FILTER (WHERE mature), count(*) FILTER (WHERE NOT mature),
    ${exactSums('num', 'mature')}, ${exactSums('den', 'mature')}
  FROM (
    SELECT * REPLACE (${METRIC_PLACE} AS metric), matures_on IS NULL OR matures_on <= CAST($as_of AS DATE) AS mature
    FROM ${identifier(slice.observations)}
    WHERE list_contains(CAST($metrics AS VARCHAR[]), metric)
      AND day BETWEEN (SELECT min(date_trunc('month', cut_day)) FROM span) AND (SELECT max(cut_day) FROM span)${where.text}
  ) observed JOIN span ON ${monthOfDay('day')} = cut_month AND day <= cut_day
  GROUP BY metric, period${slice.by.map((dimension) => `, ${identifier(dimension)}`).join('')}`,
    params: { ...where.params, as_of: slice.asOf },
  };
}
