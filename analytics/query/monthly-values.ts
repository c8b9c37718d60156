import type { MetricRow } from '../contract/metric-query.ts';
import { monthIndex, monthOfIndex } from '../contract/period.ts';
import type { Sql } from '../contract/sql.ts';
import { readFirstMonths } from './grounds.ts';
import { type QueryContext, queryMetrics } from './query-metrics.ts';

/**
 * The values of all metrics of the context, companions too, over all members, in every month from the first in which any of
 * them has data to that of the as-of day. Outside these months no metric has a value.
 */
export async function monthlyValues(sql: Sql, context: QueryContext): Promise<readonly MetricRow[]> {
  const firstMonths = await readFirstMonths(sql, { observations: context.observations ?? 'observation' });
  const first = Math.min(...context.metrics.flatMap(({ id }) => firstMonths.get(id) ?? []));
  const to = context.asOf.slice(0, 7);
  if (first > monthIndex(to)) return [];
  const metrics = context.metrics.map((metric) => metric.id);
  const { rows } = await queryMetrics(sql, context, {
    metrics,
    from: monthOfIndex(first),
    to,
    grain: 'month',
    by: [],
    where: {},
  });
  return rows;
}
