import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { WeirError } from '../../contract/errors.ts';
import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import { literal } from '../../tables/identifier.ts';
import type { TextFile } from '../bytes/text-file.ts';
import { counted, finding } from '../finding.ts';
import type { Layout } from './dialect.ts';
import { LineTooLong, RecordReader, type TextRecord } from './records.ts';

const LONGEST_LINE = 16_000_000;
const LEAST_LINE = 65_536;
/** The database sets memory aside for the longest line that it is told of: more than this only where there is one. */
const USUAL_LINE = 2_000_000;
const USUAL_BUFFER = 16 * USUAL_LINE;
/** Into so many buffers a file is divided, where they need not be longer than usual. */
const BUFFERS = 4;
/** A unit of a string is at most three bytes of UTF-8. */
const MOST_BYTES = 3;

/** A file's rows as text in the database: `relation` yields `line` and `c0`, `c1`, …; `malformed` rows lie in {@link MALFORMED}. */
export interface StagedFile {
  readonly relation: string;
  readonly read: number;
  readonly malformed: number;
  readonly findings: readonly ImportFinding[];
}

export interface StageOptions {
  /** A folder for copies. */
  readonly scratch: string;
  /** True where the database is known to fail on the file. */
  readonly careful: boolean;
  /** Hears how much of the file is read, 0 to 1; throws where the reading is to stop. */
  read?(part: number): void;
}

/** Records that could not be cut into the right number of cells: `line`, `reason`, `text`. */
export const MALFORMED = 'ingest_malformed';
const NO_MALFORMED = `CREATE OR REPLACE TEMP TABLE ${MALFORMED} (line BIGINT, reason VARCHAR, text VARCHAR)`;
const RAW = 'ingest_raw';
/** A sample pays only for files of more rows. */
const LONG_FILE_ROWS = 10_000;
const HEAD_BYTES = 262_144;
const TAIL_BYTES = 65_536;
const SPREAD = 'ingest_spread';
const SPREAD_PARTS = 64;
const SPREAD_BYTES = 65_536;
/** Totals and footers are looked for in this many rows at the end: a sample must hold them all. */
const LAST_ROWS = 40;

/**
 * Loads the rows below the header as text. The database reads the file itself where that is proven exact: no record refused and
 * as many records as lines, so each stands on its own line. Every other file is cut by {@link RecordReader} first.
 */
export async function stageFile(sql: Sql, file: TextFile, layout: Layout, options: StageOptions): Promise<StagedFile> {
  await sql.run({ text: NO_MALFORMED });
  const { headerLine } = layout.dialect;
  const expected = file.lines - headerLine;
  const shift = file.lineMap.shiftBelow(headerLine);
  if (expected <= 0 && layout.plainHeader && layout.dialect.newline !== '\r') {
    await sql.run({ text: `CREATE OR REPLACE TEMP TABLE ${RAW} (${columnList(layout.headers.length, false)})` });
    return { relation: await relationFrom(sql, headerLine), read: 0, malformed: 0, findings: [] };
  }
  const isPlain = layout.plainHeader && !options.careful && file.evenLines && shift !== null;
  if (isPlain && (await readWhole(sql, file, layout, headerLine)) === expected) {
    return { relation: await relationFrom(sql, headerLine + shift), read: expected, malformed: 0, findings: [] };
  }
  return stageRecords(sql, file, layout, options);
}

/** Row numbers count up in file order; within the transaction that made the table they start far from 0, beyond what a number holds. */
async function relationFrom(sql: Sql, headerLine: number): Promise<string> {
  const [first] = await sql.rows<{ id: string }>({ text: `SELECT CAST(coalesce(min(rowid), 0) AS VARCHAR) AS id FROM ${RAW}` });
  return `(SELECT rowid - ${BigInt(first?.id ?? 0)} + ${headerLine + 1} AS line, * FROM ${RAW})`;
}

/** Thrown where the database gives up on a file, which ends the transaction: the import is done again with the file in {@link StageOptions.careful}. */
export class NeedsCare extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`The database cannot read ${file} by itself`);
    this.file = file;
  }
}

