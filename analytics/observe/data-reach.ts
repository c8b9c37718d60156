import type { Day } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { identifier, literal } from '../tables/identifier.ts';
import { TABLES } from '../tables/index.ts';
import { asOfInstant, businessDay } from './as-of.ts';

/** Every column that says when something happened: no plan. */
const EVENTS = TABLES.flatMap((table) =>
  table.columns
    .filter((column) => (column.type === 'timestamp' || column.type === 'date') && !column.planned)
    .map(({ name, type }) => ({ table: table.name, column: identifier(name), isDate: type === 'date' })),
);

/**
 * The as-of day: the business day of the latest event or date in any canonical table that is no plan and not after `now`; null
 * while there is none. Reads every table.
 */
export async function latestDay(sql: Sql, settings: Settings, now: Date): Promise<Day | null> {
  const [latest] = await sql.rows<{ day: Day | null }>({
    text: `SELECT max(day) AS day FROM (
${EVENTS.map(({ table, column, isDate }) => {
  const found = `max(${column}) FILTER (WHERE ${column} <= ${isDate ? 'CAST($today AS DATE)' : 'CAST($now AS TIMESTAMP)'})`;
  return `SELECT ${isDate ? found : `local_day(${found}, NULL)`} AS day FROM ${identifier(table)}`;
}).join('\nUNION ALL\n')}
) latest`,
    params: { now: now.toISOString(), today: businessDay(now, settings) },
  });
  return latest?.day ?? null;
}

/** How far the data reaches once an import has brought rows. */
export interface ReachAfter {
  readonly asOf: Day;
  /** The canonical tables in which rows of earlier imports hold events that only this as-of day knows. */
  readonly revealed: ReadonlySet<string>;
}

/**
 * The same as {@link latestDay} where it was `known` before an import, at the cost of what happened on that day and after it.
 * Null where nothing did any more: rows that said so were corrected.
 */
export async function reachAfter(
  sql: Sql,
  settings: Settings,
  { now, known, batch }: { readonly now: Date; readonly known: Day; readonly batch: number },
): Promise<ReachAfter | null> {
  const yesterday = new Date(Date.parse(`${known}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const rows = await sql.rows<{ name: string; day: Day | null; earlier: number }>({
    text: EVENTS.map(({ table, column, isDate }) => {
      const span = isDate
        ? `${column} >= CAST($known AS DATE) AND ${column} <= CAST($today AS DATE)`
        : `${column} >= CAST($start AS TIMESTAMP) AND ${column} <= CAST($now AS TIMESTAMP)`;
      const earlier = isDate
        ? '0'
        : `count(*) FILTER (WHERE ${column} >= CAST($end AS TIMESTAMP) AND batch_id <> CAST($batch AS INTEGER))`;
      return `SELECT ${literal(table)} AS name, ${isDate ? `max(${column})` : `local_day(max(${column}), NULL)`} AS day, ${earlier} AS earlier
FROM main.${identifier(table)} WHERE ${span}`;
    }).join('\nUNION ALL\n'),
    params: {
      known,
      batch,
      now: now.toISOString(),
      today: businessDay(now, settings),
      start: asOfInstant(yesterday, settings),
      end: asOfInstant(known, settings),
    },
  });
  const asOf = rows.reduce<Day | null>(
    (latest, { day }) => (day !== null && (latest === null || day > latest) ? day : latest),
    null,
  );
  if (asOf === null) return null;
  return { asOf, revealed: new Set(rows.filter((row) => row.earlier > 0).map((row) => row.name)) };
}
