import { WeirError } from '../../contract/errors.ts';
import type { TextFile } from '../bytes/text-file.ts';
import type { CellKind } from './cell-kind.ts';
import { decideMarks, hasMadeHeader, type MarkOptions, newlineOf, sampleRows } from './dialect.ts';
import { columnKinds, type FoundHeader, filledCells, findHeader, headerNames, type Row, wholeHeader } from './header-row.ts';
import { takeSamples } from './sample.ts';
import type { CellMarks } from './scan-record.ts';
import { commonWidth } from './score-dialect.ts';

/** What is known of a table before its rows are read. */
export interface TablePlan {
  readonly marks: CellMarks;
  readonly newline: string;
  readonly names: readonly string[];
  /** The header's rows as they stand: a row like one of them further down is a repeated header. */
  readonly header: readonly Row[];
  /** The line of the first data row's predecessor: rows up to it are preamble or header. */
  readonly lastHeaderLine: number;
  /** Physical line of the header; null where there is none. */
  readonly headerLine: number | null;
  readonly firstLine: number;
  /** Cells that most rows have, and how many columns the table is given. */
  readonly width: number;
  readonly columns: number;
  readonly kinds: readonly (CellKind | null)[];
  /** Filled cells that a row has as a rule. */
  readonly filled: number;
}

export interface PlanOptions extends MarkOptions {
  /** Physical line of the header, from 1; null where the file has none; found where absent. */
  readonly headerLine?: number | null;
}

/** Understands a text from samples; null where it holds no row at all. `more` may give the marks and the header. */
export async function planTable(file: TextFile, told: PlanOptions): Promise<TablePlan | null> {
  const more = { ...told, ...headerOf(file, told), copied: file.format !== 'text' };
  const samples = await takeSamples(file);
  const [start = ''] = samples.pieces;
  const scored = decideMarks(samples, more);
  const rows = sampleRows(start, scored, samples.whole).filter((row) => !isSeparatorLine(row));
  if (more.headerLine != null && !rows.some((row) => row.line === more.headerLine)) {
    throw new WeirError('bad-request', {
      reason: `no row begins on line ${told.headerLine} of ${file.given}: it cannot be the header.`,
    });
  }
  return rows.length === 0 ? null : planRows(rows, { marks: scored.marks, newline: newlineOf(start) }, more.headerLine);
}

/** The line of the header in the copy that is read, where it is known. */
export function headerOf(file: TextFile, { headerLine }: Pick<PlanOptions, 'headerLine'>): Pick<PlanOptions, 'headerLine'> {
  if (hasMadeHeader(file)) return { headerLine: 1 };
  return typeof headerLine === 'number' ? { headerLine: file.lineMap.copyOf(headerLine) } : {};
}

/** The plan for rows that are cut already; `headerLine` is where the header stands, null where there is none. */
export function planRows(
  rows: readonly Row[],
  known: Pick<TablePlan, 'marks' | 'newline'>,
  headerLine?: number | null,
): TablePlan | null {
  const width = commonWidth(rows.map((row) => row.cells.length));
  const found =
    headerLine == null
      ? foundHeader(rows, width, headerLine)
      : { index: rows.findIndex((row) => row.line === headerLine), rows: 1 };
  const top = found && rows[found.index];
  if (!found || !top) return null;
  const header = rows.slice(found.index, found.index + found.rows).filter((row) => filledCells(row.cells) > 0);
  const body = rows.slice(found.index + found.rows);
  const full = body.filter((row) => row.cells.length === width);
  const given = header.length > 0 ? headerNames(header) : [];
  const surplus = given.length > width && filledCells(given) === width;
  const named = surplus ? given.filter((name) => name.trim() !== '') : given;
  const names = isRowNamed(named, full, width) ? ['', ...named] : named;
  return {
    ...known,
    names,
    header,
    headerLine: header.length > 0 ? top.line : null,
    lastHeaderLine: header.at(-1)?.line ?? top.line - 1,
    firstLine: top.line,
    width,
    columns: Math.max(width, names.length),
    kinds: columnKinds(full, width),
    filled:
      full.length === 0
        ? width
        : (full.map((row) => row.cells.filter((cell) => cell.trim() !== '').length).sort((a, b) => a - b)[
            Math.floor(full.length / 2)
          ] ?? width),
  };
}

function foundHeader(rows: readonly Row[], width: number, headerLine?: null): FoundHeader | null {
  const first = findHeader(rows, width);
  if (!first || headerLine === null) return first && { ...first, rows: 0 };
  return first.rows > 0 ? wholeHeader(rows, first.index, width) : first;
}

/** `sep=;` on a line of its own is a note for spreadsheets. */
export function isSeparatorLine(row: Row): boolean {
  return row.line === 1 && /^"?sep=/i.test(row.cells[0] ?? '') && row.cells.length <= 2;
}

/** A header that is one name short above rows that begin with their own number lacks the name of that first column. */
function isRowNamed(names: readonly string[], body: readonly Row[], width: number): boolean {
  if (names.length !== width - 1 || names.length === 0 || body.length < 2) return false;
  return body
    .slice(0, 20)
    .every((row, index) => Number(row.cells[0]) === Number(body[0]?.cells[0]) + index && row.cells[0] !== '');
}
