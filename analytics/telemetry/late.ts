import type { Sql } from '../contract/sql.ts';
import { literal } from '../tables/identifier.ts';
import { notBefore } from '../tables/long-table.ts';
import { countOf, storedRows } from '../tables/parts.ts';
import { deviceEvent } from '../tables/telemetry/device-event.ts';
import { ENDED_CHARGERS } from './kept.ts';
import { messageSumStatements } from './message-days.ts';
import { HEARD, READ, SPEAKS_FOR_PORT, SPEAKS_FOR_WHOLE } from './messages.ts';
import { CHANGED_CHARGERS } from './register.ts';
import type { StatementMaker } from './statement.ts';

/** How many days before those made anew a late charger's messages are read, to know what was said last: at first, and where that does not tell. */
const LOOK_BACK_DAYS = { first: 3, last: 30 };
/** How many days after its last new message those of a late charger end that are made anew, unless it says too little in them. */
const LOOK_AHEAD_DAYS = 2;

/** The messages of a few late chargers, which are read several times and lie all over the log, are copied. */
export const HEARD_COPY = 'heard_message';
/** About so many messages may be copied. */
const MOST_COPIED = 2_000_000;

/** The working table of the chargers that are not made anew from the start of the window on as they were kept, and what is seen of it. */
export const REACH_TABLE = 'touched_charger';
export const REACH_VIEWS = ['whole_charger', 'late_charger'] as const;
/** A charger of {@link REACH_TABLE} that is made anew from an instant on. */
const IS_LATE = 'NOT is_whole AND from_at IS NOT NULL';

/**
 * The statements that show {@link REACH_TABLE}: `whole_charger` those made anew from the start, `late_charger` those from an instant on (`from_at`) and
 * until another (`until_at`, null: the as-of instant), for which messages are read from `read_from` on.
 */
function reachViews(make: StatementMaker) {
  return [
    make(`CREATE OR REPLACE TEMP VIEW whole_charger AS SELECT charger_id FROM ${REACH_TABLE} WHERE is_whole`),
    make(`CREATE OR REPLACE TEMP VIEW late_charger AS
      SELECT charger_id, from_at, read_from, until_at FROM ${REACH_TABLE} WHERE ${IS_LATE}`),
  ];
}

/** The statements that say of a rebuild of everything that every charger is made anew whole. */
export function wholeStatements(make: StatementMaker) {
  const never = 'CAST(NULL AS TIMESTAMP)';
  return [
    make(`CREATE OR REPLACE TEMP TABLE ${REACH_TABLE} AS
      SELECT DISTINCT charger_id, ${never} AS from_at, ${never} AS read_from, ${never} AS until_at, true AS is_whole FROM charging_port`),
    ...reachViews(make),
  ];
}

/**
 * The statements that say how far back new messages reach: a late message changes what is after it and, where a gap between messages is none
 * any more, what is before it as far as the longest gap that is none. Where service or contact may have
 * begun otherwise, or a charger speaks in a way it never did, all of it is another. Where it `mayEnd` before the window, so does what is made anew: a day
 * after the last new message, if by then ({@link UNTOLD}) the charger has spoken again.
 */
function reachStatements(make: StatementMaker, mayEnd: boolean) {
  return [
    make(`CREATE OR REPLACE TEMP TABLE ${REACH_TABLE} AS
      WITH late AS (
        SELECT charger_id, bool_or(heartbeats) AS heartbeats, bool_or(speaks AND ${SPEAKS_FOR_WHOLE}) AS speaks_whole,
          CASE WHEN min(new_from) < CAST($window_from AS TIMESTAMP)
            THEN day_start(local_day(add_minutes(min(new_from), -$longest_gap), NULL), NULL) END AS from_at,
          ${mayEnd ? `day_start(add_days(local_day(max(new_to), NULL), ${LOOK_AHEAD_DAYS}), NULL)` : 'CAST(NULL AS TIMESTAMP)'} AS until_at
        FROM voice m WHERE charger_id IS NOT NULL AND new_messages > 0 GROUP BY charger_id),
      reach AS (SELECT *, coalesce(from_at, CAST($window_from AS TIMESTAMP)) AS reaches FROM late)
      SELECT v.charger_id, v.from_at, add_days(v.from_at, -${LOOK_BACK_DAYS.first}) AS read_from,
        CASE WHEN add_minutes(v.until_at, $longest_gap) <= CAST($window_from AS TIMESTAMP) THEN v.until_at END AS until_at,
        NOT coalesce(c.has_messages AND c.first_at < v.reaches, false)
        OR (v.heartbeats AND NOT c.has_heartbeats) OR (v.speaks_whole AND NOT c.speaks_whole)
        OR EXISTS (SELECT 1 FROM charging_port p JOIN kept_port k ON k.asset_id = p.asset_id WHERE p.charger_id = v.charger_id
          AND p.stated_start IS NULL AND coalesce(k.start_at >= v.reaches, true))
          OR v.charger_id IN (FROM ${CHANGED_CHARGERS}) AS is_whole
      FROM reach v LEFT JOIN kept_charger c ON c.charger_id = v.charger_id
      UNION ALL SELECT charger_id, NULL, NULL, NULL, true FROM ${CHANGED_CHARGERS} ANTI JOIN late USING (charger_id)`),
    ...reachViews(make),
  ];
}

