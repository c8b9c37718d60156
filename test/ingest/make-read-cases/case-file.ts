import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Expected, HEADERS, line, PLAIN, ROWS, written } from '../written-table.ts';

export { HEADERS, line, PLAIN, ROWS, written };

const folder = path.join(import.meta.dirname, '../read-cases');
mkdirSync(folder, { recursive: true });

/** Writes one case: the file as it is found, and what is to be understood of it. */
export function make(name: string, reason: string, content: string | Buffer, expected: Partial<Expected> = {}): void {
  const { headers = HEADERS, rows = ROWS, ...more } = expected;
  writeFileSync(path.join(folder, `${name}.csv`), content);
  writeFileSync(
    path.join(folder, `${name}.json`),
    `${JSON.stringify({ reason, expect: { headers, ...more, rows } }, null, 1)}\n`,
  );
}

export const ALL = [HEADERS, ...ROWS];
export const CLEAN = written(ALL);
export const lines = CLEAN.split('\n').slice(0, -1);
export const joined = (changed: readonly string[]) => `${changed.join('\n')}\n`;
export const withLine = (index: number, text: string) => joined(lines.map((each, at) => (at === index ? text : each)));
export const withRow = (index: number, cells: readonly string[], rows = ROWS) =>
  rows.map((row, at) => (at === index ? cells : row));
/** A row to damage. */
export const stray = ROWS[9] ?? [];