/** The rows of text as the database reads them from `$file`, `skip` lines down; those it cannot cut it leaves out, so that the count tells. */
function readingOf(layout: Layout, skip: number, longest = LONGEST_LINE): string {
  return readCsv(layout, skip, `ignore_errors = true, max_line_size = ${longest}, buffer_size = ${2 * longest}`);
}

function readCsv({ dialect, headers }: Layout, skip: number, more: string): string {
  return `read_csv($file, auto_detect = false, header = false, skip = ${skip}, delim = ${literal(dialect.delimiter)}, quote = ${literal(dialect.quote)},
    escape = ${literal(dialect.quote)}, compression = 'none', strict_mode = true, null_padding = false, ${more}, columns = {${columnList(headers.length, true)}})`;
}

/**
 * How long a buffer is by which the database reads a file of so many bytes: each is read on one thread, so of a file that one of the usual
 * length would hold several are made. It is the longest line by a power of two, for the database divides a buffer by that, and refuses
 * a file of which a part is then shorter than a line.
 */
export function bufferBytes(size: number): number {
  const longest = USUAL_BUFFER / USUAL_LINE;
  const times = Math.min(Math.max(size / (BUFFERS * USUAL_LINE), 1), longest);
  return USUAL_LINE * 2 ** Math.floor(Math.log2(times));
}

/** A long file that the database may read by itself: a sample of its rows as text, and how to read the whole. */
export interface LongFile {
  /** The first rows and the last ones, in order; their lines count on without the gap between. */
  readonly sample: string;
  readonly reading: string;
  /** The same for a statement that is to fail at a row that cannot be cut: it need not keep track of what it leaves out. */
  readonly exactReading: string;
  readonly path: string;
  readonly rows: number;
  readonly firstLine: number;
  /** Stages rows from everywhere in the file, as text; gives their relation. */
  spread(): Promise<string>;
}

/** Stages a sample of a file that is long and of even lines; null where the file must be staged whole. */
export async function sampleLongFile(sql: Sql, file: TextFile, layout: Layout, options: StageOptions): Promise<LongFile | null> {
  const { headerLine } = layout.dialect;
  const rows = file.lines - headerLine;
  const shift = file.lineMap.shiftBelow(headerLine);
  if (rows < LONG_FILE_ROWS || options.careful || !layout.plainHeader || !file.evenLines || shift === null) return null;
  const text = await headAndTail(file.textPath, headerLine);
  if (text === null) return null;
  const sampled = path.join(options.scratch, 'sample.csv');
  await writeFile(sampled, text);
  const expected = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if ((await readWhole(sql, { ...file, textPath: sampled }, layout, 0)) !== expected) return null;
  await sql.run({ text: NO_MALFORMED });
  const { size } = await stat(file.textPath);
  const buffers = `max_line_size = ${USUAL_LINE}, buffer_size = ${bufferBytes(size)}`;
  return {
    sample: await relationFrom(sql, headerLine + shift),
    reading: readingOf(layout, headerLine),
    exactReading: readCsv(layout, headerLine, `ignore_errors = false, ${buffers}`),
    path: file.textPath,
    rows,
    firstLine: headerLine + 1 + shift,
    spread: () => stageSpread(sql, file, layout, options),
  };
}

