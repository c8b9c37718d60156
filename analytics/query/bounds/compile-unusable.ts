import { DIMENSIONS, type Dimension, UNKNOWN_MEMBER } from '../../contract/dimensions.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import type { SqlStatement } from '../../contract/sql.ts';
import { dimensionList, whereCondition } from '../../observe/index.ts';
import { factTable } from '../../tables/fact-tables.ts';
import { identifier } from '../../tables/identifier.ts';
import type { PeriodSpan } from '../periods.ts';
import { monthsOf } from '../statements/reach.ts';
import type { Slice } from '../statements/slice.ts';

type Members = Readonly<Partial<Record<Dimension, string | null>>>;

/** Rejected rows that could be observations of a metric in any month between two (null: however early or late); a member null: of any. */
export type UnusableCell = Members & {
  readonly metric: string;
  readonly from_month: number | null;
  readonly to_month: number | null;
  readonly n: number;
};

/** Observations of a month of which a member asked for is not known; `outside` where it is one that is filtered by. */
export type UnplacedCell = Members & {
  readonly metric: string;
  readonly month: number;
  readonly outside: boolean;
  readonly n: number;
};

/** The statement that gives the rejected rows that may belong to what a slice keeps. */
export function compileUnusable(metrics: readonly Metric[], slice: Slice): SqlStatement {
  const filtered = filteredBy(slice).map(
    (dimension) => ` AND (${identifier(dimension)} IS NULL OR list_contains($where_${dimension}, ${identifier(dimension)}))`,
  );
  return {
    text: `SELECT metric, ${dimensionList(slice.by)}from_month, to_month, CAST(sum(n) AS BIGINT) AS n
FROM ${factTable(slice.observations, '_unusable')} WHERE list_contains($metrics, metric)${filtered.join('')} GROUP BY ALL`,
    params: { metrics: metrics.map((metric) => metric.id), ...whereCondition(slice.where).params },
  };
}

/** The statement that gives the observations that may belong to what a slice keeps or to one of its splits; null where it does neither. */
export function compileUnplaced(metrics: readonly Metric[], periods: readonly PeriodSpan[], slice: Slice): SqlStatement | null {
  const filtered = filteredBy(slice);
  const isUnknown = (dimension: Dimension) => `${identifier(dimension)} = '${UNKNOWN_MEMBER}'`;
  const kept = (dimension: Dimension) => `list_contains($where_${dimension}, ${identifier(dimension)})`;
  if (filtered.length + slice.by.length === 0 || periods.length === 0 || metrics.length === 0) return null;
  const outside = filtered.length === 0 ? 'false' : filtered.map((dimension) => `NOT ${kept(dimension)}`).join(' OR ');
  const unknown = [...new Set([...filtered, ...slice.by])].map(isUnknown).join(' OR ');
  const range = monthsOf(metrics, periods);
  return {
    text: `SELECT metric, month, ${dimensionList(slice.by)}${outside} AS outside, CAST(sum(n) AS BIGINT) AS n
FROM ${factTable(slice.observations, '_fact')}
WHERE list_contains($metrics, metric) AND ${range.text} AND n > 0 AND (${unknown})${filtered.map((dimension) => ` AND (${kept(dimension)} OR ${isUnknown(dimension)})`).join('')}
GROUP BY ALL`,
    params: { metrics: metrics.map((metric) => metric.id), ...range.params, ...whereCondition(slice.where).params },
  };
}

function filteredBy({ where }: Slice): Dimension[] {
  return DIMENSIONS.filter((dimension) => where[dimension] !== undefined);
}