/** What is imported, and the window that it is read in, both instants ISO 8601 UTC. */
interface Imported {
  readonly batch: number;
  readonly from: string;
  /** Until when earlier imports counted messages. */
  readonly known: string;
  /** Whether the as-of instant is still {@link known}. */
  readonly stays: boolean;
}

/**
 * Reads what an import can have changed: makes {@link HEARD}, its sums and the tables that say how far back it reaches. All at once where no new
 * message is from before the window; otherwise new messages first, for they say of whom more is to be read. Gives whether nothing
 * but `touched_charger` can be another than it was, so that of the window too only their messages are read.
 */
export async function hear(sql: Sql, make: StatementMaker, imported: Imported): Promise<boolean> {
  const { window, before, since } = eventsOf(imported);
  const [found] = await sql.rows<{ late: boolean; changed: boolean; common: boolean }>(
    make(
      `SELECT EXISTS (${before}) AS late, EXISTS (FROM ${CHANGED_CHARGERS}) AS changed, (SELECT count(*) FROM kept_charger WHERE has_heartbeats) >= $silence_chargers AS common`,
    ),
  );
  const late = found?.late ?? true;
  const only = imported.stays && (late || found?.changed === true) && found?.common === false;
  const first = [heardView(make, late ? [before, since] : [window]), ...messageSumStatements(make, true)];
  for (const statement of [...first, ...reachStatements(make, only)]) await sql.run(statement);
  await readFurther(sql, make, { ...imported, only, always: late });
  while (late && (await sql.run(make(WIDEN))) > 0) {
    await readFurther(sql, make, { ...imported, only, always: true });
  }
  return only;
}

/** The messages of the window, those of the import itself, and those from after what was known. */
function eventsOf({ batch, from, known }: Imported) {
  const [id, start] = [Math.trunc(batch), `TIMESTAMP ${literal(from)}`];
  const events = `SELECT ${READ.join(', ')}, batch_id = ${id} OR happened_at >= TIMESTAMP ${literal(known)} AS is_new FROM device_event`;
  return {
    window: `${events} WHERE ${since(start)}`,
    /** Of the window the messages of chargers that may be others in it, and all new ones. */
    touched: `${events} WHERE ${since(start)} AND (batch_id = ${id} OR asset_id IN (
      SELECT sender FROM message_sender SEMI JOIN ${REACH_TABLE} USING (charger_id) ANTI JOIN ${ENDED_CHARGERS} USING (charger_id)))`,
    before: `${events} WHERE batch_id = ${id} AND happened_at < ${start}`,
    own: `${events} WHERE batch_id = ${id}`,
    since: `${events} WHERE ${since(start)} AND (batch_id = ${id} OR happened_at >= TIMESTAMP ${literal(known)})`,
  };
}

function since(start: string): string {
  return notBefore(deviceEvent, 'happened_at', start);
}

/** Reads the window, or what `only` some chargers said in it, with the messages that chargers take which reach back beyond it; where there are none, only if `always`. */
async function readFurther(
  sql: Sql,
  make: StatementMaker,
  imported: Imported & { readonly only: boolean; readonly always: boolean },
): Promise<void> {
  const [reach] = await sql.rows<{ whole: boolean; open: boolean; first: string | null; last: string | null; few: boolean }>(
    make(`SELECT coalesce(bool_or(is_whole), false) AS whole, coalesce(bool_or(is_whole OR until_at IS NULL), false) AS open,
      min(read_from) FILTER (${IS_LATE}) AS first,
      max(coalesce(${ENDS_READING}, CAST($window_from AS TIMESTAMP))) FILTER (${IS_LATE}) AS last,
      count(*) FILTER (${IS_LATE}) * (${await countOf(sql, deviceEvent)})
        <= ${MOST_COPIED} * (SELECT count(DISTINCT charger_id) FROM charging_port) AS few
      FROM ${REACH_TABLE} c`),
  );
  if (!imported.always && !reach?.whole && !reach?.first) return;
  const { window, touched, before, own } = eventsOf(imported);
  const isEarlier = `batch_id <> ${Math.trunc(imported.batch)}`;
  const earlier: string[] = [];
  if (reach?.first) {
    const isHeard = `${isEarlier} AND happened_at >= c.read_from AND coalesce(happened_at < ${ENDS_READING}, true)`;
    const until = reach.last ?? imported.from;
    earlier.push(...(await messagesBefore(sql, until, { chargers: 'late_charger', from: reach.first, condition: isHeard })));
  }
  if (reach?.whole) {
    earlier.push(...(await messagesBefore(sql, imported.from, { chargers: 'whole_charger', from: null, condition: isEarlier })));
  }
  // Where all of them end before the window, nothing of it but what is new is read.
  const isEnded = imported.only && reach?.open === false;
  const parts = [...(isEnded ? [own] : [imported.only ? touched : window, before]), ...earlier];
  const isCopied = reach?.first && reach.few && !reach.whole;
  const statements = isCopied
    ? [
        make(`CREATE OR REPLACE TEMP TABLE ${HEARD_COPY} AS ${parts.join(' UNION ALL ')}`),
        heardView(make, [`FROM ${HEARD_COPY}`]),
      ]
    : [heardView(make, parts)];
  for (const statement of [...statements, ...messageSumStatements(make, true)]) await sql.run(statement);
}

