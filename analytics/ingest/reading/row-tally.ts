import type { ImportFinding } from '../../contract/import-report.ts';
import { counted, finding } from '../finding.ts';
import type { LineMap } from '../formats/line-map.ts';
import type { FittedRow, RowNote } from './fit-row.ts';

type Noted = RowNote | 'repeated-header' | 'formula-cell';

const WORDS: Readonly<Record<Noted, string>> = {
  'recovered-row': 'with quotation marks that do not pair; the marks inside cells were read as text',
  'unwrapped-row': 'in quotation marks as a whole, opened',
  'other-delimiter': 'written with another delimiter than the file',
  'shifted-row': 'with an empty cell too many, left out so that the rest stands under its names',
  'trailing-cells': 'with empty cells beyond the last column, left out',
  'short-row': 'with fewer cells than the table, filled up with empty ones',
  'long-row': 'with more cells than the table, kept at its end',
  'repeated-header': 'with the names of the columns again, left out',
  'formula-cell': 'with a cell that a spreadsheet would run as a formula',
};

/** Counts the rows of a table and what was done to them, with the first lines of each. */
export class RowTally {
  rows = 0;
  readonly #lines: LineMap;
  readonly #seen = new Map<Noted, { count: number; readonly lines: number[] }>();

  constructor(lines: LineMap) {
    this.#lines = lines;
  }

  count(fitted: Extract<FittedRow, { kind: 'row' }>): void {
    this.rows++;
    for (const note of fitted.notes) this.note(note, fitted.row.line);
    if (fitted.row.cells.some((cell) => /^[=@]|^[+-](?=.*[|!(])/.test(cell))) this.note('formula-cell', fitted.row.line);
  }

  note(code: Noted, line: number): void {
    const seen = this.#seen.get(code) ?? { count: 0, lines: [] };
    seen.count++;
    if (seen.lines.length < 5) seen.lines.push(this.#lines.givenOf(line));
    this.#seen.set(code, seen);
  }

  findings(): ImportFinding[] {
    return [...this.#seen].map(([code, { count, lines }]) => {
      const where = `line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}${count > lines.length ? ', …' : ''}`;
      return finding(code, null, count, { message: `${counted(count, 'row')} ${WORDS[code]} (${where}).` });
    });
  }
}
