import type { Sql } from '../contract/sql.ts';
import { readFacts, writeFacts } from '../tables/workspace-facts.ts';

/** What is noted down under a name, as {@link writeNoted} wrote it; null where nothing is. */
export async function readNoted<Value>(sql: Sql, name: string): Promise<Value | null> {
  const value = (await readFacts(sql, [name]))(name);
  return value === null ? null : (JSON.parse(value) as Value);
}

/** Notes down a plain value under a name, in place of what is there. */
export function writeNoted(sql: Sql, name: string, value: object): Promise<void> {
  return writeFacts(sql, { [name]: JSON.stringify(value) });
}
