import { gzipSync } from 'node:zlib';
import { dayText } from '../clock.ts';

export type Cell = string | number | boolean | null;
/** A header as the source system writes it, and the text of a row under it. */
export type Column<Row> = readonly [header: string, cell: (row: Row) => Cell];

/** One extract file: its name, the canonical table its rows are for, and its text. */
export interface Extract {
  readonly file: string;
  readonly table: string;
  readonly system: string;
  readonly rows: number;
  readonly text: string;
}

export function extractOf<Row>(
  given: { file: string; table: string; system: string },
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): Extract {
  const lines = [columns.map(([header]) => header).join(',')];
  for (const row of rows) lines.push(columns.map(([, cell]) => quoted(cell(row))).join(','));
  return { ...given, rows: rows.length, text: `${lines.join('\n')}\n` };
}

function quoted(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An instant as Salesforce writes it. */
export function longInstant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** An instant in whole seconds, with the `Z` that says UTC. */
export function instant(at: number | null): string | null {
  return at === null ? null : `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function day(number: number): string {
  return dayText(number);
}

/** Gzip that gives the same bytes for the same text everywhere: no time, no name, no operating system in its header. */
export function zipped(text: string): Buffer {
  const bytes = gzipSync(Buffer.from(text, 'utf8'), { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes;
}
