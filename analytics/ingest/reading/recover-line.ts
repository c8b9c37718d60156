import Papa from 'papaparse';
import { type CellMarks, unescaped } from './scan-record.ts';

/** A mark inside a cell that no rule explains. */
const LONE = 1;
/** A mark at the start of a cell that opens nothing. */
const OPENS_NOTHING = 2;
/** A cell too many or too few. */
const MISFIT = 1.5;
/** Lines with more ways to be read than this are cut at every delimiter. */
const MOST_WAYS = 60_000;

interface Way {
  readonly cost: number;
  readonly cell: string;
  readonly quoted: boolean;
  readonly from: Way | null;
}

/**
 * The cells of one line whose quotation marks do not pair: of all ways to read it, the one with `width` cells that takes the fewest
 * marks as plain text. A mark that opens or closes nothing stays in its cell, unless every other cell is quoted and it must have had a partner.
 */
export function recoverLine(line: string, marks: CellMarks, width: number | null): string[] {
  const { delimiter, quote } = marks;
  const signs = quote === '' ? 0 : line.split(quote).length - 1;
  if (signs === 0 || signs * line.split(delimiter).length > MOST_WAYS) {
    return cut(line, delimiter, '\u0000', '\u0000');
  }
  let best: { readonly way: Way; readonly cost: number } | null = null;
  for (const [count, way] of waysToEnd(line, marks)) {
    const cost = way.cost + (width === null ? 0 : Math.abs(count - width) * MISFIT);
    if (!best || cost < best.cost) best = { way, cost };
  }
  const cells: Way[] = [];
  for (let way = best?.way ?? null; way?.from; way = way.from) cells.unshift(way);
  const allQuoted = cells.filter((cell) => cell.cell !== '' && !cell.quoted).length === 1 && cells.length > 2;
  return cells.map((cell) => (allQuoted && !cell.quoted ? withoutLoneMark(cell.cell, quote) : cell.cell));
}

/** The cells of a line under a delimiter, its marks read as forgivingly as can be. */
export function cut(line: string, delimiter: string, quoteChar: string, escapeChar: string = quoteChar): string[] {
  return Papa.parse<string[]>(line, { delimiter, quoteChar, escapeChar, newline: '\n', preview: 1 }).data[0] ?? [''];
}

/** The cheapest way to the end of the line for each number of cells. */
function waysToEnd(line: string, marks: CellMarks): ReadonlyMap<number, Way> {
  const { delimiter } = marks;
  const ends = new Map<number, Way>();
  const starts = new Map<number, Map<number, Way>>([[0, new Map([[0, { cost: 0, cell: '', quoted: false, from: null }]])]]);
  for (let at = 0; at !== -1; at = next(line, delimiter, at)) {
    const here = starts.get(at);
    if (!here) continue;
    for (const { end, ...cell } of readings(line, at, marks)) {
      const there = end >= line.length ? ends : (starts.get(end + delimiter.length) ?? new Map<number, Way>());
      if (end < line.length) starts.set(end + delimiter.length, there);
      for (const [count, from] of here) {
        const cost = from.cost + cell.cost;
        if (cost < (there.get(count + 1)?.cost ?? Number.POSITIVE_INFINITY)) there.set(count + 1, { ...cell, cost, from });
      }
    }
    starts.delete(at);
  }
  return ends;
}

/** Where the next cell can begin; -1 after the last delimiter. */
function next(line: string, delimiter: string, at: number): number {
  const found = line.indexOf(delimiter, at);
  return found === -1 ? -1 : found + delimiter.length;
}

interface Reading {
  readonly end: number;
  readonly cell: string;
  readonly quoted: boolean;
  readonly cost: number;
}

/** The ways to read the cell that begins at `at`: plain up to the next delimiter, or quoted up to each mark that may close it. */
function readings(line: string, at: number, marks: CellMarks): Reading[] {
  const { delimiter, quote } = marks;
  const found = line.indexOf(delimiter, at);
  const end = found === -1 ? line.length : found;
  const plain = line.slice(at, end);
  let open = at;
  if (!delimiter.startsWith(' ')) while (line[open] === ' ') open++;
  const opens = line.startsWith(quote, open);
  const signs = plain.split(quote).length - 1;
  const all: Reading[] = [{ end, cell: plain, quoted: false, cost: signs * LONE + (opens ? OPENS_NOTHING - LONE : 0) }];
  if (!opens) return all;
  const guard = marks.escape ?? quote;
  let lone = 0;
  for (let close = line.indexOf(quote, open + 1); close !== -1; close = line.indexOf(quote, close + 1)) {
    let after = close + 1;
    while (line[after] === ' ' && !line.startsWith(delimiter, after)) after++;
    if (after >= line.length || line.startsWith(delimiter, after)) {
      all.push({ end: after, cell: unescaped(line.slice(open + 1, close), marks), quoted: true, cost: lone * LONE });
    }
    if (guard === quote && line[close + 1] === quote) {
      const past = close + 2;
      if (past >= line.length || line.startsWith(delimiter, past)) {
        const cell = unescaped(line.slice(open + 1, close), marks) + quote;
        all.push({ end: past, cell, quoted: true, cost: (lone + 1) * LONE });
      }
      close++;
    } else if (guard === quote || line[close - 1] !== guard) lone++;
  }
  return all;
}

/** A cell without the mark at its edge that lost its partner. */
function withoutLoneMark(cell: string, quote: string): string {
  const text = cell.trim();
  if (text.split(quote).length !== 2) return cell;
  if (text.startsWith(quote)) return text.slice(quote.length);
  return text.endsWith(quote) ? text.slice(0, -quote.length) : cell;
}
