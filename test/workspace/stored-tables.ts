import type { Workspace } from '../../analytics/workspace/open.ts';

/** Every table of the workspace, temporary ones of the writing connection too, with its rows as text in the order in which they are stored. */
export async function storedTables({ writer }: Workspace): Promise<Record<string, readonly string[]>> {
  const names = await writer.rows<{ name: string }>({
    text: "SELECT database_name || '.main.' || table_name AS name FROM duckdb_tables() ORDER BY name",
  });
  const tables: Record<string, readonly string[]> = {};
  for (const { name } of names) {
    const rows = await writer.rows<{ row: string }>({ text: `SELECT CAST(t AS VARCHAR) AS row FROM ${name} t` });
    tables[name] = rows.map((each) => each.row);
  }
  return tables;
}
