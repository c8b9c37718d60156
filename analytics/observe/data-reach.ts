import { type Day, shiftDay } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import { type Sql, type SqlStatement, usedParams } from '../contract/sql.ts';
import { identifier, literal } from '../tables/identifier.ts';
import { TABLES } from '../tables/index.ts';
import { notBefore } from '../tables/long-table.ts';
import { storedRows } from '../tables/parts.ts';
import { asOfInstant, businessDay } from './as-of.ts';

/** How far the data of a workspace reaches. */
export interface DataReach {
  /** The as-of day: the last business day on which anything that is not a plan happened; null while there is none. */
  readonly asOf: Day | null;
  /** The canonical tables that hold events of a time still to come. */
  readonly ahead: readonly string[];
}

/** Every column that says when something happened: no plan. */
const EVENTS = TABLES.flatMap((table) =>
  table.columns
    .filter((column) => (column.type === 'timestamp' || column.type === 'date') && !column.planned)
    .map(({ name, type }) => ({ table, name, column: identifier(name), isDate: type === 'date' })),
);

interface Found {
  readonly name: string;
  readonly day: Day | null;
  readonly ahead: boolean;
  readonly revealed: boolean;
}

/** How far the data reaches: to the latest event or date in any canonical table that is no plan and not after `now`. Reads every table, of long ones the last rows. */
export async function dataReach(sql: Sql, settings: Settings, now: Date): Promise<DataReach> {
  const names = (isLong: boolean) => TABLES.filter((table) => (table.long ?? false) === isLong).map((table) => table.name);
  const rows = await sql.rows<Found>(lookStatement(settings, { now, tables: names(false), since: null }));
  for (const each of EVENTS.filter((event) => event.table.long)) rows.push(...(await lastOf(sql, each, now)));
  return reachOf(rows);
}

/** The same of one column of a long table, as it is stored: in order of its times, or nearly so, the database finds the last without reading all. */
async function lastOf(sql: Sql, { table, name, column }: (typeof EVENTS)[number], now: Date): Promise<Found[]> {
  const end = 'CAST($now AS TIMESTAMP)';
  const parts = (await storedRows(sql, table, [name])).map(
    (rows) => `SELECT ${literal(table.name)} AS name, false AS revealed,
  local_day((SELECT ${column} FROM ${rows} e WHERE ${column} <= ${end} ORDER BY ${column} DESC LIMIT 1), NULL) AS day,
  EXISTS (SELECT 1 FROM ${rows} e WHERE ${column} > ${end} AND ${notBefore(table, name, end)}) AS ahead`,
  );
  return sql.rows<Found>({ text: parts.join('\nUNION ALL\n'), params: { now: now.toISOString() } });
}

/** The same once an import has brought rows. */
export interface ReachAfter extends DataReach {
  readonly asOf: Day;
  /** The canonical tables in which rows of earlier imports hold events that only this as-of day knows. */
  readonly revealed: ReadonlySet<string>;
}

/** What an import changed, and how far the data reached before it. */
interface Since {
  readonly now: Date;
  readonly known: DataReach & { readonly asOf: Day };
  readonly batch: number;
  /** The tables in which it has rows. */
  readonly tables: readonly string[];
}

/**
 * The same as {@link dataReach} after an import, at the cost of what happened in its tables on the last day known and after it. Null
 * where that does not tell: rows were corrected that may have been the last ones.
 */
export async function reachAfter(sql: Sql, settings: Settings, { now, known, batch, tables }: Since): Promise<ReachAfter | null> {
  const looked = [...new Set([...tables, ...known.ahead])];
  if (looked.length === 0) return { ...known, revealed: new Set() };
  const rows = await sql.rows<Found & { corrected: boolean }>(
    lookStatement(settings, { now, tables: looked, since: { day: known.asOf, batch } }),
  );
  const { asOf, ahead } = reachOf(rows);
  const isLater = asOf !== null && asOf >= known.asOf;
  if (!isLater && rows.some((row) => row.corrected)) return null;
  return {
    asOf: isLater ? asOf : known.asOf,
    ahead,
    revealed: new Set(rows.filter((row) => row.revealed).map((row) => row.name)),
  };
}

function reachOf(rows: readonly Found[]): DataReach {
  const days = rows.flatMap((row) => row.day ?? []).sort();
  return { asOf: days.at(-1) ?? null, ahead: [...new Set(rows.filter((row) => row.ahead).map((row) => row.name))].sort() };
}

interface Look {
  readonly now: Date;
  readonly tables: readonly string[];
  /** Nothing from before this day is read, and rows of other imports after it are told. */
  readonly since: { readonly day: Day; readonly batch: number } | null;
}

function lookStatement(settings: Settings, { now, tables, since }: Look): SqlStatement {
  const wanted = new Set(tables);
  const corrected = since
    ? ', EXISTS (SELECT 1 FROM main.superseded_row WHERE batch_id = CAST($batch AS INTEGER)) AS corrected'
    : '';
  const parts = EVENTS.filter((each) => wanted.has(each.table.name)).map(({ table, name, column, isDate }) => {
    const end = isDate ? 'CAST($today AS DATE)' : 'CAST($now AS TIMESTAMP)';
    const latest = `max(${column}) FILTER (WHERE ${column} <= ${end})`;
    const isRevealed = `${column} >= CAST($end AS TIMESTAMP) AND ${column} <= ${end} AND batch_id <> CAST($batch AS INTEGER)`;
    const revealed = isDate || !since ? 'false' : `coalesce(bool_or(${isRevealed}), false)`;
    const start = isDate ? 'CAST($day AS DATE)' : 'CAST($start AS TIMESTAMP)';
    return `SELECT ${literal(table.name)} AS name, ${isDate ? latest : `local_day(${latest}, NULL)`} AS day, coalesce(max(${column}) > ${end}, false) AS ahead, ${revealed} AS revealed
FROM main.${identifier(table.name)}${since ? ` WHERE ${notBefore(table, name, start)}` : ''}`;
  });
  const text = `SELECT *${corrected} FROM (\n${parts.join('\nUNION ALL\n')}\n) looked`;
  const params = {
    now: now.toISOString(),
    today: businessDay(now, settings),
    ...(since
      ? {
          day: since.day,
          batch: since.batch,
          start: asOfInstant(shiftDay(since.day, -1), settings),
          end: asOfInstant(since.day, settings),
        }
      : {}),
  };
  return { text, params: usedParams(text, params) };
}
