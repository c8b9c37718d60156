import type { ColumnDefinition, ColumnType, TableDefinition } from './definition.ts';
import { literal } from './identifier.ts';

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

/** The SQL type in which a column of the table is stored, spelt as the database spells it. */
export function columnType(table: TableDefinition, { type, members }: ColumnDefinition): string {
  return table.long && members ? `ENUM(${Object.keys(members).map(literal).join(', ')})` : storedType(type);
}

/** The shape in which the database reads these columns from a JSON object, as its `from_json` takes it. */
export function jsonShape(columns: readonly Pick<ColumnDefinition, 'name' | 'type'>[]): string {
  return JSON.stringify(Object.fromEntries(columns.map(({ name, type }) => [name, storedType(type)])));
}