/** Stages the whole lines of parts that lie evenly in a long file; what cannot be cut in them is left out. */
async function stageSpread(sql: Sql, file: TextFile, layout: Layout, { scratch }: StageOptions): Promise<string> {
  const handle = await open(file.textPath);
  const lines: string[] = [];
  try {
    const { size } = await handle.stat();
    for (let part = 0; part < SPREAD_PARTS; part++) {
      const from = Math.floor((size / SPREAD_PARTS) * part);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(SPREAD_BYTES), 0, SPREAD_BYTES, from);
      lines.push(...buffer.toString('utf8', 0, bytesRead).split('\n').slice(1, -1));
    }
  } finally {
    await handle.close();
  }
  const spread = path.join(scratch, 'spread.csv');
  await writeFile(spread, `${lines.join('\n')}\n`);
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${SPREAD} AS SELECT * FROM ${readingOf(layout, 0)}`,
    params: { file: spread },
  });
  return SPREAD;
}

/** The whole lines of the first and the last part of a file, without those down to its header; null where it has too few of them. */
async function headAndTail(file: string, headerLine: number): Promise<string | null> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size < 2 * HEAD_BYTES) return null;
    const part = async (from: number, length: number) =>
      (await handle.read(Buffer.alloc(length), 0, length, from)).buffer.toString('utf8');
    const head = (await part(0, HEAD_BYTES)).split('\n').slice(headerLine, -1);
    const tail = (await part(size - TAIL_BYTES, TAIL_BYTES)).split('\n').slice(1);
    return head.length === 0 || tail.length <= LAST_ROWS ? null : `${head.join('\n')}\n${tail.join('\n')}`;
  } finally {
    await handle.close();
  }
}

/** How many rows the database takes from the file. */
async function readWhole(sql: Sql, file: TextFile, layout: Layout, skip: number): Promise<number> {
  // No line is longer than its file, and memory is set aside for the longest that may be.
  const { size } = await stat(file.textPath);
  const longest = Math.min(Math.max(size + 1, LEAST_LINE), LONGEST_LINE);
  try {
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE ${RAW} AS SELECT * FROM ${readingOf(layout, skip, longest)}`,
      params: { file: file.textPath },
    });
  } catch (thrown) {
    if (thrown instanceof WeirError && thrown.code === 'cancelled') throw thrown;
    throw new NeedsCare(file.given);
  }
  const [row] = await sql.rows<{ n: number }>({ text: `SELECT count(*) AS n FROM ${RAW}` });
  return row?.n ?? 0;
}

function columnList(width: number, quoted: boolean): string {
  return Array.from({ length: width }, (_, index) => (quoted ? `'c${index}': 'VARCHAR'` : `c${index} VARCHAR`)).join(', ');
}

interface RowCounts {
  /** No line that was written has more bytes. */
  longest: number;
  good: number;
  bad: number;
  unwrapped: number;
  trailing: number;
}

