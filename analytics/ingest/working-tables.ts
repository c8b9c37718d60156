import type { Sql } from '../contract/sql.ts';
import { identifier } from '../tables/identifier.ts';

/** Drops what an import leaves on the connection it ran on: its rows as text and as values, which take as much memory as the file. */
export async function dropWorkingTables(sql: Sql): Promise<void> {
  await sql.transaction(async () => {
    const made = await sql.rows<{ kind: string; name: string }>({
      text: `SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views() WHERE temporary AND starts_with(view_name, 'ingest_')
        UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary AND starts_with(table_name, 'ingest_')
        ORDER BY kind DESC`,
    });
    for (const { kind, name } of made) await sql.run({ text: `DROP ${kind} temp.main.${identifier(name)}` });
  });
}
