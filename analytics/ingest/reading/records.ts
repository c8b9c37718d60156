import { recoverLine } from './recover-line.ts';
import { type CellMarks, lineEnd, type Scan, scanRecord } from './scan-record.ts';

/** A cell in quotation marks that goes on for longer than this was opened by a stray mark. */
const QUOTED_CHARACTERS = 1_000_000;
const LINE_CHARACTERS = 64_000_000;
/** A record in quotation marks rarely stands on more lines than this where it also has the wrong number of cells. */
const MISFIT_LINES = 60;

export type { CellMarks } from './scan-record.ts';

/** One record of a delimited text: its cells, or what is wrong with it. `line` is the first physical line it stands on, from 1. */
export type TextRecord =
  | {
      readonly line: number;
      readonly cells: readonly string[];
      readonly text: string;
      readonly problem: null;
      /** True where its quotation marks had to be read against the rules. */
      readonly recovered?: boolean;
    }
  | { readonly line: number; readonly cells: null; readonly text: string; readonly problem: string };

/** Thrown for a line no table has. */
export class LineTooLong extends Error {
  constructor(line: number, most: number = LINE_CHARACTERS) {
    super(`line ${line} is longer than ${most / 1_000_000} million characters.`);
  }
}

export interface RecordOptions {
  /** True to read a record with broken quotation marks as well as can be, instead of giving its line as a problem. */
  readonly recover?: boolean;
  /** The longest line in characters. */
  readonly longestLine?: number;
}

/**
 * Cuts a delimited text into records, knowing for each the physical line on which it begins. A quotation mark that is
 * opened but not properly closed costs its own line only: that line is given as a problem and reading goes on with the next.
 * `width` is the number of cells a record must have (null while unknown): it tells a quoted line break from a stray mark.
 */
export class RecordReader {
  #buffer = '';
  #line = 1;
  /** True where what is buffered is the unfinished line of an unquoted cell: only a line break can end it. */
  #unfinished = false;
  readonly #marks: CellMarks & { readonly blanks: boolean };
  readonly #width: number | null;
  readonly #recover: boolean;
  readonly #longest: number;

  constructor(marks: CellMarks, width: number | null, options: RecordOptions = {}) {
    this.#recover = options.recover ?? false;
    this.#marks = { ...marks, blanks: this.#recover };
    this.#width = width;
    this.#longest = options.longestLine ?? LINE_CHARACTERS;
  }

  /** The records that are complete with this piece of text; with `last`, all that are left. Blank lines are no records. */
  *read(text: string, last: boolean): Generator<TextRecord> {
    const goesOn = this.#unfinished && !last && !/[\r\n]/.test(text) && !this.#buffer.endsWith('\r');
    this.#buffer += text;
    if (goesOn) {
      this.#refuseLong(this.#buffer.length);
      return;
    }
    this.#unfinished = false;
    let at = 0;
    while (at < this.#buffer.length) {
      const blank = blankLine(this.#buffer, at);
      if (blank === 'more' && !last) break;
      if (typeof blank === 'number') {
        at = blank;
        this.#line++;
        continue;
      }
      const scan = scanRecord(this.#buffer, at, { ...this.#marks, last });
      const waiting = this.#buffer.length - at;
      if (scan.kind === 'more' && !scan.quoted) this.#refuseLong(waiting);
      if (scan.kind === 'more' && (!scan.quoted || waiting < QUOTED_CHARACTERS)) {
        this.#unfinished = !scan.quoted;
        break;
      }
      const whole = scan.kind === 'record' ? this.#judge(at, scan) : scan;
      if (whole.kind === 'record') {
        at = yield* this.#give(at, whole, false);
        continue;
      }
      const end = lineEnd(this.#buffer, at);
      if (end === -1 && !last) {
        this.#refuseLong(waiting);
        break;
      }
      const stop = end === -1 ? this.#buffer.length : end;
      if (this.#recover) {
        at = yield* this.#giveRecovered(at, stop, scan);
        continue;
      }
      const problem = whole.kind === 'broken' ? whole.problem : 'A quotation mark is opened and not closed.';
      yield { line: this.#line, cells: null, text: withoutEnding(this.#buffer.slice(at, stop)), problem };
      this.#line++;
      at = stop;
    }
    this.#buffer = this.#buffer.slice(at);
  }

  #refuseLong(characters: number): void {
    if (characters > this.#longest) throw new LineTooLong(this.#line, this.#longest);
  }

  *#give(at: number, record: { readonly end: number; readonly cells: string[] }, recovered: boolean) {
    const raw = this.#buffer.slice(at, record.end);
    const found = { line: this.#line, cells: record.cells, text: withoutEnding(raw), problem: null } as const;
    yield recovered ? { ...found, recovered } : found;
    this.#line += feeds(raw);
    return record.end;
  }

  /** Reads marks inside a cell as text where that gives a record over several lines the right number of cells; otherwise the line by itself. */
  *#giveRecovered(at: number, stop: number, strict: Scan): Generator<TextRecord, number> {
    const loose = scanRecord(this.#buffer, at, { ...this.#marks, last: true, loose: true });
    const spans = loose.kind === 'record' && loose.end > stop && loose.cells.length === this.#width;
    if (loose.kind === 'record' && (this.#width === null || (spans && this.#keepsRows(at, loose.end)))) {
      return yield* this.#give(at, loose, true);
    }
    // A record by the rules that swallows no row has the wrong number of cells, not wrong marks.
    if (strict.kind === 'record' && this.#keepsRows(at, strict.end)) return yield* this.#give(at, strict, false);
    const cells = recoverLine(withoutEnding(this.#buffer.slice(at, stop)), this.#marks, this.#width);
    return yield* this.#give(at, { end: stop, cells }, true);
  }

  /** False where a line within the record is a whole row by itself: then a stray mark has joined them. */
  #keepsRows(at: number, end: number): boolean {
    const lines = this.#buffer.slice(at, end).split(/\r\n|\n|\r/, MISFIT_LINES + 1);
    if (lines.length > MISFIT_LINES) return false;
    return !lines.slice(1).some((line) => {
      const scan = scanRecord(line, 0, { ...this.#marks, last: true });
      return scan.kind === 'record' && scan.cells.length === this.#width && (this.#width ?? 0) > 1;
    });
  }

  #judge(at: number, scan: { readonly kind: 'record'; readonly end: number; readonly cells: string[] }): Scan {
    if (this.#width === null || scan.cells.length === this.#width) return scan;
    const end = lineEnd(this.#buffer, at);
    const spans = end !== -1 && end < scan.end;
    return spans ? { kind: 'broken', problem: 'A quotation mark is opened and not closed on its line.' } : scan;
  }
}

/** Where the line after a blank one begins; `more` where the text may go on; null where the line is not blank. */
function blankLine(text: string, at: number): number | 'more' | null {
  if (text[at] === '\n') return at + 1;
  if (text[at] !== '\r') return null;
  if (at + 1 >= text.length) return 'more';
  return text[at + 1] === '\n' ? at + 2 : at + 1;
}

/** Physical lines that end within the text. */
function feeds(raw: string): number {
  let count = 0;
  for (let at = lineEnd(raw, 0); at !== -1; at = lineEnd(raw, at)) count++;
  return count;
}

function withoutEnding(raw: string): string {
  return raw.replace(/\r?\n$|\r$/, '');
}
