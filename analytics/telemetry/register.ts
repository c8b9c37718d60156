import type { Sql } from '../contract/sql.ts';
import { identifier, literal } from '../tables/identifier.ts';
import { telemetryFindings } from './findings.ts';
import { registerStatements } from './ports.ts';
import type { StatementMaker } from './statement.ts';

/** The working table of the chargers that a change of the register, of states or of excusable outages makes others than they were. */
export const CHANGED_CHARGERS = 'register_charger';

/** What the ports of the register follow from. */
const REGISTER = ['asset', 'journey_case', 'customer'];
/** What is imported of single devices, and of what they are part of. */
const STATED = ['device_state', 'device_exclusion'];

/** The columns of `charging_port`, as they are kept for the next import. */
const COLUMNS = `asset_id, parent_id, charger_id, connector_no, region, site_id, charger_site_id, charger_parent_id, stated_start, retired_at, open_hours`;

/** Keeps the register by which everything was made anew. */
export function keepRegisterStatements(make: StatementMaker) {
  return [make('DELETE FROM kept_register'), make(`INSERT INTO kept_register (${COLUMNS}) SELECT ${COLUMNS} FROM charging_port`)];
}

/**
 * Makes the tables of the register after an import of these tables, and {@link CHANGED_CHARGERS}. False where it reaches further than to
 * single chargers: ports were changed or are gone, messages of what was unknown may be known now, or something was corrected.
 */
export async function readRegister(
  sql: Sql,
  make: StatementMaker,
  { batch, tables }: { readonly batch: number; readonly tables: readonly string[] },
): Promise<boolean> {
  const isRegister = tables.some((table) => REGISTER.includes(table));
  const stated = STATED.filter((table) => tables.includes(table));
  for (const statement of registerStatements(make, { isKept: !isRegister })) await sql.run(statement);
  const added = isRegister
    ? [`SELECT charger_id FROM (SELECT ${COLUMNS} FROM charging_port EXCEPT SELECT ${COLUMNS} FROM kept_register) n`]
    : [];
  const devices = stated.map((table) => `SELECT asset_id FROM ${identifier(table)} WHERE batch_id = ${Math.trunc(batch)}`);
  const covered = `SELECT p.charger_id FROM charging_port p SEMI JOIN (
    SELECT c.asset_id FROM port_cover c SEMI JOIN (${devices.join(' UNION ALL ')}) d ON d.asset_id = c.covering_id) s USING (asset_id)`;
  const chargers = [...added, ...(devices.length > 0 ? [covered] : [])];
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${CHANGED_CHARGERS} AS SELECT DISTINCT charger_id FROM (${chargers.join(' UNION ALL ') || 'SELECT charger_id FROM charging_port LIMIT 0'}) changed`,
  });
  if (chargers.length === 0) return true;
  const reaches = [
    ...(isRegister ? [`EXISTS (SELECT ${COLUMNS} FROM kept_register EXCEPT SELECT ${COLUMNS} FROM charging_port)`] : []),
    ...(stated.length > 0
      ? [
          `EXISTS (SELECT 1 FROM superseded_row WHERE batch_id = ${Math.trunc(batch)} AND table_name IN (${stated.map(literal).join(', ')}))`,
        ]
      : []),
    // Where nothing says when a port went into service, its first state may.
    ...(stated.includes('device_state')
      ? [`EXISTS (SELECT 1 FROM charging_port p SEMI JOIN ${CHANGED_CHARGERS} c USING (charger_id) WHERE p.stated_start IS NULL)`]
      : []),
  ];
  const [row] = await sql.rows<{ reaches: boolean; more: boolean }>({
    text: `SELECT ${reaches.join(' OR ')} AS reaches, EXISTS (FROM ${CHANGED_CHARGERS}) AS more`,
  });
  if (!row || row.reaches) return false;
  if (!isRegister) return true;
  const found = await telemetryFindings(sql);
  const isKnown = found?.unregisteredMessages === 0 && (found.unmatchedConnectorMessages === 0 || !row.more);
  if (!isKnown && tables.includes('asset')) return false;
  if (row.more) {
    await sql.run({
      text: `INSERT INTO kept_register (${COLUMNS}) SELECT ${COLUMNS} FROM charging_port EXCEPT SELECT ${COLUMNS} FROM kept_register`,
    });
  }
  return true;
}
