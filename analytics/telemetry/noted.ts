import type { Sql } from '../contract/sql.ts';

/** What is noted down under a name, as {@link writeNoted} wrote it; null where nothing is. */
export async function readNoted<Value>(sql: Sql, name: string): Promise<Value | null> {
  const [row] = await sql.rows<{ value: string }>({
    text: 'SELECT value FROM workspace_state WHERE name = $name',
    params: { name },
  });
  return row ? (JSON.parse(row.value) as Value) : null;
}

/** Notes down a plain value under a name, in place of what is there. */
export async function writeNoted(sql: Sql, name: string, value: object): Promise<void> {
  await sql.run({ text: 'DELETE FROM workspace_state WHERE name = $name', params: { name } });
  await sql.run({ text: 'INSERT INTO workspace_state VALUES ($name, $value)', params: { name, value: JSON.stringify(value) } });
}
