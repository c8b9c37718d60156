import type { MetricRow } from '../contract/metric-query.ts';
import { monthIndex, monthOfIndex } from '../contract/period.ts';
import type { Sql } from '../contract/sql.ts';
import { readGrounds } from './grounds.ts';
import { type QueryContext, queryMetrics } from './query-metrics.ts';
import type { Slice } from './statements/slice.ts';

/**
 * The values of all metrics of the context, companions too, over all members, in every month from the first in which any of
 * them has data to that of the as-of day. Outside these months no metric has a value.
 */
export async function monthlyValues(sql: Sql, context: QueryContext): Promise<readonly MetricRow[]> {
  const slice: Slice = { observations: context.observations ?? 'observation', asOf: context.asOf, by: [], where: {} };
  const { firstMonths } = await readGrounds(sql, context.metrics, slice);
  const first = Math.min(...firstMonths.values());
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
