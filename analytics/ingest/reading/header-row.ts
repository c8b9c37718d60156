import { type CellKind, isTyped, kindOf } from './cell-kind.ts';

const SEARCH = 60;
const MOST_ROWS = 4;
const MOST_ABOVE = 2;
const BODY = 200;

export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Where the header stands among the rows: `rows` of them from `index` on, one as first found; 0 where the table has none and its data begin there. */
export interface FoundHeader {
  readonly index: number;
  readonly rows: number;
}

/**
 * Finds the header: below lines of another width or mostly empty, in text where the column below holds numbers or dates,
 * with names that differ and do not come again in the column.
 */
export function findHeader(rows: readonly Row[], width: number): FoundHeader | null {
  if (rows.length === 0) return null;
  const index = firstFullRow(rows, width);
  const top = rows[index];
  if (!top) return null;
  const body = rows.slice(index + 1, index + 1 + BODY).filter((row) => row.cells.length === width);
  if (body.length === 0) return { index, rows: looksLikeData(top.cells) ? 0 : 1 };
  if (!isHeader(top.cells, body, width)) return { index, rows: 0 };
  return { index, rows: 1 };
}

/** True for a row of words where the columns hold numbers or dates: a header in the middle of a file. */
export function contradicts(cells: readonly string[], kinds: readonly (CellKind | null)[]): boolean {
  let against = 0;
  let typed = 0;
  for (const [column, kind] of kinds.entries()) {
    if (!kind || !isTyped(kind)) continue;
    typed++;
    const own = kindOf(cells[column] ?? '');
    if (own === 'text' || own === 'code') against++;
  }
  return (
    typed >= 1 && against >= Math.max(Math.min(typed, 2), Math.ceil(typed * 0.7)) && cells.every((cell) => !isTyped(kindOf(cell)))
  );
}

/** The kind that nearly all filled cells of a column have; null where there is none. */
export function columnKinds(rows: readonly Row[], width: number): (CellKind | null)[] {
  return Array.from({ length: width }, (_, column) => {
    const counts = new Map<CellKind, number>();
    let filled = 0;
    for (const row of rows) {
      const kind = kindOf(row.cells[column] ?? '');
      if (kind === 'empty') continue;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      filled++;
    }
    for (const [kind, count] of counts) if (count >= filled * 0.8) return kind;
    return null;
  });
}

/** Cells with something in them. */
export function filledCells(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

function firstFullRow(rows: readonly Row[], width: number): number {
  const typical = median(rows.filter((row) => row.cells.length === width).map((row) => filledCells(row.cells)));
  const needed = width < 2 ? 1 : Math.max(2, Math.ceil(typical * 0.5));
  const isFull = (row: Row) => row.cells.length === width && filledCells(row.cells) >= needed && !isComment(row, rows);
  let index = rows.slice(0, SEARCH).findIndex((row, at) => isFull(row) && followed(rows, at, width));
  if (index === -1) index = rows.findIndex(isFull);
  if (index === -1) return 0;
  const above = rows[index - 1];
  const kinds = columnKinds(rows.slice(index, index + BODY), width);
  if (above && !isComment(above, rows) && namesOfOtherWidth(above.cells, width, kinds)) {
    const first = rows[index]?.cells ?? [];
    if (
      !contradicts(first, columnKinds(rows.slice(index + 1, index + BODY), width)) &&
      (kinds.some((kind) => kind && isTyped(kind)) || rows.length > 3)
    ) {
      return index - 1;
    }
  }
  return index;
}

/** A header may lack names or have some too many; names that are not all different need numbers below them to be names. */
function namesOfOtherWidth(cells: readonly string[], width: number, kinds: readonly (CellKind | null)[]): boolean {
  if (cells.length === width || cells.length < 2 || cells.length < width * 0.6 || cells.length > width * 1.5 + 1) return false;
  if (filledCells(cells) < cells.length * 0.6) return false;
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (!names.every((name) => !isTyped(kindOf(name)) && name.length < 80)) return false;
  const typed = kinds.filter((kind) => kind && isTyped(kind)).length;
  return new Set(names).size === names.length || (Math.abs(cells.length - width) === 1 && typed > width / 2);
}

function followed(rows: readonly Row[], at: number, width: number): boolean {
  const next = rows.slice(at + 1, at + 6);
  return next.length === 0 || next.filter((row) => row.cells.length === width).length >= next.length * 0.4;
}

/** A row that begins with a comment sign where most others do not. */
export function isComment(row: Row, rows: readonly Row[]): boolean {
  const sign = commentSign(row.cells[0] ?? '');
  if (sign === null) return false;
  const width = row.cells.length;
  const same = rows.filter((each) => commentSign(each.cells[0] ?? '') === sign);
  // A sign with a blank after it begins a remark even where a short file has many of them.
  const most = /^\s*\S+\s/.test(row.cells[0] ?? '') ? 0.6 : 0.3;
  if (same.length > rows.length * most && rows.length > 3) return false;
  const others = rows.filter((each) => each !== row && each.cells.length === width && commentSign(each.cells[0] ?? '') === null);
  return others.length < rows.length * 0.3 || (sign === '#' && /^#\s/.test(row.cells[0] ?? '') && same.length > 1);
}

function commentSign(cell: string): string | null {
  return /^\s*(#|\/\/|--(?=\s)|%%?(?=\s)|\/\*)/.exec(cell)?.[1] ?? null;
}

function isHeader(cells: readonly string[], body: readonly Row[], width: number): boolean {
  const kinds = columnKinds(body, width);
  let evidence = 0.5;
  const names = cells.map((cell) => cell.trim());
  const filled = names.filter((name) => name !== '');
  for (const [column, kind] of kinds.entries()) {
    const name = names[column] ?? '';
    const own = kindOf(name);
    if (name === '' || kind === null) continue;
    if (isTyped(kind))
      evidence += isTyped(own) ? (isYear(name) && !isYear(body[0]?.cells[column] ?? '') ? 0.3 : -1) : own === 'empty' ? 0 : 1;
    else if (isTyped(own)) evidence -= 1;
    else evidence += textEvidence(name, body, column);
  }
  if (new Set(filled).size < filled.length) evidence -= 0.5;
  if (filled.length > 0 && filled.every((name) => !isTyped(kindOf(name)))) evidence += 0.75;
  return evidence > 0;
}

/** Among texts, a name speaks against a header where it comes again below, and for it where it is unlike what stands below. */
function textEvidence(name: string, body: readonly Row[], column: number): number {
  const values = body.map((row) => (row.cells[column] ?? '').trim()).filter((value) => value !== '');
  if (values.length === 0) return 0;
  if (values.includes(name)) return values.length > 2 ? -0.8 : -0.3;
  const lengths = values.map((value) => value.length);
  const same = lengths.every((length) => length === lengths[0]);
  if (same && values.length > 2) return name.length === lengths[0] ? -0.2 : 0.5;
  const shape = (text: string) => `${/\d/.test(text)}${/[@/:]/.test(text)}`;
  const digits = values.filter((value) => shape(value) === shape(values[0] ?? '')).length;
  return digits > values.length * 0.9 && shape(name) !== shape(values[0] ?? '') && !/\d/.test(name) ? 0.5 : 0.05;
}

function looksLikeData(cells: readonly string[]): boolean {
  const typed = cells.filter((cell) => isTyped(kindOf(cell)) && !isYear(cell)).length;
  return typed > 0 && typed >= cells.length * 0.3;
}

/** A year of our times: a number that also stands as a name. */
export function isYear(text: string): boolean {
  return /^(19|20)\d\d$/.test(text.trim());
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

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