async function stageRecords(sql: Sql, file: TextFile, layout: Layout, options: StageOptions): Promise<StagedFile> {
  const goodPath = path.join(options.scratch, 'records.csv');
  const badPath = path.join(options.scratch, 'malformed.csv');
  const counts = await writeRecords(file, layout, { goodPath, badPath, ...options }).catch((thrown: unknown) => {
    if (!(thrown instanceof LineTooLong)) throw thrown;
    throw new WeirError('file-unreadable', { file: file.given, reason: thrown.message });
  });
  const plain = `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', compression = 'none', new_line = '\\n',
    max_line_size = ${counts.longest}, buffer_size = ${Math.max(2 * LONGEST_LINE, 2 * counts.longest)}`;
  const width = layout.headers.length;
  const cells = Array.from({ length: width }, (_, index) => `${whole(`c${index}`)} AS c${index}`).join(', ');
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${RAW} AS SELECT line, ${cells} FROM read_csv($file, ${plain}, columns = {'line': 'BIGINT', ${columnList(width, true)}})`,
    params: { file: goodPath },
  });
  await sql.run({
    text: `INSERT INTO ${MALFORMED} SELECT line, reason, ${whole('text')} FROM read_csv($file, ${plain}, columns = {'line': 'BIGINT', 'reason': 'VARCHAR', 'text': 'VARCHAR'})`,
    params: { file: badPath },
  });
  return { relation: RAW, read: counts.good + counts.bad, malformed: counts.bad, findings: findingsOf(counts) };
}

async function writeRecords(
  file: TextFile,
  layout: Layout,
  targets: Pick<StageOptions, 'read'> & { readonly goodPath: string; readonly badPath: string },
): Promise<RowCounts> {
  const { size } = await stat(file.textPath);
  const counts: RowCounts = { longest: USUAL_LINE, good: 0, bad: 0, unwrapped: 0, trailing: 0 };
  const good = createWriteStream(targets.goodPath);
  const bad = createWriteStream(targets.badPath);
  const width = layout.headers.length;
  const reader = new RecordReader(layout.dialect, width);
  const noted = (line: string) => {
    counts.longest = Math.max(counts.longest, line.length * MOST_BYTES);
    return line;
  };
  const take = async (text: string, last: boolean) => {
    let goodText = '';
    let badText = '';
    for (const record of reader.read(text, last)) {
      if (record.line <= layout.dialect.headerLine) continue;
      const line = String(file.lineMap.givenOf(record.line));
      const fitted = record.cells && fittedCells(record.cells, layout, counts);
      if (fitted) {
        counts.good++;
        goodText += noted(csvLine([line, ...fitted]));
      } else {
        counts.bad++;
        badText += noted(csvLine([line, ...misfit(record, file, width)]));
      }
    }
    if (goodText && !good.write(goodText)) await once(good, 'drain');
    if (badText && !bad.write(badText)) await once(bad, 'drain');
  };
  let first = true;
  const stream = createReadStream(file.textPath, { encoding: 'utf8', highWaterMark: 1_048_576 });
  for await (const chunk of stream as AsyncIterable<string>) {
    targets.read?.(stream.bytesRead / size);
    await take(first ? chunk.replace(/^\uFEFF/, '') : chunk, false);
    first = false;
  }
  await take('', true);
  for (const stream of [good, bad]) {
    stream.end();
    await once(stream, 'close');
  }
  return counts;
}

/** Why a record is no row, and its text as it stands in the file. */
function misfit({ cells, problem, text }: TextRecord, { format }: TextFile, width: number): [string, string] {
  const [only = '', ...more] = cells ?? [];
  if (format === 'json-lines' && more.length === 0) return ['The line is no JSON object.', only];
  return [problem ?? widthProblem(cells?.length ?? 0, width), text];
}

function widthProblem(found: number, width: number): string {
  return `The row has ${counted(found, 'cell')} where the header has ${width}.`;
}

/** The cells of a record as many as the header has; null where it cannot have them. */
function fittedCells(cells: readonly string[], layout: Layout, counts: RowCounts): readonly string[] | null {
  const width = layout.headers.length;
  if (cells.length === width) return cells;
  if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === '')) {
    counts.trailing++;
    return cells.slice(0, width);
  }
  const [only] = cells;
  if (cells.length !== 1 || only === undefined) return null;
  const [inner, more] = new RecordReader(layout.dialect, null).read(only, true);
  if (more || inner?.cells?.length !== width) return null;
  counts.unwrapped++;
  return inner.cells;
}

/** Stands for a line break within a cell, so that the database's reader finds one line a record; `0` after it stands for itself. */
const ESCAPE = '\ue000';

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${flat(cell).replaceAll('"', '""')}"`).join(',')}\n`;
}

function flat(cell: string): string {
  if (!/[\r\n\ue000]/.test(cell)) return cell;
  return cell.replaceAll(ESCAPE, `${ESCAPE}0`).replaceAll('\n', `${ESCAPE}n`).replaceAll('\r', `${ESCAPE}r`);
}

/** The inverse of {@link flat}, as SQL. */
function whole(cell: string): string {
  return `replace(replace(replace(${cell}, '${ESCAPE}n', chr(10)), '${ESCAPE}r', chr(13)), '${ESCAPE}0', '${ESCAPE}')`;
}

function findingsOf(counts: RowCounts): ImportFinding[] {
  const found: ImportFinding[] = [];
  if (counts.unwrapped > 0) {
    const message = `${counted(counts.unwrapped, 'row')} stood in quotation marks as a whole and ${counts.unwrapped === 1 ? 'was' : 'were'} opened.`;
    found.push(finding('unwrapped-row', null, counts.unwrapped, { message }));
  }
  if (counts.trailing > 0) {
    const message = `${counted(counts.trailing, 'row')} had empty cells beyond the last column; they were left out.`;
    found.push(finding('trailing-cells', null, counts.trailing, { message }));
  }
  return found;
}
