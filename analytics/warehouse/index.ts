export { type Connection, type Database, type DatabaseOptions, openDatabase } from './database.ts';
export { installDialect } from './dialect.ts';
export { createPart, dropParts, keepPart, mayBePart, type PartColumn, storedRowsOf, takeOut } from './parts.ts';
export { createTables, tableStatements } from './schema.ts';
