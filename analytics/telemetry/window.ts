import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { countOf } from '../tables/parts.ts';
import { deviceEvent } from '../tables/telemetry/device-event.ts';
import { SILENCES, stretchStatements } from './kept.ts';
import { hear } from './late.ts';
import { messagesOf, NEW } from './messages.ts';
import { readNoted, writeNoted } from './noted.ts';
import { readRegister } from './register.ts';
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
  /** The as-of instant of what there was before, ISO 8601 UTC. */
  readonly knownUntil: string;
  /** Whether only ports of the chargers in `touched_charger` can be others than they were. */
  readonly onlyTouched: boolean;
}

const STATE_NAME = 'telemetry window';

interface KeptWindow {
  readonly from: string;
  readonly asOf: string;
}

/**
 * Prepares a rebuild of what an import can have changed: `whole_charger` the chargers
 * that are new or whose service, contact or excuses before the window may be others now, `late_charger` others with messages from before it and from when on
 * they are made anew, {@link HEARD} the messages to read, summed up, and the collector's stretches. Null where what came before the window
 * may differ for others too.
 */
export async function openWindow(
  sql: Sql,
  settings: Settings,
  { asOf, imported }: { readonly asOf: string; readonly imported: ImportedMessages },
): Promise<Window | null> {
  const kept = await readNoted<KeptWindow>(sql, STATE_NAME);
  if (!kept || asOf < kept.asOf || Object.keys(settings.regionTimeZones).length > 0) return null;
  const starts = { from: kept.from, nextFrom: null };
  const make = statementMaker(settings, asOf, starts);
  const before = statementMaker(settings, kept.asOf, starts);
  if (await reachesFurther(sql, kept, { asOf, batch: imported.batch })) return null;
  if (!(await readRegister(sql, make, imported))) return null;
  const heard = { batch: imported.batch, from: kept.from, known: kept.asOf, stays: asOf === kept.asOf };
  const onlyTouched = await hear(sql, make, heard);
  const [contact] = await sql.rows<{ counts: boolean; changes: boolean; most: boolean }>(make(COLLECTOR));
  if (contact?.most || contact?.changes || (contact?.counts && !(await staysSilent(sql, make, { before, until: kept.from }))))
    return null;
  return { from: kept.from, knownUntil: kept.asOf, onlyTouched };
}

/** Whether most chargers are made anew whole; whether so many report heartbeats that their common silence means something, and whether that is so only now. */
const COLLECTOR = `
  WITH held AS (SELECT charger_id FROM kept_charger WHERE has_heartbeats),
  now AS (FROM held UNION SELECT charger_id FROM voice WHERE heartbeats AND charger_id IS NOT NULL)
  SELECT 2 * (SELECT count(*) FROM whole_charger) > (SELECT count(DISTINCT charger_id) FROM charging_port) AS most,
    (SELECT count(*) FROM held) >= $silence_chargers AS counts,
    (SELECT count(*) FROM held) < $silence_chargers AND (SELECT count(*) FROM now) >= $silence_chargers AS changes`;

/** Corrected messages, and states that only the new as-of day knows, may change what is before the window; so may most messages being new. */
async function reachesFurther(
  sql: Sql,
  kept: KeptWindow,
  { asOf, batch }: { readonly asOf: string; readonly batch: number },
): Promise<boolean> {
  const id = Math.trunc(batch);
  const [row] = await sql.rows<{ reaches: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM superseded_row WHERE batch_id = ${id} AND table_name = 'device_event')
  OR EXISTS (SELECT 1 FROM device_state WHERE start_at >= CAST($before AS TIMESTAMP) AND start_at < CAST($after AS TIMESTAMP))
  OR 2 * (SELECT count(*) FROM device_event WHERE batch_id = ${id}) > ${await countOf(sql, deviceEvent)} AS reaches`,
    params: { before: kept.asOf, after: asOf },
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
  for (const statement of stretchStatements(make, messagesOf(NEW))) await sql.run(statement);
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
  await writeNoted(sql, STATE_NAME, kept);
}
