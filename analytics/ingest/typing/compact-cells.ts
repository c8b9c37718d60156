import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { literal } from '../../tables/identifier.ts';
import { columnType } from '../../tables/stored-type.ts';
import type { SupposedCell } from './long-file.ts';

/** A value and the SQL type it is stored in. */
export interface StoredCell extends SupposedCell {
  readonly type: string;
}

/** Texts of a column are numbered where it has at most so many, and few beside the rows in which they were found. */
const MOST_TEXTS = 50_000;
const ROWS_A_TEXT = 20;

/** The type in which the table stores a column; that of a time for what is no column of it. */
export function columnOf(table: TableDefinition, name: string): string {
  const column = table.columns.find((each) => each.name === name);
  return column ? columnType(table, column) : 'TIMESTAMP';
}

/** Each cell in the type of its column. */
export function asTheyAre(table: TableDefinition): (cell: SupposedCell) => StoredCell {
  return (cell) => ({ ...cell, type: columnOf(table, cell.name) });
}

/**
 * The cells in as little room as rows from everywhere in the file, `spread`, let one suppose is enough: texts of which there are few
 * as numbers, times without fractions in seconds. A text that is not among them makes a statement fail; a fraction is odd.
 */
export async function compactCells(
  sql: Sql,
  table: TableDefinition,
  { cells, spread }: { readonly cells: readonly SupposedCell[]; readonly spread: string },
): Promise<StoredCell[]> {
  const compact: StoredCell[] = [];
  for (const cell of cells) {
    const column = table.columns.find((each) => each.name === cell.name);
    const text = `c${cell.position}`;
    const plain = asTheyAre(table)(cell);
    if (column?.type === 'text') {
      const texts = await fewTexts(sql, spread, { text, odd: cell.odd });
      const type = `ENUM(${texts?.map(literal).join(', ')})`;
      const odd = column.required ? `(${text} IS NULL)` : 'false';
      compact.push(texts ? { ...cell, value: `CAST(${text} AS ${type})`, odd, type } : plain);
    } else if (column?.type === 'timestamp' && (await isWholeSeconds(sql, spread, text))) {
      const value = `CAST(${cell.value} AS TIMESTAMP_S)`;
      compact.push({
        ...cell,
        value,
        odd: `(${cell.odd} OR coalesce(NOT ${wholeSecond(text)}, false))`,
        type: 'TIMESTAMP_S',
      });
    } else compact.push(plain);
  }
  return compact;
}

/** The plain texts of a column, in order; null where they are many, or none. */
async function fewTexts(
  sql: Sql,
  spread: string,
  { text, odd }: { readonly text: string; readonly odd: string },
): Promise<string[] | null> {
  const found = await sql.rows<{ text: string; of: number }>({
    text: `SELECT ${text} AS text, (SELECT count(*) FROM ${spread}) AS of FROM (SELECT DISTINCT ${text} FROM ${spread} WHERE ${text} IS NOT NULL) r
      WHERE NOT ${odd} ORDER BY 1 LIMIT ${MOST_TEXTS + 1}`,
  });
  const [{ of } = { of: 0 }] = found;
  if (found.length === 0 || found.length > MOST_TEXTS || found.length * ROWS_A_TEXT > of) return null;
  return found.map((each) => each.text);
}

async function isWholeSeconds(sql: Sql, spread: string, text: string): Promise<boolean> {
  const [row] = await sql.rows<{ whole: boolean | null }>({
    text: `SELECT bool_and(${wholeSecond(text)}) AS whole FROM ${spread} WHERE ${text} IS NOT NULL`,
  });
  return row?.whole === true;
}

/** Of a time that is written plainly: whether it has no fraction. */
function wholeSecond(text: string): string {
  return `NOT contains(${text}, '.')`;
}
