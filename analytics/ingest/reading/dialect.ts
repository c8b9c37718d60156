import { WeirError } from '../../contract/errors.ts';
import type { Dialect } from '../../contract/import-report.ts';
import type { TextFile } from '../bytes/text-file.ts';
import { candidateMarks } from './candidates.ts';
import { findHeader, type Row } from './header-row.ts';
import { RecordReader } from './records.ts';
import { type Samples, takeSamples } from './sample.ts';
import type { CellMarks } from './scan-record.ts';
import { commonWidth, opened, rowsOf, type ScoredMarks, scoreMarks } from './score-dialect.ts';

const HEADER_SEARCH = 40;
const MOST_RECORDS = 2000;
const FIRST_ROWS = 8;

/** How a file's text is laid out, and the header found in it. */
export interface Layout {
  readonly dialect: Dialect;
  readonly headers: readonly string[];
  /** Physical lines above the header that hold something. */
  readonly preamble: number;
  /** False where the header itself stretches over several lines or holds a broken mark, or where the database does not know the marks. */
  readonly plainHeader: boolean;
  /** The first rows below the header, as cut from the sample. */
  readonly firstRows: readonly Row[];
}

/** What a user said of the layout. */
export interface ToldLayout extends Pick<MarkOptions, 'delimiter' | 'quote'> {
  readonly headerLine?: number;
}

/** How likely a row of cells is the header: the number of cells recognised. */
export type HeaderJudge = (cells: readonly string[]) => number;

/** Decides delimiter, quotation mark and header row from samples of the start, the middle and the end; null where there is no row at all. */
export async function findLayout(file: TextFile, judge: HeaderJudge, told: ToldLayout = {}): Promise<Layout | null> {
  const samples = await takeSamples(file);
  const [start = ''] = samples.pieces;
  const judged = judgedOnce(judge);
  const { headerLine: toldLine, ...given } = told;
  const headerLine = hasMadeHeader(file) ? 1 : toldLine === undefined ? undefined : file.lineMap.copyOf(toldLine);
  const { marks } = decideMarks(samples, { judge: judged, ...given, copied: file.format !== 'text' });
  const records = [...new RecordReader(marks, null).read(start, samples.whole)].slice(0, MOST_RECORDS);
  const rows = records
    .filter((record) => record.text.trim() !== '')
    .filter((record) => record.cells !== null)
    .map((record) => ({ ...record, cells: opened(record.cells, record.text, marks) }));
  const width = commonWidth(rows.map((row) => row.cells.length));
  const found =
    headerLine === undefined
      ? (knownHeader(rows, width, judged) ?? rows[findHeader(rows, width)?.index ?? 0])
      : rowAt(file, rows, headerLine, toldLine);
  if (!found) return null;
  const { delimiter, quote, escape: guard } = marks;
  return {
    dialect: { delimiter, quote, ...(guard ? { escape: guard } : {}), headerLine: found.line, newline: newlineOf(start) },
    headers: found.cells.map((cell) => cell.trim()),
    preamble: records.filter((record) => record.line < found.line).length,
    firstRows: rows
      .slice(rows.indexOf(found) + 1, rows.indexOf(found) + 1 + FIRST_ROWS)
      .map(({ line, cells }) => ({ line: file.lineMap.givenOf(line), cells })),
    plainHeader: !/[\r\n]/.test(found.text) && delimiter.length === 1 && !guard,
  };
}

/** The same judge, which remembers: most marks that may be meant cut a row alike. */
function judgedOnce(judge: HeaderJudge): HeaderJudge {
  const known = new Map<string, number>();
  return (cells) => {
    const row = JSON.stringify(cells);
    const worth = known.get(row) ?? judge(cells);
    known.set(row, worth);
    return worth;
  };
}

/** True of a file whose columns have names and no line for them: its copy has one. */
export function hasMadeHeader({ format }: TextFile): boolean {
  return format === 'json-lines' || format === 'parquet' || format === 'message-log';
}

