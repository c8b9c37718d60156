import { FACT_TABLES } from '../../analytics/tables/fact-tables.ts';
import type { Workspace } from '../../analytics/workspace/open.ts';

/** Everything that follows from the canonical tables. */
const DERIVED = [
  'port_day',
  'port_month',
  'port_state',
  ...['kept_register', 'kept_port', 'kept_charger', 'kept_said', 'kept_contact', 'kept_stretch'],
  'observation',
  ...Object.keys(FACT_TABLES).map((table) => `observation${table}`),
];

/** The rows of every derived table, each as text to the last bit, in an order that does not depend on how they are stored. */
export async function derived({ writer }: Workspace): Promise<Record<string, readonly string[]>> {
  const tables: Record<string, readonly string[]> = {};
  for (const table of DERIVED) {
    const rows = await writer.rows<{ row: string }>({ text: `SELECT CAST(t AS VARCHAR) AS row FROM ${table} t ORDER BY row` });
    tables[table] = rows.map((each) => each.row);
  }
  return tables;
}
