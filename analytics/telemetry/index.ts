import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { edgeStatements } from './edges.ts';
import { keepFindings } from './findings.ts';
import { keepStatements, stretchStatements } from './kept.ts';
import { contactStatement, MESSAGE_TABLES, messageDayStatements, toldStatements } from './message-days.ts';
import { HEARD, messagesOf } from './messages.ts';
import { REGISTER_TABLES, registerStatements, serviceStatements } from './ports.ts';
import { type StatementMaker, statementMaker } from './statement.ts';
import { sweepStatements } from './sweep.ts';
import { type ImportedMessages, keepWindow, nextWindow, openWindow, type Window } from './window.ts';

export { type TelemetryFindings, telemetryFindings } from './findings.ts';
export type { ImportedMessages } from './window.ts';

const WORKING_TABLES = [
  ...REGISTER_TABLES,
  ...MESSAGE_TABLES,
  'whole_charger',
  'port_edge',
  'region_day',
  'port_segment',
  'earlier_state',
];

/** The temporary table `(asset_id, from_day)` of the port days that {@link refreshPortDays} made anew. */
export const TOUCHED_PORT = 'touched_port';

/**
 * Makes `port_state` (stretches of each charging port up, down, offline or unobserved) and `port_day` (minutes by business
 * day of the port's region) anew from messages, imported states, excusable outages and the asset register, as known at
 * `asOf`, the first instant (ISO 8601 UTC) after the as-of day. What was ignored is kept for {@link telemetryFindings}.
 * Rules: 23 CFR 680.116(b), with the offline and silence rules of `settings.uptime`. Rejects with `sql-failed`, leaving
 * what was there.
 */
export async function rebuildPortDays(sql: Sql, settings: Settings, asOf: string): Promise<void> {
  await sql.transaction(() => rebuild(sql, settings, { asOf, window: null }));
}

/**
 * The same outcome, at the cost of what an import changed: the last days of every port, and all days of chargers with late
 * messages. `imported` are the rows new since port days were last made, none gone. Gives the table of the port days made anew
 * ({@link TOUCHED_PORT}), or `all` where the change reaches further and everything was made anew.
 */
export async function refreshPortDays(
  sql: Sql,
  settings: Settings,
  { asOf, imported }: { readonly asOf: string; readonly imported: ImportedMessages },
): Promise<'all' | { readonly table: string }> {
  return sql.transaction(async () => {
    const window = await openWindow(sql, settings, { asOf, imported });
    await rebuild(sql, settings, { asOf, window });
    return window ? { table: TOUCHED_PORT } : 'all';
  });
}

async function rebuild(
  sql: Sql,
  settings: Settings,
  { asOf, window }: { readonly asOf: string; readonly window: Window | null },
): Promise<void> {
  const nextFrom = await nextWindow(sql, settings, asOf);
  const make = statementMaker(settings, asOf, { from: window?.from ?? null, nextFrom });
  if (!window) {
    const statements = [
      ...registerStatements(make),
      ...['kept_port', 'kept_charger', 'kept_said', 'kept_contact', 'kept_stretch'].map((table) => make(`DELETE FROM ${table}`)),
      make('CREATE OR REPLACE TEMP TABLE whole_charger AS SELECT DISTINCT charger_id FROM charging_port'),
      make(`CREATE OR REPLACE TEMP VIEW ${HEARD} AS SELECT * FROM device_event`),
    ];
    for (const statement of statements) await sql.run(statement);
  }
  for (const statement of [...messageDayStatements(make, HEARD), ...serviceStatements(make)]) await sql.run(statement);
  if (!window && (await collectorCounts(sql, make))) {
    for (const statement of stretchStatements(make, messagesOf(HEARD))) await sql.run(statement);
  }
  const statements = [
    make(`CREATE OR REPLACE TEMP TABLE ${TOUCHED_PORT} AS
      SELECT asset_id, coalesce(local_day(from_at, region), DATE '0001-01-01') AS from_day FROM port_service`),
    ...toldStatements(make),
    contactStatement(make),
    ...edgeStatements(make),
    ...sweepStatements(make, window === null),
  ];
  for (const statement of statements) await sql.run(statement);
  await keepFindings(sql, make, window);
  for (const statement of keepStatements(make)) await sql.run(statement);
  await keepWindow(sql, { from: nextFrom, asOf });
  for (const table of WORKING_TABLES) await sql.run({ text: `DROP TABLE ${table}` });
  await sql.run({ text: window ? `DROP TABLE ${HEARD}` : `DROP VIEW ${HEARD}` });
  if (window) await sql.run({ text: 'DROP TABLE new_event' });
}

/** Whether so many chargers report heartbeats that their common silence is the collector's. */
async function collectorCounts(sql: Sql, make: StatementMaker): Promise<boolean> {
  const [row] = await sql.rows<{ counts: boolean }>(
    make('SELECT count(*) FILTER (has_heartbeats) >= $silence_chargers AS counts FROM charger_contact'),
  );
  return row?.counts ?? false;
}
