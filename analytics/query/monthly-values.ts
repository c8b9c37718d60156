import type { MetricRow } from '../contract/metric-query.ts';
import { monthIndex, monthOfIndex } from '../contract/period.ts';
import type { Sql } from '../contract/sql.ts';
import { type QueryContext, queryMetrics } from './query-metrics.ts';
import { firstMonths } from './standing.ts';
import { compileExtents, type ExtentCell } from './statements/compile-extents.ts';

/**
 * The values of all metrics of the context, companions too, over all members, in every month from the first in which any of
 * them has data to that of the as-of day. Outside these months no metric has a value.
 */
export async function monthlyValues(sql: Sql, context: QueryContext): Promise<readonly MetricRow[]> {
  const extents = await sql.rows<ExtentCell>(compileExtents(context.metrics, context.observations ?? 'observation'));
  const first = Math.min(...firstMonths(extents).values());
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