/** The line of the file on which its header stands, from 1; 0 where it has none of its own. */
export function headerLineOf(file: TextFile, { headerLine }: Pick<Dialect, 'headerLine'>): number {
  return hasMadeHeader(file) ? 0 : file.lineMap.givenOf(headerLine);
}

/** What decides marks besides the text: a judge that knows headers, or marks that are given. */
export interface MarkOptions {
  readonly judge?: HeaderJudge;
  readonly delimiter?: string;
  readonly quote?: string;
  /** True of a copy that Weir wrote itself, whose marks are known. */
  readonly copied?: boolean;
}

/** The marks under which the samples look most like a table; a header that is recognised counts most. */
export function decideMarks(samples: Samples, { judge, delimiter, quote, copied }: MarkOptions): ScoredMarks {
  const [start = ''] = samples.pieces;
  if (copied) return scoreMarks(samples.pieces, { delimiter: ',', quote: '"' });
  const declared = delimiter ?? /^\s*"?sep=(.)"?\s*[\r\n]/i.exec(start)?.[1];
  const candidates = candidateMarks(start).map((marks) => told(marks, declared, quote));
  const fallback: CellMarks = { delimiter: declared ?? ',', quote: quote ?? '"' };
  let best: ScoredMarks | null = null;
  for (const marks of candidates.length > 0 ? candidates : [fallback]) {
    const scored = scoreMarks(samples.pieces, marks);
    const known = judge ? Math.max(0, ...rowsOf(start, marks, HEADER_SEARCH).map(judge)) : 0;
    const score = scored.score + known * 10;
    if (!best || score > best.score) best = { ...scored, score };
  }
  return best === null || best.score === 0 ? { ...(best ?? { score: 0, width: 1 }), marks: fallback } : best;
}

/** The marks with those in their place that are given. */
function told(marks: CellMarks, delimiter: string = marks.delimiter, quote: string = marks.quote): CellMarks {
  return quote === '' ? { delimiter, quote } : { ...marks, delimiter, quote };
}

/** The line break that most lines of the sample end in. */
export function newlineOf(start: string): string {
  const pairs = start.split('\r\n').length - 1;
  const feeds = start.split('\n').length - 1 - pairs;
  const returns = start.split('\r').length - 1 - pairs;
  if (pairs === 0 && feeds === 0 && returns > 0) return '\r';
  return pairs > 0 && pairs >= feeds ? '\r\n' : '\n';
}

/** The row that a user said is the header. */
function rowAt<Record extends Row>(file: TextFile, rows: readonly Record[], line: number, told = line): Record {
  const found = rows.find((row) => row.line === line);
  if (found) return found;
  const reason = `line ${told}, said to be its header, holds no row; the header must be one of its first ${MOST_RECORDS} rows.`;
  throw new WeirError('file-unreadable', { file: file.given, reason });
}

/** The row, among those of the table's width and those recognised, of which most cells are recognised. */
function knownHeader<Record extends Row>(rows: readonly Record[], width: number, judge: HeaderJudge): Record | null {
  let best: Record | null = null;
  for (const row of rows.slice(0, HEADER_SEARCH)) {
    const known = judge(row.cells);
    if ((row.cells.length === width ? known > 0 : known > 1) && (best === null || known > judge(best.cells))) best = row;
  }
  return best;
}

/** Cuts a sample into rows with knowledge of their width: what the header is looked for in. */
export function sampleRows(piece: string, { marks, width }: ScoredMarks, whole: boolean): Row[] {
  const rows: Row[] = [];
  for (const record of new RecordReader(marks, width, { recover: true }).read(piece, whole)) {
    if (record.cells === null || record.text.trim() === '') continue;
    rows.push({ line: record.line, cells: opened(record.cells, record.text, marks) });
    if (rows.length >= MOST_RECORDS) break;
  }
  return rows;
}
