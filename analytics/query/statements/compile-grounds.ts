import type { Metric } from '../../contract/metric-definition.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { dimensionList, whereCondition } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import { identifier } from '../../tables/identifier.ts';
import { filteredBy } from './kept-at.ts';
import { METRIC_PLACE } from './reach.ts';
import type { Slice } from './slice.ts';

const AMONG = 'list_contains(CAST($metrics AS VARCHAR[]), metric)';

/** The statement that gives the months (`month`) in which each metric has observations at all: `metric` is its id. */
export function compileHeldMonths({ observations }: Pick<Slice, 'observations'>): SqlStatement {
  return {
    text: `SELECT DISTINCT metric, month FROM ${factTable(observations, '_rollup')} WHERE dimension = ''`,
  };
}

/**
 * The statement that gives how many rejected rows (`n`) could be observations of the metric at the place `metric`, in any month between two
 * (null: however early or late), of the members split by (null: of any).
 */
export function compileUnusable(metrics: readonly Metric[], slice: Slice): SqlStatement {
  const filtered = filteredBy(slice).map(
    (dimension) =>
      ` AND (${identifier(dimension)} IS NULL OR list_contains(CAST($where_${dimension} AS VARCHAR[]), ${identifier(dimension)}))`,
  );
  return {
    text: `SELECT ${METRIC_PLACE} AS metric, from_month, to_month, ${dimensionList(slice.by)}CAST(sum(n) AS DOUBLE) AS n
FROM ${factTable(slice.observations, '_unusable')} WHERE ${AMONG}${filtered.join('')} GROUP BY ALL`,
    params: { metrics: metrics.map((metric) => metric.id), ...whereCondition(slice.where).params },
  };
}
