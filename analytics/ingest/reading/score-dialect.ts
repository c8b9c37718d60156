import { type CellKind, kindOf } from './cell-kind.ts';
import { RecordReader } from './records.ts';
import { type CellMarks, scanRecord } from './scan-record.ts';

const START_ROWS = 400;
const OTHER_ROWS = 100;
const MOST_CELLS = 60;

/** How much a well-cut cell of a kind speaks for the marks that cut it. */
const WORTH: Readonly<Record<CellKind, number>> = { number: 1, moment: 1, code: 0.95, empty: 0.85, text: 0.8, odd: 0 };
/** Signs that stand in ordinary words and numbers need more proof that they delimit. */
const PRIOR: Readonly<Record<string, number>> = {
  ',': 1,
  ';': 1.02,
  '\t': 1.1,
  '|': 1.02,
  '^': 0.95,
  '~': 0.95,
  ' ': 0.5,
  ':': 0.55,
  '#': 0.6,
  '&': 0.6,
  '*': 0.6,
  '!': 0.5,
  '=': 0.5,
  '/': 0.4,
};
/** A cell that still stands in quotation marks was cut with the wrong ones. */
const FRAMED = 0.4;
const RARE = 0.85;
const LONG = 1.1;

/** Marks with how well they cut the samples, and the width that most rows have under them. */
export interface ScoredMarks {
  readonly marks: CellMarks;
  readonly score: number;
  readonly width: number;
}

/**
 * Scores marks by what a table has and a wrongly cut text has not: rows of one width, more than one column, cells that look
 * like values, and columns of one kind. The idea of consistency times type is van den Burg, Nazábal and Sutton,
 * "Wrangling messy CSV files by detecting row and type patterns" (2019); weights and measures are Weir's own.
 */
export function scoreMarks(pieces: readonly string[], marks: CellMarks): ScoredMarks {
  const rows = pieces.flatMap((piece, index) => rowsOf(piece, marks, index === 0 ? START_ROWS : OTHER_ROWS));
  const width = commonWidth(rows.map((row) => row.length));
  if (rows.length === 0) return { marks, score: 0, width };
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let pattern = 0;
  for (const [length, count] of counts) pattern += (count / rows.length) ** 1.5 * gain(length, rows);
  const even = rows.filter((row) => row.length === width);
  // Files without any quotation are rarer than files with a stray mark.
  const plain = marks.quote === '' ? 0.4 : 1;
  const score = plain * pattern * cellWorth(rows, marks) ** 2 * columnWorth(even, width) * prior(marks.delimiter);
  return { marks, score, width };
}

/** The rows of a piece under the marks; a record that cannot be cut is a row without cells, one wrapped whole in quotes is opened. */
export function rowsOf(piece: string, marks: CellMarks, most: number): (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  for (const record of new RecordReader(marks, null).read(piece, true)) {
    if (record.text.trim() === '') continue;
    rows.push(record.cells === null ? [] : opened(record.cells, record.text, marks));
    if (rows.length >= most) break;
  }
  return rows;
}

/** The cells within a row that stands in quotation marks as a whole; any other row as it is. */
export function opened(cells: readonly string[], text: string, marks: CellMarks): readonly string[] {
  const [only] = cells;
  if (cells.length !== 1 || only === undefined || marks.quote === '' || !text.startsWith(marks.quote)) return cells;
  if (!only.includes(marks.delimiter)) return cells;
  const inner = scanRecord(only, 0, { ...marks, last: true });
  if (inner.kind !== 'record' || inner.end < only.length) return cells;
  return inner.cells.length > 2 || only.includes(marks.quote) ? inner.cells : cells;
}

/** The width that most rows have; rows of one cell count only where there are no others. */
export function commonWidth(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const ones = counts.get(1) ?? 0;
  let best = 0;
  for (const [width, count] of counts) if (width > 1 && count > (counts.get(best) ?? 0)) best = width;
  if (best === 0) return ones > 0 ? 1 : 0;
  return ones > 8 * (counts.get(best) ?? 0) ? 1 : best;
}

function gain(length: number, rows: readonly (readonly string[])[]): number {
  if (length === 0) return 0;
  if (length > 1) return (length - 1) / length;
  const settled = rows.filter((row) => row.length === 1 && kindOf(row[0] ?? '') === 'moment' && !/[,;\t|]/.test(row[0] ?? ''));
  return 0.3 + (0.6 * settled.length) / rows.length;
}

function cellWorth(rows: readonly (readonly string[])[], { quote }: CellMarks): number {
  let sum = 0;
  let count = 0;
  for (const row of rows) {
    for (const cell of row.slice(0, MOST_CELLS)) {
      const bare = quote === '' && /^\s*"|"\s*$/.test(cell);
      const framed = isFramed(cell, "'") || isFramed(cell, '"');
      sum += bare ? 0 : framed ? FRAMED : WORTH[kindOf(cell)];
      count++;
    }
    if (row.length === 0) count++;
  }
  return count === 0 ? 0 : sum / count;
}

function isFramed(cell: string, sign: string): boolean {
  const text = cell.trim();
  return text.length > 1 && text.startsWith(sign) && text.endsWith(sign);
}

/** How far each column is of one kind; a column with nothing in it speaks against the marks. */
function columnWorth(rows: readonly (readonly string[])[], width: number): number {
  let sum = 0;
  const columns = Math.min(width, MOST_CELLS);
  for (let column = 0; column < columns; column++) {
    const counts = new Map<string, number>();
    let filled = 0;
    for (const row of rows) {
      const kind = kindOf(row[column] ?? '');
      if (kind === 'empty') continue;
      const family = kind === 'code' ? 'text' : kind;
      counts.set(family, (counts.get(family) ?? 0) + 1);
      filled++;
    }
    sum += filled === 0 ? 0.4 : 0.5 + (0.5 * Math.max(...counts.values())) / filled;
  }
  return columns === 0 ? 1 : sum / columns;
}

function prior(delimiter: string): number {
  if (delimiter.length > 1) return LONG;
  return PRIOR[delimiter] ?? RARE;
}
