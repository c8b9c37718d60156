import { TABLES_OF_METRICS } from '../../analytics/tables/fact-tables.ts';
import type { Workspace } from '../../analytics/workspace/open.ts';
import { factRows } from '../support/fact-rows.ts';

/** Everything that follows from the canonical tables. */
const DERIVED = [
  'port_day',
  'port_month',
  'port_state',
  ...['kept_register', 'kept_port', 'kept_charger', 'kept_said', 'kept_contact', 'kept_stretch'],
  'observation',
];

/** The rows of every derived table, each as text to the last bit, in an order that does not depend on how they are stored. */
export async function derived({ writer }: Workspace): Promise<Record<string, readonly string[]>> {
  const tables: Record<string, readonly string[]> = {};
  const facts = TABLES_OF_METRICS.map((table) => [`observation${table}`, factRows('observation', table)] as const);
  for (const [table, from] of [...DERIVED.map((each) => [each, each] as const), ...facts]) {
    const rows = await writer.rows<{ row: string }>({ text: `SELECT CAST(t AS VARCHAR) AS row FROM ${from} t ORDER BY row` });
    tables[table] = rows.map((each) => each.row);
  }
  return tables;
}
