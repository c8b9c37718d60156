import type { Metric } from '../../contract/metric-definition.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { factTable } from '../../tables/fact-tables.ts';

/** One row of the answer of {@link compileExtents}: a month (as index) in which a metric has observations. */
export interface ExtentCell {
  readonly metric: string;
  readonly month: number;
}

/** The statement that gives the months in which each metric has observations at all, whatever the filter of the query. */
export function compileExtents(metrics: readonly Metric[], observations: string): SqlStatement {
  return {
    text: `SELECT DISTINCT metric, month FROM ${factTable(observations, '_rollup')}
WHERE dimension = '' AND list_contains($metrics, metric) ORDER BY ALL`,
    params: { metrics: metrics.map((metric) => metric.id) },
  };
}
