export { type Connection, type Database, type DatabaseOptions, openDatabase } from './database.ts';
export { installDialect } from './dialect.ts';
export { type Readers, readersOf } from './readers.ts';
export { createTables, tableStatements } from './schema.ts';
