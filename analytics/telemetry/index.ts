import type { Settings } from '../contract/settings.ts';
import type { Sql, SqlStatement } from '../contract/sql.ts';
import type { ChangedPorts } from '../tables/telemetry/changed-ports.ts';
import { edgeStatements, type Sources, usedLanes } from './edges.ts';
import { keepFindings } from './findings.ts';
import { HEARD_ALONE, heardAsStored } from './heard.ts';
import { ENDED_CHARGERS, KEPT_TABLES, keepStatements, stretchStatements } from './kept.ts';
import { HEARD_COPY, REACH_TABLE, REACH_VIEWS, wholeStatements } from './late.ts';
import { messageSumStatements } from './message-days.ts';
import { HEARD, messagesOf, READ } from './messages.ts';
import { contactStatements, REGISTER_TABLES, registerStatements, SERVICE_REACH, serviceStatement } from './ports.ts';
import { CHANGED_CHARGERS, keepRegisterStatements } from './register.ts';
import { type StatementMaker, statementMaker } from './statement.ts';
import { sweepStatements } from './sweep.ts';
import { TURN_TABLES, turnStatements } from './turns.ts';
import { valuesOf } from './values.ts';
import { type ImportedMessages, keepWindow, nextWindow, openWindow, type Window } from './window.ts';

export { type TelemetryFindings, telemetryFindings } from './findings.ts';
export type { ImportedMessages } from './window.ts';

const WORKING_TABLES = [
  ...REGISTER_TABLES,
  'word_state',
  'message_day',
  'voice',
  ...TURN_TABLES,
  REACH_TABLE,
  HEARD_COPY,
  CHANGED_CHARGERS,
  'port_edge',
  'region_day',
  'port_stretch',
  'changed_state',
  'changed_day',
];

const CLEARED = [
  ...WORKING_TABLES.map((table) => `DROP TABLE IF EXISTS ${table}`),
  ...[HEARD, ...REACH_VIEWS].map((view) => `DROP VIEW IF EXISTS ${view}`),
].join('; ');

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
 * messages. `imported` are the rows new since port days were last made, none gone. Gives temporary tables of what differs, or `all` where the change
 * reaches further and everything was made anew.
 */
export async function refreshPortDays(
  sql: Sql,
  settings: Settings,
  { asOf, imported }: { readonly asOf: string; readonly imported: ImportedMessages },
): Promise<'all' | ChangedPorts> {
  return sql.transaction(async () => {
    const window = await openWindow(sql, settings, { asOf, imported });
    await rebuild(sql, settings, { asOf, window });
    return window ? changedPorts(sql) : 'all';
  });
}

async function changedPorts(sql: Sql): Promise<ChangedPorts> {
  const [days, states] = ['touched_port', 'touched_run'] as const;
  const [found] = await sql.rows<Record<'days_from' | 'days_to' | 'states_from', string | null>>({
    text: `SELECT CAST(min(from_day) AS VARCHAR) AS days_from, CAST(max(to_day) AS VARCHAR) AS days_to,
  (SELECT CAST(min(from_day) AS VARCHAR) FROM ${states}) AS states_from FROM ${days}`,
  });
  const { days_from: from = null, days_to: to = null, states_from: statesFrom = null } = found ?? {};
  return {
    days: from === null || to === null ? null : { table: days, from, to },
    states: statesFrom === null ? null : { table: states, from: statesFrom },
  };
}

async function rebuild(
  sql: Sql,
  settings: Settings,
  { asOf, window }: { readonly asOf: string; readonly window: Window | null },
): Promise<void> {
  const isWhole = window === null;
  const nextFrom = await nextWindow(sql, settings, asOf);
  const make = statementMaker(settings, asOf, { nextFrom, from: window?.from ?? null, knownUntil: window?.knownUntil ?? null });
  const run = async (statements: readonly SqlStatement[]) => {
    for (const statement of statements) await sql.run(statement);
  };
  const heard = isWhole ? await heardAsStored(sql) : HEARD_ALONE;
  if (isWhole) {
    await run([
      ...registerStatements(make, { isKept: false }),
      ...keepRegisterStatements(make),
      ...KEPT_TABLES.map((table) => make(`DELETE FROM ${table}`)),
      ...wholeStatements(make),
      make(`CREATE OR REPLACE TEMP VIEW ${HEARD} AS SELECT ${READ.join(', ')}, true AS is_new FROM device_event`),
      ...messageSumStatements(make, false, heard),
    ]);
  }
  await run([serviceStatement(make)]);
  const [reach] = await sql.rows<{ early: boolean; swept_from: string | null }>(make(SERVICE_REACH));
  const { early, swept_from: from } = reach ?? { early: true, swept_from: null };
  await run(contactStatements(make, early));
  const sources = await sourcesOf(sql, make);
  if (isWhole && sources.hasSilences) await run(stretchStatements(make, messagesOf(HEARD)));
  await run([...turnStatements(make, { ...sources, isWhole }, heard), ...edgeStatements(make, sources)]);
  const swept = window && { ports: sweptPorts(window), from };
  await run(sweepStatements(make, swept, { used: await usedLanes(sql), hasEnds: sources.hasEnds }));
  await keepFindings(sql, make, { ...sources, isWhole, early });
  await run(keepStatements(make, sources));
  await keepWindow(sql, { from: nextFrom, asOf });
  await sql.run({ text: CLEARED });
}

/** The relation of the ports that are swept from their `from_at` on until their `until_at`. */
function sweptPorts({ onlyTouched }: Window): string {
  return onlyTouched ? `(FROM port_service SEMI JOIN ${REACH_TABLE} USING (charger_id))` : 'port_service';
}

/** What there is of what a port's time follows from. */
const SOURCES: Readonly<Record<keyof Sources, string>> = {
  hasStates: 'EXISTS (FROM device_state)',
  hasExclusions: 'EXISTS (FROM device_exclusion)',
  hasHours: "EXISTS (FROM port_service WHERE open_hours <> '')",
  hasContact: 'EXISTS (FROM contact_sender)',
  hasSilences: '(SELECT count(*) FILTER (has_heartbeats) FROM charger_contact) >= $silence_chargers',
  hasWhole: 'EXISTS (FROM whole_charger)',
  hasEnds: `EXISTS ${ENDED_CHARGERS}`,
  hasReceipts: `EXISTS (FROM ${HEARD} WHERE received_at IS NOT NULL)`,
};

async function sourcesOf(sql: Sql, make: StatementMaker): Promise<Sources> {
  return valuesOf<keyof Sources, boolean>(sql, make, SOURCES);
}
