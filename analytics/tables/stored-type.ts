import type { ColumnType } from './definition.ts';

const COLUMN_SQL: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  category: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
  integer: 'BIGINT',
  decimal: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/** The SQL type in which a column of the given kind is stored. */
export function storedType(type: ColumnType): string {
  return COLUMN_SQL[type];
}
