import Papa from 'papaparse';
import type { CellMarks } from './scan-record.ts';

/**
 * The cells of one line whose quotation marks do not pair: marks inside a cell are read as text, and where that does not give
 * `width` cells, all marks are, those at a cell's edges left out.
 */
export function recoverLine(line: string, marks: CellMarks, width: number | null): string[] {
  const loose = cut(line, marks.delimiter, marks.quote || '\u0000', marks.escape ?? marks.quote);
  if (loose.length === width || marks.quote === '') return loose;
  const plain = cut(line, marks.delimiter, '\u0000', '\u0000').map((cell) => bare(cell, marks));
  if (plain.length === width) return plain;
  return width !== null && Math.abs(loose.length - width) < Math.abs(plain.length - width) ? loose : plain;
}

/** The cells of a line under a delimiter, its marks read as forgivingly as can be. */
export function cut(line: string, delimiter: string, quoteChar: string, escapeChar: string = quoteChar): string[] {
  return Papa.parse<string[]>(line, { delimiter, quoteChar, escapeChar, newline: '\n', preview: 1 }).data[0] ?? [''];
}

/** A cell without the mark at its edge that has no partner within it. */
function bare(cell: string, { quote }: CellMarks): string {
  const trimmed = cell.trim();
  const begins = trimmed.startsWith(quote);
  const ends = trimmed.endsWith(quote);
  if (!begins && !ends) return cell;
  const paired = (trimmed.split(quote).length - 1) % 2 === 0;
  if (paired && !(begins && ends)) return cell;
  return trimmed
    .slice(begins ? quote.length : 0, ends && trimmed.length > 1 ? -quote.length : undefined)
    .replaceAll(quote + quote, quote);
}
