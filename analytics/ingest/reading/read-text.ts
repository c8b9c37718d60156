import { createReadStream } from 'node:fs';
import type { ImportFinding } from '../../contract/import-report.ts';
import type { TextFile } from '../bytes/text-file.ts';
import { finding } from '../finding.ts';
import { type FittedRow, fitRow } from './fit-row.ts';
import { filledCells, type Row } from './header-row.ts';
import { type RecordOptions, RecordReader, type TextRecord } from './records.ts';
import { RowTally } from './row-tally.ts';
import { footerLength, nextTable, type OtherTable, otherTable } from './table-edges.ts';
import { isSeparatorLine, type PlanOptions, planRows, type TablePlan } from './table-plan.ts';

const CHUNK = 1_048_576;
const HELD_ROWS = 60;
/** Blank rows are held until something follows them, as long as there are no more than this. */
const MOST_BLANK_ROWS = 100_000;
/** Files up to this many rows are held whole, so that several tables in them can be told apart. */
const WHOLE_ROWS = 20_000;

/** What is known of a table once all its rows were read. */
export interface TableEnds {
  readonly preamble: readonly string[];
  readonly comments: readonly string[];
  readonly footer: readonly (readonly string[])[];
  readonly otherTables: readonly OtherTable[];
  readonly findings: readonly ImportFinding[];
  readonly rowCount: number;
}

type CutRecord = Extract<TextRecord, { readonly problem: null }>;

/** Reads the rows of a text by its plan. Iterate {@link TextRows.rows} to the end, then ask {@link TextRows.ends}. */
export class TextRows {
  readonly plan: TablePlan;
  readonly preamble: string[] = [];
  readonly #tally: RowTally;
  readonly #comments: string[] = [];
  readonly #records: AsyncGenerator<CutRecord>;
  #held: CutRecord[] = [];
  #footer: (readonly string[])[] = [];
  #blanks = 0;
  #others: OtherTable[] = [];
  #whole = false;

  private constructor(file: TextFile, records: AsyncGenerator<CutRecord>, plan: TablePlan) {
    this.#tally = new RowTally(file.lineMap);
    this.#records = records;
    this.plan = plan;
  }

  /** Reads ahead, so that the main one of several tables is known. */
  static async open(
    file: TextFile,
    plan: TablePlan,
    options: RecordOptions & Pick<PlanOptions, 'headerLine'>,
  ): Promise<TextRows> {
    const records = recordsOf(file, plan, options);
    const ahead: CutRecord[] = [];
    let whole = false;
    while (ahead.length < WHOLE_ROWS) {
      const next = await records.next();
      if (next.done) {
        whole = true;
        break;
      }
      ahead.push(next.value);
    }
    const tables = whole ? splitTables(ahead, plan) : [{ records: ahead, plan }];
    const most = Math.max(...tables.map(sizeOf));
    // The first table is what a file is about, unless one below is clearly larger.
    const isMain = (each: Section) => typeof options.headerLine === 'number' || sizeOf(each) * 1.5 >= most;
    const main = tables.find(isMain) ?? { records: ahead, plan };
    const rows = new TextRows(file, records, main.plan);
    rows.#held = main.records;
    rows.#whole = whole;
    rows.#others = tables.filter((each) => each !== main).map((each) => otherTable(each.records, each.plan));
    const first = rows.#held.findIndex((record) => record.line >= main.plan.firstLine);
    const above = first === -1 ? rows.#held : rows.#held.slice(0, first);
    rows.preamble.push(...above.map((record) => record.text));
    rows.#held = rows.#held.slice(above.length).filter((record) => record.line > main.plan.lastHeaderLine);
    return rows;
  }

  /** The data rows as text, padded to the table's columns; surplus cells are kept. */
  async *rows(): AsyncGenerator<readonly string[]> {
    let held = HELD_ROWS * 2;
    let waiting: { fitted: Extract<FittedRow, { kind: 'row' }>; text: string; line: number; end: number }[] = [];
    for await (const record of this.#all()) {
      const fitted = fitRow(record, this.plan);
      if (fitted.kind === 'comment') this.#comments.push(record.text);
      if (fitted.kind === 'header') this.#tally.note('repeated-header', record.line);
      if (fitted.kind !== 'row') continue;
      waiting.push({ fitted, text: record.text, line: record.line, end: record.line + lineBreaks(record.text) });
      if (waiting.length < held) continue;
      const ready = readyRows(waiting.map((each) => each.fitted.row));
      yield* this.#emit(waiting.slice(0, ready));
      waiting = waiting.slice(ready);
      held = waiting.length + HELD_ROWS;
    }
    const gap = (index: number) => index > 0 && (waiting[index]?.line ?? 0) - (waiting[index - 1]?.end ?? 0) > 1;
    const length = footerLength(
      waiting.map(({ fitted }) => fitted.row),
      this.plan,
      gap,
    );
    yield* this.#emit(waiting.slice(0, waiting.length - length));
    const below = waiting.slice(waiting.length - length).map(({ fitted }) => fitted.row.cells);
    this.#footer = below.filter((cells) => filledCells(cells) > 0).map(withoutPadding);
    this.#blanks = below.length - this.#footer.length;
  }

