import { type Settings, settingsSchema } from '../../analytics/contract/settings.ts';
import type { TableDefinition } from '../../analytics/tables/definition.ts';
import { identifier } from '../../analytics/tables/identifier.ts';
import { tableNamed } from '../../analytics/tables/index.ts';
import { rowsOf } from '../../analytics/tables/long-table.ts';
import { type Connection, createTables, installDialect, openDatabase } from '../../analytics/warehouse/index.ts';

export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/** A database in memory with every table made and the helpers installed, for tests. */
export interface MemoryWorkspace {
  readonly sql: Connection;
  readonly settings: Settings;
  /** Puts rows into a canonical table; timestamps are UTC text, absent columns null, provenance counts lines from 2. */
  insert(table: string, rows: readonly Row[]): Promise<void>;
  close(): void;
}

/** Opens a {@link MemoryWorkspace}, in a `file` where one is named; `settings` as `weir.json` would say them. */
export async function memoryWorkspace(settings: object = {}, { file = ':memory:', threads = 1 } = {}): Promise<MemoryWorkspace> {
  const parsed = settingsSchema.parse(settings);
  const database = await openDatabase(file, { threads });
  const sql = await database.connect();
  await createTables(sql);
  await installDialect(sql, parsed);
  const lines = new Map<string, number>();
  return {
    sql,
    settings: parsed,
    async insert(name, rows) {
      const table = tableNamed(name);
      if (!table) throw new Error(`No table ${name}`);
      for (const row of rows) {
        const line = (lines.get(name) ?? 1) + 1;
        lines.set(name, line);
        await insertRow(sql, table, row, line);
      }
    },
    close: () => database.close(),
  };
}

async function insertRow(sql: Connection, table: TableDefinition, row: Row, line: number): Promise<void> {
  const unknown = Object.keys(row).filter((name) => !table.columns.some((column) => column.name === name));
  if (unknown.length > 0) throw new Error(`${table.name} has no column ${unknown.join(', ')}`);
  const names = table.columns.map((column) => column.name).filter((name) => name in row);
  const provenance: Row = { source_system: 'test', batch_id: 1, file_id: 1, line };
  const all = { ...row, ...provenance };
  const columns = [...names, ...Object.keys(provenance)];
  await sql.run({
    text: `INSERT INTO ${identifier(rowsOf(table))} (${columns.map(identifier).join(', ')}) VALUES (${columns.map((name) => `$${name}`).join(', ')})`,
    params: Object.fromEntries(columns.map((name) => [name, all[name] ?? null])),
  });
}
