import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, expect, test } from 'vitest';
import { readTable } from '../../../analytics/index.ts';
import { runs } from '../../support/random.ts';
import { written } from '../written-table.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'weir-dialects-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const word = fc.constantFrom(
  'Berg',
  'Lind',
  'old mill',
  'pier',
  'waits for part',
  'a, b',
  'x; y',
  'said "no"',
  "it's",
  'Ölands väg',
  'two\nlines',
);
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const row = fc.tuple(
  fc.integer({ min: 1, max: 99_999 }).map((value) => `K${value}`),
  day,
  fc.integer({ min: -5000, max: 5000 }).map((value) => (value / 4).toFixed(2)),
  word,
  fc.oneof(word, fc.constant('')),
);
const files = fc.record({
  rows: fc.array(row, { minLength: 6, maxLength: 40 }),
  delimiter: fc.constantFrom(',', ';', '\t', '|', '^', '||', '; ', ', '),
  quote: fc.constantFrom('"', "'"),
  backslash: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  all: fc.boolean(),
  preamble: fc.integer({ min: 0, max: 3 }),
  encoding: fc.constantFrom('UTF-8', 'UTF-16LE', 'windows-1252'),
});

test('a random table in a random dialect, with nothing told of it, is read back cell for cell', async () => {
  await fc.assert(
    fc.asyncProperty(files, async ({ rows, preamble, encoding, backslash, ...marks }) => {
      const { quote, newline } = marks;
      const above = Array.from({ length: preamble }, (_, index) => `Report part ${index}${newline}`).join('');
      const table = [['key', 'day', 'amount', 'place', 'remark'], ...rows];
      const text = above + written(table, { ...marks, escape: backslash ? '\\' : quote });
      const file = path.join(folder, 'random.csv');
      writeFileSync(file, iconv.encode(text, encoding, { addBOM: encoding === 'UTF-16LE' }));
      const read = await readTable(file);
      const found: (readonly string[])[] = [];
      for await (const each of read.rows()) found.push(each);
      await read.close();
      expect([read.headers, ...found]).toEqual(table);
      expect(read.ends().preamble).toHaveLength(preamble);
    }),
    { numRuns: runs(150) },
  );
});
