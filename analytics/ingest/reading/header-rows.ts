import { isTyped, kindOf } from './cell-kind.ts';
import { columnKinds, contradicts, type FoundHeader, filledCells, isYear, type Row } from './header-row.ts';

const MOST_ROWS = 4;
const MOST_ABOVE = 2;

/** The whole header around its first row of names: the rows of group names above it and of second names below. */
export function wholeHeader(rows: readonly Row[], index: number, width: number): FoundHeader {
  let last = index;
  while (last - index < MOST_ROWS) {
    const next = rows.findIndex((row, at) => at > last && filledCells(row.cells) > 0);
    const below = rows.slice(next + 1).filter((row) => row.cells.length === width);
    const row = rows[next];
    if (!row || next - last > 3 || below.length === 0 || row.cells.length !== width) break;
    if (!isSecondNames(row.cells, below) && !(next === last + 1 && isHeaderAgain(row.cells, below))) break;
    last = next;
  }
  let first = index;
  while (index - first < MOST_ABOVE) {
    const above = rows[first - 1];
    const names = rows[first];
    if (!above || !names || !isGroups(above.cells, names.cells)) break;
    first--;
  }
  return { index: first, rows: last - first + 1 };
}

/** The names of the columns of a header of one row, as they stand, or of several: a group's name goes before each name in it. */
export function headerNames(rows: readonly Row[]): string[] {
  const named = rows.filter((row) => filledCells(row.cells) > 0);
  const [only] = named;
  if (!only) return [];
  if (named.length === 1) return [...only.cells];
  const width = Math.max(...named.map((row) => row.cells.length));
  const levels = named.map((row) => Array.from({ length: width }, (_, column) => (row.cells[column] ?? '').trim()));
  return Array.from({ length: width }, (_, column) => [...new Set(partsOf(levels, column))].join(' '));
}

/** What each level of a header says of a column; a level that is blank there takes the group to its left that spans the column. */
function partsOf(levels: readonly (readonly string[])[], column: number): string[] {
  let from = 0;
  const parts: string[] = [];
  for (const [index, level] of levels.entries()) {
    const deeper = levels.slice(index + 1);
    const named = (at: number) => deeper.some((other) => other[at] !== '');
    let at = column;
    if (named(column)) while (at > from && level[at] === '') at--;
    const part = at === column || named(at) ? (level[at] ?? '') : '';
    if (part !== '') {
      parts.push(part);
      from = at;
    }
  }
  return parts;
}

/** True for words where the columns hold numbers or dates: a second row of names. */
function isHeaderAgain(cells: readonly string[], below: readonly Row[]): boolean {
  return filledCells(cells) >= 2 && contradicts(cells, columnKinds(below, cells.length));
}

/** True for a row that names some columns only, none of which holds words. */
function isSecondNames(cells: readonly string[], below: readonly Row[]): boolean {
  if ((cells[0] ?? '').trim() !== '') return false;
  const kinds = columnKinds(below, cells.length);
  let against = 0;
  for (const [column, cell] of cells.entries()) {
    if (cell.trim() === '') continue;
    const kind = kinds[column] ?? null;
    const filled = below.some((row) => (row.cells[column] ?? '').trim() !== '');
    if (isTyped(kindOf(cell)) || kindOf(cell) === 'empty' || (filled && !(kind && isTyped(kind)))) return false;
    if (filled) against++;
  }
  return against > 0;
}

/** True for names of groups of columns: fewer than the names below, each at the first column of its group. */
function isGroups(cells: readonly string[], names: readonly string[]): boolean {
  const groups = cells.flatMap((cell, column) => (cell.trim() === '' ? [] : [column]));
  if (cells.length !== names.length || groups.length < 2 || groups.length >= filledCells(names)) return false;
  if (!groups.every((column) => (names[column] ?? '').trim() !== '' && isName(cells[column] ?? ''))) return false;
  const spans = groups.some((column) => (cells[column + 1] ?? 'none').trim() === '' && (names[column + 1] ?? '').trim() !== '');
  if (!spans) return (cells[0] ?? '').trim() === '';
  if ((cells[0] ?? '').trim() === '') return true;
  const own = names.map((name) => name.trim());
  return new Set(own).size < own.length;
}

function isName(cell: string): boolean {
  return (!isTyped(kindOf(cell)) || isYear(cell)) && !cell.trim().endsWith(':');
}
