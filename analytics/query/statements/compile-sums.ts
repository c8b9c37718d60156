import { type Dimension, UNKNOWN_MEMBER } from '../../contract/dimensions.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import { monthIndex } from '../../contract/period.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { addedSums, dimensionList, exactSums, whereCondition, wholeAndPart } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import type { PeriodSpan } from '../periods.ts';
import { filteredBy, rolledUpBy, rolledUpList } from './kept-at.ts';
import { METRIC_PLACE, monthsOf } from './reach.ts';
import type { Slice } from './slice.ts';

const AMONG = 'list_contains(CAST($metrics AS VARCHAR[]), metric)';
const SUMS = `n, pending, ${wholeAndPart('num')}, ${wholeAndPart('den')}`;

/**
 * The statement that gives kept sums of metrics month by month: `metric` (its place), `month`, the members split by, `n`, `pending`,
 * and `num` and `den` as {@link wholeAndPart} gives them. Several rows may be of one month and the same members. Only mature observations
 * enter the sums; the others are `pending`. Beside the rows of a slice come those that could be of it, because a member that is
 * filtered by is not known of them: `outside` is 1.
 */
export function compileMonths(metrics: readonly Metric[], periods: readonly PeriodSpan[], slice: Slice): SqlStatement {
  const range = monthsOf(metrics, periods);
  const filtered = filteredBy(slice);
  const dimension = rolledUpBy(slice);
  const column = (each: Dimension) => (dimension === null || each === 'segment' ? identifier(each) : 'member');
  const kept = (each: Dimension) => `list_contains(CAST($where_${each} AS VARCHAR[]), ${column(each)})`;
  const among = filtered.map((each) => ` AND (${kept(each)} OR ${column(each)} = '${UNKNOWN_MEMBER}')`).join('');
  const outside = filtered.length === 0 ? '0' : `CAST(NOT (${filtered.map(kept).join(' AND ')}) AS INTEGER)`;
  const params = { metrics: metrics.map((metric) => metric.id), ...range.params, ...whereCondition(slice.where).params };
  if (dimension !== null) {
    return {
      text: `SELECT ${METRIC_PLACE} AS metric, month, ${outside} AS outside, ${rolledUpList(slice)}${SUMS}
FROM ${factTable(slice.observations, '_rollup')} WHERE dimension = ${literal(dimension)} AND ${AMONG} AND ${range.text}${among}`,
      params,
    };
  }
  const by = dimensionList(slice.by);
  return {
    text: `SELECT ${METRIC_PLACE} AS metric, month, outside, ${by}${SUMS} FROM (
  SELECT metric, month, outside, ${by}CAST(sum(n) AS DOUBLE) AS n, CAST(sum(pending) AS DOUBLE) AS pending, ${addedSums('num')}, ${addedSums('den')}
  FROM ${factTable(slice.observations, '_fact')}
  JOIN (SELECT ${by}${outside} AS outside, combination FROM ${factTable(slice.observations, '_combination')} WHERE true${among}) kept USING (combination)
  WHERE ${slice.ofMost ? '' : `${AMONG} AND `}${range.text} GROUP BY ALL
) summed WHERE ${AMONG}`,
    params,
  };
}

/**
 * The statement that gives, in the form of {@link compileMonths} with a `period` (its place) for the month, the sums of the month in which
 * each of the periods is cut off, up to its last day: from the observations. All periods given must be cut off.
 */
export function compileCutMonths(metrics: readonly Metric[], periods: readonly PeriodSpan[], slice: Slice): SqlStatement {
  const where = whereCondition(slice.where);
  const by = dimensionList(slice.by);
  const isBefore = periods.map((_, place) => `day BETWEEN CAST($from_${place} AS DATE) AND CAST($to_${place} AS DATE)`);
  const days = periods.flatMap((period, place) => [
    [`from_${place}`, `${period.lastDay.slice(0, 7)}-01`] as const,
    [`to_${place}`, period.lastDay] as const,
  ]);
  return {
    text: periods
      .map(
        (_, place) => `SELECT ${METRIC_PLACE} AS metric, ${place} AS period, ${by}${SUMS} FROM (
  SELECT metric, ${by}CAST(count(num) FILTER (WHERE mature) AS DOUBLE) AS n, CAST(count(*) FILTER (WHERE NOT mature) AS DOUBLE) AS pending,
    ${exactSums('num', 'mature')}, ${exactSums('den', 'mature')}
  FROM (
    SELECT *, matures_on IS NULL OR matures_on <= CAST($as_of AS DATE) AS mature FROM ${identifier(slice.observations)}
    WHERE ${AMONG} AND ${isBefore[place]}${where.text}
  ) observed GROUP BY ALL
) summed`,
      )
      .join('\nUNION ALL\n'),
    params: { metrics: metrics.map((metric) => metric.id), as_of: slice.asOf, ...Object.fromEntries(days), ...where.params },
  };
}

/** The whole months of a period that its value covers: of a rolling metric those of its window. The month in which it is cut off is not whole. */
export function wholeMonths(period: PeriodSpan, rollingMonths: number | undefined): readonly [number, number] {
  const first = rollingMonths === undefined ? period.firstMonth : period.lastMonth - rollingMonths + 1;
  return [first, period.cut ? monthIndex(period.lastDay.slice(0, 7)) - 1 : period.lastMonth];
}
