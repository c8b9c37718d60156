import { DIMENSIONS, type Dimension, UNKNOWN_MEMBER } from '../../contract/dimensions.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { dimensionList, type SqlPart, whereCondition } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import type { PeriodSpan } from '../periods.ts';
import { rolledUpBy } from './kept-at.ts';
import { METRIC_PLACE, monthsOf } from './reach.ts';
import type { Slice } from './slice.ts';

/** What the rows of the answer of {@link compileGrounds} tell. */
export const GROUNDS = { held: 0, unusable: 1, unplaced: 2 } as const;

/**
 * One row of the answer of {@link compileGrounds}, about the metric at this place (from 1) among those asked for:
 * - held: a month in which it has observations at all, whatever the filter;
 * - unusable: rejected rows that could be its observations in any month between two (null: however early or late); a member null: of any;
 * - unplaced: observations of a month of which a member asked for is not known; `outside` where it is one that is filtered by.
 */
export type GroundCell = Readonly<Partial<Record<Dimension, string | null>>> & {
  readonly kind: (typeof GROUNDS)[keyof typeof GROUNDS];
  readonly metric: number;
  readonly from_month: number | null;
  readonly to_month: number | null;
  readonly outside: boolean;
  readonly n: number;
};

/** The statement that gives what the values of a slice rest on beside their sums: all of it at once, for each part is small. */
export function compileGrounds(metrics: readonly Metric[], periods: readonly PeriodSpan[], slice: Slice): SqlStatement {
  const parts = [heldMonths(slice), unusableRows(slice), ...unplacedRows(metrics, periods, slice)];
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
    text: `SELECT DISTINCT ${GROUNDS.held} AS kind, ${METRIC_PLACE} AS metric, month AS from_month, month AS to_month, ${nobody}false AS outside, CAST(0 AS DOUBLE) AS n
FROM ${factTable(observations, '_rollup')} WHERE dimension = '' AND ${AMONG}`,
    params: {},
  };
}

function unusableRows(slice: Slice): SqlPart {
  const filtered = filteredBy(slice).map(
    (dimension) => ` AND (${identifier(dimension)} IS NULL OR list_contains($where_${dimension}, ${identifier(dimension)}))`,
  );
  return {
    text: `SELECT ${GROUNDS.unusable}, ${METRIC_PLACE}, from_month, to_month, ${dimensionList(slice.by)}false, CAST(sum(n) AS DOUBLE)
FROM ${factTable(slice.observations, '_unusable')} WHERE ${AMONG}${filtered.join('')} GROUP BY ALL`,
    params: whereCondition(slice.where).params,
  };
}

/** Nothing where a slice neither filters nor splits; from the rolled-up sums where they hold the dimensions asked for. */
function unplacedRows(metrics: readonly Metric[], periods: readonly PeriodSpan[], slice: Slice): SqlPart[] {
  const filtered = filteredBy(slice);
  const used = [...new Set([...filtered, ...slice.by])];
  if (used.length === 0 || periods.length === 0 || metrics.length === 0) return [];
  const rolledUp = rolledUpBy(slice);
  const column = (dimension: Dimension) => (rolledUp === null || dimension === 'segment' ? identifier(dimension) : 'member');
  const isUnknown = (dimension: Dimension) => `${column(dimension)} = '${UNKNOWN_MEMBER}'`;
  const kept = (dimension: Dimension) => `list_contains($where_${dimension}, ${column(dimension)})`;
  const outside = filtered.length === 0 ? 'false' : filtered.map((dimension) => `NOT ${kept(dimension)}`).join(' OR ');
  const range = monthsOf(metrics, periods);
  const place = rolledUp === null ? AMONG : `dimension = ${literal(rolledUp)} AND ${AMONG}`;
  return [
    {
      text: `SELECT ${GROUNDS.unplaced}, ${METRIC_PLACE}, month, month, ${slice.by.map((dimension) => `${column(dimension)}, `).join('')}${outside}, CAST(sum(n) AS DOUBLE)
FROM ${factTable(slice.observations, rolledUp === null ? '_fact' : '_rollup')}
WHERE ${place} AND ${range.text} AND n > 0 AND (${used.map(isUnknown).join(' OR ')})${filtered.map((dimension) => ` AND (${kept(dimension)} OR ${isUnknown(dimension)})`).join('')}
GROUP BY ALL`,
      params: { ...range.params, ...whereCondition(slice.where).params },
    },
  ];
}

function filteredBy({ where }: Slice): Dimension[] {
  return DIMENSIONS.filter((dimension) => where[dimension] !== undefined);
}
