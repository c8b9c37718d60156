import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { SILENCES, stretchStatements } from './kept.ts';
import { HEARD, messagesOf } from './messages.ts';
import { registerStatements } from './ports.ts';
import { type StatementMaker, statementMaker } from './statement.ts';

/** The rows an import brought. */
export interface ImportedMessages {
  readonly batch: number;
  readonly tables: readonly string[];
}

/** The stretch of time made anew for every port: from the start of a business day until the as-of instant. */
export interface Window {
  /** ISO 8601 UTC. */
  readonly from: string;
}

/** Tables on which service, contact and excuses rest for all time; where one changed, everything is made anew. */
const REGISTER = ['asset', 'device_state', 'device_exclusion', 'journey_case', 'customer'];

const STATE_NAME = 'telemetry window';

/** The columns of a message that are read. */
const READ = 'e.asset_id, e.connector_no, e.happened_at, e.received_at, e.event, e.status, e.file_id, e.line';

interface KeptWindow {
  readonly from: string;
  readonly asOf: string;
}

/**
 * Prepares a rebuild of what an import can have changed: `new_event` the messages not counted yet, `whole_charger` the chargers
 * with messages from before the window or whose contact before it may be another now, the messages to read, and the collector's
 * stretches. Null where what came before the window may differ for others too.
 */
export async function openWindow(
  sql: Sql,
  settings: Settings,
  { asOf, imported }: { readonly asOf: string; readonly imported: ImportedMessages },
): Promise<Window | null> {
  const kept = await readWindow(sql);
  if (!kept || asOf < kept.asOf || Object.keys(settings.regionTimeZones).length > 0) return null;
  if (imported.tables.some((table) => REGISTER.includes(table))) return null;
  const starts = { from: kept.from, nextFrom: null };
  const make = statementMaker(settings, asOf, starts);
  const before = statementMaker(settings, kept.asOf, starts);
  if (await reachesFurther(sql, kept, { asOf, batch: imported.batch })) return null;
  for (const statement of registerStatements(make)) await sql.run(statement);
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE new_event AS
SELECT ${READ} FROM device_event e WHERE happened_at >= CAST($before AS TIMESTAMP) AND happened_at < CAST($after AS TIMESTAMP)
UNION ALL SELECT ${READ} FROM device_event e WHERE batch_id = CAST($batch AS INTEGER) AND happened_at < CAST($before AS TIMESTAMP)`,
    params: { before: kept.asOf, after: asOf, batch: imported.batch },
  });
  await sql.run(make(WHOLE_CHARGERS));
  await sql.run(
    make(
      `CREATE OR REPLACE TEMP TABLE ${HEARD} AS SELECT ${READ} FROM device_event e WHERE happened_at >= CAST($window_from AS TIMESTAMP)`,
    ),
  );
  const [late] = await sql.rows<{ some: boolean }>({ text: 'SELECT EXISTS (SELECT 1 FROM whole_charger) AS some' });
  if (late?.some) await sql.run(make(HEARD_WHOLE));
  const [contact] = await sql.rows<{ counts: boolean; changes: boolean }>(make(COLLECTOR));
  if (!contact?.changes && (!contact?.counts || (await staysSilent(sql, make, { before, until: kept.from })))) {
    return { from: kept.from };
  }
  for (const table of ['new_event', HEARD]) await sql.run({ text: `DROP TABLE ${table}` });
  return null;
}

const WHOLE_CHARGERS = `CREATE OR REPLACE TEMP TABLE whole_charger AS
  SELECT DISTINCT m.charger_id FROM (${messagesOf('new_event')}) m LEFT JOIN kept_charger c ON c.charger_id = m.charger_id
  WHERE m.moment < CAST($window_from AS TIMESTAMP) OR NOT coalesce(c.has_messages, FALSE)
    OR c.first_at IS NULL OR c.first_at >= CAST($window_from AS TIMESTAMP) OR (m.event = 'heartbeat' AND NOT c.has_heartbeats)
    OR EXISTS (SELECT 1 FROM charging_port p JOIN kept_port k ON k.asset_id = p.asset_id WHERE p.charger_id = m.charger_id
      AND p.stated_start IS NULL AND (k.start_at IS NULL OR k.start_at >= CAST($window_from AS TIMESTAMP)))`;

const HEARD_WHOLE = `INSERT INTO ${HEARD} SELECT ${READ} FROM device_event e
  WHERE e.happened_at < CAST($window_from AS TIMESTAMP)
    AND e.asset_id IN (SELECT sender FROM message_sender SEMI JOIN whole_charger USING (charger_id))`;

/** Whether so many chargers report heartbeats that their common silence means something, and whether that is so only now. */
const COLLECTOR = `
  WITH held AS (SELECT charger_id FROM kept_charger WHERE has_heartbeats),
  now AS (FROM held UNION SELECT charger_id FROM (${messagesOf('new_event')}) m WHERE event = 'heartbeat')
  SELECT (SELECT count(*) FROM held) >= $silence_chargers AS counts,
    (SELECT count(*) FROM held) < $silence_chargers AND (SELECT count(*) FROM now) >= $silence_chargers AS changes`;

/** Corrected messages, and states that only the new as-of day knows, may change what is before the window. */
async function reachesFurther(
  sql: Sql,
  kept: KeptWindow,
  { asOf, batch }: { readonly asOf: string; readonly batch: number },
): Promise<boolean> {
  const [row] = await sql.rows<{ reaches: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM superseded_row WHERE batch_id = CAST($batch AS INTEGER) AND table_name = 'device_event')
  OR EXISTS (SELECT 1 FROM device_state WHERE start_at >= CAST($before AS TIMESTAMP) AND start_at < CAST($after AS TIMESTAMP)) AS reaches`,
    params: { batch, before: kept.asOf, after: asOf },
  });
  return row?.reaches ?? true;
}

