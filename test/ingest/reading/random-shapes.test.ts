import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, expect, test } from 'vitest';
import { readTable } from '../../../analytics/index.ts';
import { runs } from '../../support/random.ts';
import { written } from '../written-table.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'weir-shapes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAMES = ['job', 'Started At', 'price (€)', 'site', 'crew', 'Note', 'power_kw', 'Größe'];
const word = fc.constantFrom('Berg', 'Lind', 'old mill', 'Pier 9', 'Ölands väg', 'waits for part', "it's", 'North-West');
const text = fc.oneof(
  word,
  fc.constantFrom('a, b', 'x; y', 'said "no"', 'two\nlines', '12" pipe', 'yes | no', '', '50 €', 'C:\\temp'),
);
const number = fc.integer({ min: -99_999, max: 99_999 });
const day = fc.integer({ min: 0, max: 3000 }).map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString());
const KINDS = {
  number: number.map(String),
  decimal: number.map((value) => (value / 100).toFixed(2)),
  comma: number.map((value) => (value / 100).toFixed(2).replace('.', ',')),
  day: day.map((moment) => moment.slice(0, 10)),
  moment: day.map((moment) => moment.replace('.000', '')),
  time: fc
    .integer({ min: 0, max: 1439 })
    .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`),
  code: number.map((value) => `EV-${Math.abs(value)}`),
  word,
  text,
};
type Kind = keyof typeof KINDS;

/** A table has a column of numbers or dates: where all cells are words, nothing tells a header from a row. */
const kinds = fc
  .tuple(
    fc.constantFrom<Kind>('number', 'decimal', 'day', 'moment'),
    fc.array(fc.constantFrom(...(Object.keys(KINDS) as Kind[])), { minLength: 1, maxLength: 7 }),
    fc.nat(7),
  )
  .map(([sure, others, at]) => [...others.slice(0, at), sure, ...others.slice(at)]);
const tables = kinds.chain((columns) =>
  fc.array(fc.tuple(...columns.map((kind) => KINDS[kind])), { minLength: 4, maxLength: 30 }).map((rows) => ({
    header: NAMES.slice(0, columns.length),
    rows: rows as string[][],
  })),
);
const files = fc.record({
  table: tables,
  delimiter: fc.constantFrom(',', ';', '\t', '|', '~', '^', '||', '; ', ', ', ' | '),
  quote: fc.constantFrom('"', "'"),
  backslash: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  all: fc.boolean(),
  encoding: fc.constantFrom('UTF-8', 'UTF-16LE', 'UTF-16BE', 'windows-1252', 'ISO-8859-15'),
  mark: fc.boolean(),
});

test('a random table of any shape, with nothing told of it, is read back cell for cell', async () => {
  await fc.assert(
    fc.asyncProperty(files, async ({ table: { header, rows }, encoding, backslash, mark, ...marks }) => {
      // A doubled backslash is told from two backslashes by a mark behind another one only: such a cell says nothing of the marks.
      const plain = (cell: string) => (backslash ? cell.replaceAll('\\', '/') : cell);
      const table = [header, ...rows.map((row) => row.map(plain))];
      const file = path.join(folder, 'random.csv');
      const content = written(table, { ...marks, escape: backslash ? '\\' : marks.quote });
      writeFileSync(file, iconv.encode(content, encoding, { addBOM: mark && encoding.startsWith('UTF') }));
      const read = await readTable(file);
      const found: (readonly string[])[] = [];
      for await (const each of read.rows()) found.push(each);
      await read.close();
      expect([read.headers, ...found]).toEqual(table);
    }),
    { numRuns: runs(150) },
  );
});
