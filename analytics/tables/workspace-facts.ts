import type { Sql } from '../contract/sql.ts';

/** The values of facts that must outlive the process, by name: null where none is recorded. */
export async function readFacts<Name extends string>(sql: Sql, names: readonly Name[]): Promise<(name: Name) => string | null> {
  const rows = await sql.rows<{ name: string; value: string }>({
    text: 'SELECT name, value FROM workspace_state WHERE list_contains($names, name)',
    params: { names },
  });
  return (name) => rows.find((row) => row.name === name)?.value ?? null;
}

/** Records the values of facts, in place of those there are. */
export async function writeFacts(sql: Sql, facts: Readonly<Record<string, string>>): Promise<void> {
  const names = Object.keys(facts);
  await sql.transaction(async () => {
    await sql.run({ text: 'DELETE FROM workspace_state WHERE list_contains($names, name)', params: { names } });
    await sql.run({
      text: 'INSERT INTO workspace_state SELECT unnest($names), unnest($values)',
      params: { names, values: Object.values(facts) },
    });
  });
}
