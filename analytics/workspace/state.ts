import type { UnavailableMetric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';

/** A fact about the workspace that must outlive the process. */
export type StateName = 'database form' | 'observations of' | 'data version' | 'as of' | 'failed metrics';

/** Stands for the fingerprint of observations while they do not follow from the data. */
export const OUT_OF_DATE = 'out of date';

/** The recorded value of a fact, or `null` where none is recorded. */
export async function readState(sql: Sql, name: StateName): Promise<string | null> {
  const [row] = await sql.rows<{ value: string }>({
    text: 'SELECT value FROM workspace_state WHERE name = $name',
    params: { name },
  });
  return row?.value ?? null;
}

/** Records the value of a fact. */
export async function writeState(sql: Sql, name: StateName, value: string): Promise<void> {
  await sql.transaction(async () => {
    await sql.run({ text: 'DELETE FROM workspace_state WHERE name = $name', params: { name } });
    await sql.run({ text: 'INSERT INTO workspace_state VALUES ($name, $value)', params: { name, value } });
  });
}

/** The metrics whose statement failed when observations were last computed; they have none. */
export async function readFailedMetrics(sql: Sql): Promise<readonly UnavailableMetric[]> {
  return JSON.parse((await readState(sql, 'failed metrics')) ?? '[]') as UnavailableMetric[];
}