/** Adds the new messages to the collector's stretches; whether its silences before the window are what they were. */
async function staysSilent(
  sql: Sql,
  make: StatementMaker,
  held: { readonly before: StatementMaker; readonly until: string },
): Promise<boolean> {
  const earlier = await silences(sql, held.before, held.until);
  for (const statement of stretchStatements(make, messagesOf('new_event'))) await sql.run(statement);
  return earlier === (await silences(sql, make, held.until));
}

/** The collector's silences as far as they lie before an instant, as text to compare. */
async function silences(sql: Sql, make: StatementMaker, until: string): Promise<string> {
  const rows = await sql.rows<{ start_at: string; end_at: string }>(make(`FROM (${SILENCES}) s ORDER BY start_at`));
  return JSON.stringify(
    rows.filter((row) => row.start_at < until).map((row) => [row.start_at, row.end_at < until ? row.end_at : until]),
  );
}

/** Where the next window begins: no silence, of a charger or of all, that is too short to count yet can reach back beyond it. */
export async function nextWindow(sql: Sql, settings: Settings, asOf: string): Promise<string> {
  const make = statementMaker(settings, asOf, { from: null, nextFrom: null });
  const [row] = await sql.rows<{ start: string }>(
    make('SELECT day_start(local_day(add_minutes($as_of, -greatest($longest_gap, $silence)), NULL), NULL) AS start'),
  );
  if (!row) throw new Error('No start of the window');
  return row.start;
}

/** Notes down where the next window begins and until when messages were read. */
export async function keepWindow(sql: Sql, kept: KeptWindow): Promise<void> {
  await sql.run({ text: 'DELETE FROM workspace_state WHERE name = $name', params: { name: STATE_NAME } });
  await sql.run({
    text: 'INSERT INTO workspace_state VALUES ($name, $value)',
    params: { name: STATE_NAME, value: JSON.stringify(kept) },
  });
}

async function readWindow(sql: Sql): Promise<KeptWindow | null> {
  const [row] = await sql.rows<{ value: string }>({
    text: 'SELECT value FROM workspace_state WHERE name = $name',
    params: { name: STATE_NAME },
  });
  return row ? (JSON.parse(row.value) as KeptWindow) : null;
}
