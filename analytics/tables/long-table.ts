import type { TableDefinition } from './definition.ts';
import { identifier } from './identifier.ts';

/**
 * A long table is a view: over the table that takes rows one by one, and over a table of its own, a *part*, for each long file.
 * The view has one column more than other tables: the second of `happensAt`, give or take one, by which storage of every part can be skipped.
 */
export const SECOND = 'happened_second';

/** The name of the table that takes and changes the rows: the table's own unless it is long. */
export function rowsOf({ name, long }: Pick<TableDefinition, 'name' | 'long'>): string {
  return long ? `${name}_row` : name;
}

/** The name of the part of a long table that holds a file. */
export function partName({ name }: TableDefinition, fileId: number): string {
  return `${name}_part_${Math.trunc(fileId)}`;
}

/** The last column of a long table's view, over its time as stored. */
export function secondOf(time: string): string {
  return `CAST(${time} AS TIMESTAMP_S) AS ${SECOND}`;
}

/** True, as SQL, where the time of a row of the table is not before an instant, itself SQL. */
export function notBefore(table: TableDefinition, column: string, instant: string): string {
  return `${identifier(column)} >= ${instant}${table.long && column === table.happensAt ? ` AND ${SECOND} >= CAST(${instant} - INTERVAL 1 SECOND AS TIMESTAMP_S)` : ''}`;
}

/** The same of both ends of a span. */
export function within(table: TableDefinition, column: string, span: readonly [least: string, most: string]): string {
  const [, most] = span;
  const isSeconds = table.long && column === table.happensAt;
  return `${notBefore(table, column, span[0])} AND ${identifier(column)} <= ${most}${isSeconds ? ` AND ${SECOND} <= CAST(${most} + INTERVAL 1 SECOND AS TIMESTAMP_S)` : ''}`;
}
