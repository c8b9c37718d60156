import { DIMENSIONS } from '../contract/dimensions.ts';
import { identifier } from './identifier.ts';

const MEMBERS = DIMENSIONS.map((dimension) => [dimension, 'VARCHAR'] as const);
const SUMS = [
  ['n', 'INTEGER'],
  ['pending', 'INTEGER'],
  ['num', 'BIGINT'],
  ['num_rest', 'BIGINT'],
  ['den', 'BIGINT'],
  ['den_rest', 'BIGINT'],
] as const;

/**
 * What is kept of observations so that a view need not read them, each a table whose name begins with that of its observations:
 * `_combination` each combination of members that occurs, with a number, which costs less to compare than five texts; `_fact` the sums of each
 * metric and month by combination; `_rollup` the same by segment and at most one other
 * dimension (`''`: none); `_size` the mature sizes of metrics that have percentiles, in order of metric and day; `_percentile`
 * those percentiles by month, at most one other dimension and segment (null: all segments); `_survival` the survival of all
 * relations so far at the end of each of the last months, by segment (null: all segments); `_unusable` how many rejected rows
 * could have been an observation of each metric, in which months (null: however early or late) and of which members (null: of any).
 */
export const FACT_TABLES = {
  _combination: [['combination', 'INTEGER'], ...MEMBERS],
  _fact: [['metric', 'VARCHAR'], ['month', 'INTEGER'], ['combination', 'INTEGER'], ...SUMS],
  _rollup: [
    ['dimension', 'VARCHAR'],
    ['member', 'VARCHAR'],
    ['metric', 'VARCHAR'],
    ['month', 'INTEGER'],
    ['segment', 'VARCHAR'],
    ...SUMS,
  ],
  _size: [
    ['metric', 'VARCHAR'],
    ['month', 'INTEGER'],
    ['day', 'DATE'],
    ['combination', 'INTEGER'],
    ['size', 'DOUBLE'],
  ],
  _percentile: [
    ['dimension', 'VARCHAR'],
    ['member', 'VARCHAR'],
    ['metric', 'VARCHAR'],
    ['month', 'INTEGER'],
    ['segment', 'VARCHAR'],
    ['p50', 'DOUBLE'],
    ['p85', 'DOUBLE'],
    ['p95', 'DOUBLE'],
  ],
  _unusable: [['metric', 'VARCHAR'], ['from_month', 'INTEGER'], ['to_month', 'INTEGER'], ...MEMBERS, ['n', 'INTEGER']],
  _survival: [
    ['metric', 'VARCHAR'],
    ['month', 'INTEGER'],
    ['segment', 'VARCHAR'],
    ['n', 'BIGINT'],
    ['longest', 'BIGINT'],
    ['events', 'BIGINT'],
    ['survival', 'DOUBLE'],
    ['greenwood', 'DOUBLE'],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [string, string])[]>>;

export type FactTable = keyof typeof FACT_TABLES;

/** The tables of which each row belongs to a metric. */
export const TABLES_OF_METRICS = (Object.keys(FACT_TABLES) as FactTable[]).filter((table) =>
  FACT_TABLES[table].some(([name]) => name === 'metric'),
);

/** The quoted name of a table of facts of `observations`. */
export function factTable(observations: string, table: FactTable): string {
  return identifier(`${observations}${table}`);
}

/** The columns of a table of facts with their types, for `CREATE TABLE`. */
export function factColumns(table: FactTable): string {
  return FACT_TABLES[table].map(([name, type]) => `${identifier(name)} ${type}`).join(', ');
}
