import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportReport } from '../../analytics/contract/import-report.ts';
import { LineMap } from '../../analytics/ingest/formats/line-map.ts';
import { listRejects, readTable } from '../../analytics/ingest/index.ts';
import { zipFile } from './reading/zip-file.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const json = (id: string, at = '2026-01-01T00:00:00Z', note = '') => JSON.stringify({ lead_id: id, created_at: at, note });
const rejectedLines = async () => (await listRejects(bench.sql)).map(({ line }) => line);
const storedLines = () => bench.sql.rows({ text: 'SELECT lead_id AS id, line FROM lead ORDER BY line, id' });
const headerLine = (report: ImportReport) => report.files[0]?.dialect.headerLine;

test('rows of JSON lines stand on the lines of the file, not on those of its copy', async () => {
  const report = await bench.importFile('log.jsonl', `${[json('A'), json('B', 'soon'), json('C')].join('\n')}\n`);
  expect(headerLine(report)).toBe(0);
  expect(await rejectedLines()).toEqual([2]);
  expect(await storedLines()).toEqual([
    { id: 'A', line: 1 },
    { id: 'C', line: 3 },
  ]);
});

test('blank lines, lines that are no JSON and texts of several lines shift no line of JSON lines', async () => {
  const lines = [
    '',
    json('A', undefined, 'one\r\ntwo\nthree'),
    '',
    '',
    'no json',
    json('B', 'soon'),
    json('C', undefined, 'x\ny'),
  ];
  await bench.importFile('log.jsonl', lines.join('\r\n'));
  expect(await rejectedLines()).toEqual([5, 6]);
  expect((await listRejects(bench.sql))[0]).toMatchObject({ reason: 'The line is no JSON object.', text: 'no json' });
  expect(await storedLines()).toEqual([
    { id: 'A', line: 2 },
    { id: 'C', line: 7 },
  ]);
});

test('a long file of JSON lines, which the database reads by itself, keeps them too', async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => json(`L${index + 1}`, undefined, 'n'.repeat(40)));
  await bench.importFile('long.jsonl', lines.join('\n'));
  expect(await bench.sql.rows({ text: "SELECT count(*) AS n FROM lead WHERE lead_id = 'L' || line" })).toEqual([{ n: 20_000 }]);
});

test('findings of reading name lines of the file', async () => {
  const table = await readTable(bench.file('log.jsonl', `${json('A')}\n\n${json('=1+1')}\n`));
  for await (const _ of table.rows());
  expect(table.dialect.headerLine).toBeNull();
  expect(table.ends().findings).toEqual([
    expect.objectContaining({ code: 'formula-cell', message: expect.stringContaining('(line 3)') }),
  ]);
  await table.close();
});

test('signs in JSON texts that look like other marks do not change how its copy is cut', async () => {
  const lines = [1, 2, 3].map((index) =>
    JSON.stringify({ lead_id: `L${index}`, created_at: '2026-01-01T00:00:00Z', note: `a;b\\"c";d;"e` }),
  );
  const report = await bench.importFile('odd.jsonl', lines.join('\n'));
  expect(report.files[0]?.rows).toMatchObject({ read: 3, inserted: 3 });
});

const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: number, ...texts: string[]) => `<row r="${number}">${texts.map(cell).join('')}</row>`;
const book = (rows: string) =>
  zipFile({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  });

test('rows of a workbook are those of its sheet, below cells of several lines and rows without cells', async () => {
  const sheet = book(
    row(2, 'A report\nof two lines') +
      row(4, 'lead_id', 'created_at', 'note') +
      row(5, 'A', '2026-01-01T00:00:00Z', 'one\ntwo') +
      row(8, 'B', 'soon', 'x'),
  );
  const report = await bench.importFile('leads.xlsx', sheet);
  expect(headerLine(report)).toBe(4);
  expect(await rejectedLines()).toEqual([8]);
  expect(await storedLines()).toEqual([{ id: 'A', line: 5 }]);
});

test('rows of a Parquet file count from 1, past texts of several lines', async () => {
  const file = bench.file('leads.parquet', '');
  await bench.sql.run({
    text: `COPY (SELECT * FROM (VALUES ('A', '2026-01-01T00:00:00Z', 'one' || chr(10) || 'two'), ('B', 'soon', 'x'), ('C', '2026-01-01T00:00:00Z', 'x'))
      t(lead_id, created_at, note)) TO '${file}' (FORMAT parquet)`,
  });
  const { readFileSync } = await import('node:fs');
  const report = await bench.importFile('leads.parquet', readFileSync(file));
  expect(headerLine(report)).toBe(0);
  expect(await rejectedLines()).toEqual([2]);
  expect(await storedLines()).toEqual([
    { id: 'A', line: 1 },
    { id: 'C', line: 3 },
  ]);
});

test('a map of lines knows the way back', () => {
  const map = new LineMap();
  map.note(2, 1);
  map.note(3, 4);
  map.note(4, 5);
  map.note(9, 6);
  expect([2, 3, 4, 5, 9, 10].map((line) => map.givenOf(line))).toEqual([1, 4, 5, 6, 6, 7]);
  expect([1, 4, 5, 7].map((line) => map.copyOf(line))).toEqual([2, 3, 4, 10]);
  expect([map.shiftBelow(1), map.shiftBelow(8), new LineMap().shiftBelow(1)]).toEqual([null, -3, 0]);
});
