import type { TableDefinition } from '../../tables/definition.ts';
import { identifier } from '../../tables/identifier.ts';
import { tableNamed } from '../../tables/index.ts';
import type { DataChange } from '../affected.ts';
import type { Turning } from '../shape/index.ts';
import { eventsIn } from '../source-relation.ts';
import { turnedRows } from '../turned.ts';

/** What a change touches of what metrics read. */
export interface Touched {
  /** Tables with new or changed rows. */
  readonly changed: ReadonlySet<string>;
  /** Those of {@link DataChange}. */
  readonly revealed: ReadonlySet<string>;
}

/** A change and what it touches. */
export interface TouchingChange {
  readonly change: DataChange;
  readonly touched: Touched;
}

/**
 * The rows of a table by which a change may alter observations, as SELECTs of their place in storage: rows that it brought or changed, of
 * which it changed something that they link to, or an event of which only the new as-of day knows, and those that meet a turning.
 */
export function seedsOf(table: TableDefinition, known: TouchingChange, turnings: readonly Turning[]): readonly string[] {
  const { change, touched } = known;
  const rows = (condition: string) => `SELECT t.rowid AS place FROM main.${identifier(table.name)} t WHERE ${condition}`;
  const events = eventsIn(table).map(
    ({ name }) => `(t.${identifier(name)} >= CAST($before AS TIMESTAMP) AND t.${identifier(name)} < $as_of)`,
  );
  return [
    ...(touched.changed.has(table.name) ? [rows(`t.batch_id = ${Math.trunc(change.batch)}`)] : []),
    ...(touched.revealed.has(table.name) && events.length > 0 ? [rows(events.join(' OR '))] : []),
    ...linksTo(table, known).map((condition) => rows(condition)),
    ...turnings.filter((each) => each.table === table.name).map((each) => `SELECT s.place FROM ${turnedRows(each)}`),
  ];
}

/** Conditions over a row `t` of a table, one for each link, that hold where it leads to a row that a change touched. */
function linksTo(table: TableDefinition, known: TouchingChange): readonly string[] {
  return table.links.flatMap((link) => {
    const keys = changedKeys(link.table, known);
    return keys.length > 0 ? [`t.${identifier(link.column)} IN (${keys.join(' UNION ALL ')})`] : [];
  });
}

/** The keys of the rows of a table that a change brought or altered, or of which it did something that they link to, as SELECTs. */
export function changedKeys(name: string, known: TouchingChange): readonly string[] {
  const table = tableNamed(name);
  const key = table?.key[0];
  if (!table || key === undefined) return [];
  const conditions = [
    ...(known.touched.changed.has(name) ? [`t.batch_id = ${Math.trunc(known.change.batch)}`] : []),
    ...linksTo(table, known),
  ];
  return conditions.map((condition) => `SELECT t.${identifier(key)} FROM main.${identifier(name)} t WHERE ${condition}`);
}
