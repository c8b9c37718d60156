import type { Metric } from '../../contract/metric-definition.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { dimensionList, type SqlPart, whereCondition } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import { identifier } from '../../tables/identifier.ts';
import { filteredBy } from './kept-at.ts';
import { METRIC_PLACE } from './reach.ts';
import type { Slice } from './slice.ts';

/** What the rows of the answer of {@link compileGrounds} tell. */
export const GROUNDS = { held: 0, unusable: 1 } as const;

/**
 * The statement that gives what the values of a slice rest on beside their sums, about the metric at the place `metric`; its rows are of two kinds:
 * - held: a month (`from_month`) in which it has observations at all, whatever the filter;
 * - unusable: how many rejected rows (`n`) could be its observations in any month between two (null: however early or late); a member null: of any.
 */
export function compileGrounds(metrics: readonly Metric[], slice: Slice): SqlStatement {
  const parts = [heldMonths(slice), unusableRows(slice)];
  return {
    text: parts.map((part) => part.text).join('\nUNION ALL\n'),
    params: Object.assign({ metrics: metrics.map((metric) => metric.id) }, ...parts.map((part) => part.params)),
    isPlanKept: true,
  };
}

const AMONG = 'list_contains(CAST($metrics AS VARCHAR[]), metric)';

function heldMonths({ observations, by }: Slice): SqlPart {
  const nobody = by.map((dimension) => `CAST(NULL AS VARCHAR) AS ${identifier(dimension)}, `).join('');
  return {
    text: `SELECT DISTINCT ${GROUNDS.held} AS kind, ${METRIC_PLACE} AS metric, month AS from_month, month AS to_month, ${nobody}CAST(0 AS DOUBLE) AS n
FROM ${factTable(observations, '_rollup')} WHERE dimension = '' AND ${AMONG}`,
    params: {},
  };
}

function unusableRows(slice: Slice): SqlPart {
  const filtered = filteredBy(slice).map(
    (dimension) =>
      ` AND (${identifier(dimension)} IS NULL OR list_contains(CAST($where_${dimension} AS VARCHAR[]), ${identifier(dimension)}))`,
  );
  return {
    text: `SELECT ${GROUNDS.unusable}, ${METRIC_PLACE}, from_month, to_month, ${dimensionList(slice.by)}CAST(sum(n) AS DOUBLE)
FROM ${factTable(slice.observations, '_unusable')} WHERE ${AMONG}${filtered.join('')} GROUP BY ALL`,
    params: whereCondition(slice.where).params,
  };
}