/** The messages from before an instant of the chargers `c` of a relation for which a condition holds, as SELECTs. */
async function messagesBefore(
  sql: Sql,
  until: string,
  of: { readonly chargers: string; readonly from: string | null; readonly condition: string },
): Promise<string[]> {
  const stored = await storedRows(sql, deviceEvent, [...READ, 'batch_id'], {
    column: 'asset_id',
    values: `SELECT sender AS value FROM message_sender SEMI JOIN ${of.chargers} USING (charger_id)`,
    from: of.from === null ? null : `TIMESTAMP ${literal(of.from)}`,
    until: `TIMESTAMP ${literal(until)}`,
  });
  return stored.map(
    (rows) => `SELECT ${READ.join(', ')}, false AS is_new
      FROM ${rows} e JOIN message_sender s ON s.sender = e.asset_id JOIN ${of.chargers} c ON c.charger_id = s.charger_id WHERE ${of.condition}`,
  );
}

function heardView(make: StatementMaker, parts: readonly string[]) {
  return make(`CREATE OR REPLACE TEMP VIEW ${HEARD} AS ${parts.join(' UNION ALL ')}`);
}

/** Until when messages of a late charger `c` are read: so long that a silence which began before it is told from one that counts. */
const ENDS_READING = 'add_minutes(c.until_at, $longest_gap)';

/**
 * The late chargers of which the messages read tell too little. How they were when what is made anew begins: they said
 * nothing in that time, or a port was not up and nothing was said in it of the port or, by a charger that does, of the whole. That they are from its end on
 * as they were: nothing came after the last new message, or a sender and connector with a new word said none after it.
 */
const UNTOLD = `
  WITH heard AS (
    SELECT v.charger_id, v.voice, v.port_id, v.connector_no, d.first_at, d.last_at, d.said, d.is_new, l.from_at, l.until_at
    FROM late_charger l JOIN voice v ON v.charger_id = l.charger_id
      JOIN message_day d ON d.sender = v.sender AND d.connector_no = v.connector_no),
  fallen AS (
    SELECT p.asset_id, p.charger_id, p.connector_no, k.start_at, c.speaks_whole
    FROM late_charger l JOIN charging_port p ON p.charger_id = l.charger_id JOIN kept_port k ON k.asset_id = p.asset_id
      JOIN kept_charger c ON c.charger_id = l.charger_id
    WHERE k.start_at < l.from_at AND NOT EXISTS (SELECT 1 FROM port_state s
      WHERE s.asset_id = p.asset_id AND s.start_at < l.from_at AND s.end_at >= l.from_at AND s.state = 'up')),
  told AS (
    SELECT p.asset_id, bool_or(${SPEAKS_FOR_WHOLE}) AS of_whole, bool_or(NOT ${SPEAKS_FOR_WHOLE}) AS of_port
    FROM fallen p JOIN heard m ON ${SPEAKS_FOR_PORT} WHERE m.said IS NOT NULL AND m.first_at >= p.start_at AND m.first_at < m.from_at GROUP BY p.asset_id),
  later AS (
    SELECT charger_id, max(last_at) FILTER (WHERE is_new) AS new_to, max(last_at) FILTER (WHERE NOT is_new) AS next_at,
      max(last_at) FILTER (WHERE is_new AND said IS NOT NULL) AS new_word_to, max(last_at) FILTER (WHERE NOT is_new AND said IS NOT NULL) AS next_word_at
    FROM heard WHERE last_at < until_at GROUP BY charger_id, voice)
  SELECT charger_id FROM late_charger ANTI JOIN (FROM heard WHERE first_at < from_at) before USING (charger_id)
  UNION SELECT f.charger_id FROM fallen f LEFT JOIN told t ON t.asset_id = f.asset_id
    WHERE NOT coalesce(t.of_port, false) OR (f.speaks_whole AND NOT coalesce(t.of_whole, false))
  UNION SELECT charger_id FROM later GROUP BY charger_id
    HAVING NOT coalesce(max(next_at) > max(new_to), false) OR bool_or(new_word_to IS NOT NULL AND NOT coalesce(next_word_at > new_word_to, false))`;

/** Reads more of those: as far back as ever and until now; and if that was read, all. */
const WIDEN = `UPDATE ${REACH_TABLE} SET until_at = NULL, read_from = add_days(from_at, -${LOOK_BACK_DAYS.last}),
    is_whole = until_at IS NULL AND read_from <= add_days(from_at, -${LOOK_BACK_DAYS.last})
  WHERE charger_id IN (${UNTOLD})`;