  /** What the reading of all rows has brought to light. */
  ends(): TableEnds {
    const { names, columns, header, width } = this.plan;
    const cells = Math.max(0, ...header.map((row) => row.cells.length));
    const found: ImportFinding[] = [];
    const add = (code: string, count: number, message: string) => {
      if (count > 0) found.push(finding(code, null, count, { message }));
    };
    add('preamble', this.preamble.length, 'Lines above the header are no data; they are given apart.');
    add('no-header', header.length === 0 ? 1 : 0, 'No row of names was found: every row is data.');
    add(
      'header-rows',
      header.length > 1 ? header.length : 0,
      'The header stands on several rows; the parts of each name were joined.',
    );
    add(
      'header-width',
      header.length > 0 && (names.length !== columns || cells > columns) ? 1 : 0,
      `The header has ${cells} cells where the rows have ${width}.`,
    );
    add('footer', this.#footer.length, 'Rows below the data (totals, notes) are no data; they are given apart.');
    add('blank-row', this.#blanks, 'Rows without anything in them below the data were left out.');
    add('comment', this.#comments.length, 'Comment lines are no data; they are given apart.');
    add('other-table', this.#others.length, 'The file holds further tables; they are given apart.');
    return {
      preamble: this.preamble,
      comments: this.#comments,
      footer: this.#footer,
      otherTables: this.#others,
      findings: [...found, ...this.#tally.findings()],
      rowCount: this.#tally.rows,
    };
  }

  *#emit(rows: readonly { readonly fitted: Extract<FittedRow, { kind: 'row' }> }[]): Generator<readonly string[]> {
    for (const { fitted } of rows) {
      this.#tally.count(fitted);
      yield fitted.row.cells;
    }
  }

  async *#all(): AsyncGenerator<CutRecord> {
    yield* this.#held;
    this.#held = [];
    if (!this.#whole) yield* this.#records;
  }
}

interface Section {
  readonly records: CutRecord[];
  readonly plan: TablePlan;
}

/** The cells of the rows that have the table's width. */
function sizeOf({ records, plan }: Section): number {
  return records.filter((record) => record.cells.length === plan.width).length * plan.width;
}

function splitTables(records: CutRecord[], plan: TablePlan): Section[] {
  const first = records.findIndex((record) => record.line > plan.lastHeaderLine);
  if (first === -1) return [{ records, plan }];
  const body = records.slice(first);
  const gap = (index: number) => {
    const before = body[index - 1];
    return before !== undefined && (body[index]?.line ?? 0) - before.line - lineBreaks(before.text) > 1;
  };
  const fitted = body.map((record) => fitRow(record, plan));
  const same = fitted.map((each, index) => (each.kind === 'header' ? plainRow(plan) : body[index]) as Row);
  const at = nextTable(same, plan, gap);
  if (at === null) return [{ records, plan }];
  const rest = body.slice(at);
  const next = planRows(rest, plan);
  const above = { records: records.slice(0, first + at), plan };
  return next ? [above, ...splitTables(rest, next)] : [above];
}

/** Stands for a repeated header where tables are told apart: it begins none. */
function plainRow({ width }: TablePlan): Row {
  return { line: 0, cells: Array.from({ length: width }, () => '') };
}

async function* recordsOf(file: TextFile, plan: TablePlan, options: RecordOptions): AsyncGenerator<CutRecord> {
  const reader = new RecordReader(plan.marks, plan.width, { ...options, recover: true });
  let first = true;
  for await (const chunk of createReadStream(file.textPath, {
    encoding: 'utf8',
    highWaterMark: CHUNK,
  }) as AsyncIterable<string>) {
    yield* tableRecords(reader.read(first ? chunk.replace(/^\uFEFF/, '') : chunk, false));
    first = false;
  }
  yield* tableRecords(reader.read('', true));
}

function* tableRecords(records: Iterable<TextRecord>): Generator<CutRecord> {
  for (const record of records) if (record.cells !== null && record.text.trim() !== '' && !isSeparatorLine(record)) yield record;
}

function lineBreaks(text: string): number {
  return text.includes('\n') || text.includes('\r') ? (text.match(/\r\n|\n|\r/g)?.length ?? 0) : 0;
}

/** How many of the rows read so far can no longer be part of what stands below the table. */
function readyRows(rows: readonly Row[]): number {
  let ready = rows.length - HELD_ROWS;
  if (rows.length < MOST_BLANK_ROWS) while (ready > 0 && filledCells(rows[ready - 1]?.cells ?? []) === 0) ready--;
  return ready;
}

function withoutPadding(cells: readonly string[]): readonly string[] {
  let end = cells.length;
  while (end > 1 && cells[end - 1] === '') end--;
  return cells.slice(0, end);
}
