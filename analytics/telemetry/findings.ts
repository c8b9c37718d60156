import type { Sql } from '../contract/sql.ts';
import type { Sources } from './edges.ts';
import { IS_TRUE, NEW, OF_DAY, SPEAKS_FOR_PORT } from './messages.ts';
import { readNoted, writeNoted } from './noted.ts';
import type { StatementMaker } from './statement.ts';
import { valuesOf } from './values.ts';

/** What the last rebuild left out and why, and how much of the ports' service time could be observed. */
export interface TelemetryFindings {
  /** Ports in the register. */
  readonly ports: number;
  /** Messages dated more than five minutes after their receipt; ignored. */
  readonly futureMessages: number;
  /** Messages from before their port's service, counted once a port; ignored. */
  readonly messagesBeforeService: number;
  /** Status messages in a word no protocol knows; they prove contact and change no state. */
  readonly unknownStatusMessages: number;
  /** Messages of a charger in the register for a connector that is not; ignored but as proof of contact. */
  readonly unmatchedConnectorMessages: number;
  /** Messages of senders that are not in the register at all. */
  readonly unregisteredMessages: number;
  /** Ports in service without any message or imported state: unobserved throughout. */
  readonly silentPorts: number;
  /** Ports without any date or message from which service could be counted: left out. */
  readonly portsWithoutService: number;
  /** Ports whose hours of operation are no `HH:MM-HH:MM`: taken as always open. */
  readonly unreadableOpenHours: number;
  readonly inServiceMinutes: number;
  readonly observedMinutes: number;
  /** Observed of in-service minutes, 0 to 1; null where no port was in service. */
  readonly coverage: number | null;
}

const STATE_NAME = 'telemetry findings';

/** What is counted message by message, so that the counts of new messages add to those of earlier ones. */
const ADDED = [
  'futureMessages',
  'messagesBeforeService',
  'unknownStatusMessages',
  'unmatchedConnectorMessages',
  'unregisteredMessages',
] as const;

/**
 * Counts what the rebuild under way ignored, from its working tables, and keeps it for {@link telemetryFindings}. Of a
 * window only new messages are counted, and added.
 */
export async function keepFindings(
  sql: Sql,
  make: StatementMaker,
  { isWhole, ...known }: Known & { readonly isWhole: boolean },
): Promise<void> {
  const before = isWhole ? null : await telemetryFindings(sql);
  const now = await valuesOf<Counted, number>(sql, make, counts(known));
  for (const name of before ? ADDED : []) now[name] += before?.[name] ?? 0;
  const coverage = now.inServiceMinutes === 0 ? null : now.observedMinutes / now.inServiceMinutes;
  await writeNoted(sql, STATE_NAME, { ...now, coverage } satisfies TelemetryFindings);
}

type Counted = Exclude<keyof TelemetryFindings, 'coverage'>;

/** What is known of the messages: where there are none of a kind, none need be counted. */
interface Known extends Pick<Sources, 'hasReceipts'> {
  /** Whether any is from before its port's service. */
  readonly early: boolean;
}

/** What is counted, each as an expression. */
function counts({ early, hasReceipts }: Known): Readonly<Record<Counted, string>> {
  const future = `(SELECT e.asset_id FROM ${NEW} e WHERE e.received_at IS NOT NULL AND e.happened_at > e.received_at
    AND e.happened_at < $as_of AND NOT (${IS_TRUE}))`;
  return {
    ports: '(SELECT count(*) FROM charging_port)',
    futureMessages: hasReceipts ? `(SELECT count(*) FROM ${future} f SEMI JOIN message_sender s ON s.sender = f.asset_id)` : '0',
    messagesBeforeService: early ? BEFORE_SERVICE : '0',
    unknownStatusMessages: `(SELECT coalesce(sum(new_unknown), 0) FROM voice WHERE charger_id IS NOT NULL)`,
    unmatchedConnectorMessages: `(SELECT coalesce(sum(new_messages), 0) FROM voice m ANTI JOIN charging_port p ON p.charger_id = m.charger_id AND p.connector_no = m.connector_no
      WHERE m.charger_id IS NOT NULL AND m.port_id IS NULL AND m.connector_no > 0)`,
    unregisteredMessages: `(SELECT coalesce(sum(new_messages), 0) FROM voice v ANTI JOIN asset a ON a.asset_id = v.sender WHERE v.charger_id IS NULL)
      + ${hasReceipts ? `(SELECT count(*) FROM ${future} f ANTI JOIN asset a ON a.asset_id = f.asset_id ANTI JOIN message_sender s ON s.sender = f.asset_id)` : '0'}`,
    silentPorts: `(SELECT count(*) FROM port_service p JOIN charger_contact c ON c.charger_id = p.charger_id
      WHERE p.start_at < p.end_at AND NOT c.has_messages AND NOT p.has_states)`,
    portsWithoutService: '(SELECT count(*) FROM port_service WHERE start_at IS NULL)',
    unreadableOpenHours: `(SELECT count(*) FROM port_service WHERE open_hours <> '' AND NOT regexp_matches(open_hours, '^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$'))`,
    inServiceMinutes: `(SELECT ${total('in_service_min')} FROM port_month)`,
    observedMinutes: `(SELECT ${total('in_service_min - unobserved_min')} FROM port_month)`,
  };
}

/** How many messages are from before their port's service: days that end before it, and single messages of the day on which it begins. */
const BEFORE_SERVICE = `(WITH early AS (
      SELECT m.sender, m.connector_no, p.asset_id, p.start_at, d.day, sum(d.messages) AS messages, min(d.first_at) AS first_at, max(d.last_at) AS last_at
      FROM voice m JOIN port_service p ON ${SPEAKS_FOR_PORT} AND m.new_from < p.start_at
        JOIN message_day d ON d.sender = m.sender AND d.connector_no = m.connector_no AND d.is_new GROUP BY ALL)
    SELECT coalesce((SELECT sum(messages) FROM early WHERE last_at < start_at), 0) + (
      SELECT count(*) FROM ${NEW} e JOIN (FROM early WHERE first_at < start_at AND last_at >= start_at) d ON ${OF_DAY}
      WHERE e.happened_at < d.start_at AND ${IS_TRUE}))`;

/** The findings of the last rebuild of port days; null where there was none. */
export async function telemetryFindings(sql: Sql): Promise<TelemetryFindings | null> {
  return readNoted<TelemetryFindings>(sql, STATE_NAME);
}

/** A sum of minutes in whole microseconds, so that its order does not matter. */
function total(minutes: string): string {
  return `coalesce(sum(CAST(round((${minutes}) * 6e7) AS BIGINT)), 0) / 6e7`;
}
