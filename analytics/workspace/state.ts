import type { Sql } from '../contract/sql.ts';
import { readFacts, writeFacts } from '../tables/workspace-facts.ts';

/** A fact about the workspace that must outlive the process. */
export type StateName = 'database form' | 'observations of' | 'data version' | 'as of' | 'tables ahead' | 'failed metrics';

/** The recorded value of a fact, or `null` where none is recorded. */
export async function readState(sql: Sql, name: StateName): Promise<string | null> {
  return (await readStates(sql, [name]))(name);
}

/** Several facts at once. */
export function readStates(sql: Sql, names: readonly StateName[]): Promise<(name: StateName) => string | null> {
  return readFacts(sql, names);
}

/** Records the values of facts. */
export function writeStates(sql: Sql, facts: Readonly<Partial<Record<StateName, string>>>): Promise<void> {
  return writeFacts(sql, facts);
}
