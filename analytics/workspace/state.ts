import type { Sql } from '../contract/sql.ts';

/** A fact about the workspace that must outlive the process. */
export type StateName = 'database form' | 'observations of' | 'data version' | 'as of' | 'tables ahead' | 'failed metrics';

/** The recorded value of a fact, or `null` where none is recorded. */
export async function readState(sql: Sql, name: StateName): Promise<string | null> {
  return (await readStates(sql, [name]))(name);
}

/** Several facts at once. */
export async function readStates(sql: Sql, names: readonly StateName[]): Promise<(name: StateName) => string | null> {
  const rows = await sql.rows<{ name: string; value: string }>({
    text: 'SELECT name, value FROM workspace_state WHERE list_contains($names, name)',
    params: { names },
  });
  return (name) => rows.find((row) => row.name === name)?.value ?? null;
}

/** Records the values of facts. */
export async function writeStates(sql: Sql, facts: Readonly<Partial<Record<StateName, string>>>): Promise<void> {
  const names = Object.keys(facts);
  await sql.transaction(async () => {
    await sql.run({ text: 'DELETE FROM workspace_state WHERE list_contains($names, name)', params: { names } });
    await sql.run({
      text: 'INSERT INTO workspace_state SELECT unnest($names), unnest($values)',
      params: { names, values: Object.values(facts) },
    });
  });
}
