import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ReadOptions, readTable } from '../../../analytics/index.ts';
import { type ImportBench, importBench } from '../scratch-file.ts';
import { zipFile } from './zip-file.ts';

let bench: ImportBench;
beforeAll(async () => {
  bench = await importBench();
});
afterAll(() => bench.close());

const LEADS = 'lead_id,created_at,region\n1,2026-01-01T00:00:00Z,Nörth\n2,2026-01-02T00:00:00Z,South\n';
const CELLS = [
  ['lead_id', 'created_at', 'region'],
  ['1', '2026-01-01T00:00:00Z', 'Nörth'],
  ['2', '2026-01-02T00:00:00Z', 'South'],
];

async function read(name: string, content: string | Buffer, options: ReadOptions = {}) {
  const table = await readTable(bench.file(name, content), options);
  try {
    const rows: (readonly string[])[] = [];
    for await (const row of table.rows()) rows.push(row);
    return { table, cells: [table.headers, ...rows], ends: table.ends() };
  } finally {
    await table.close();
  }
}

const SHEET = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>created_at</t></is></c><c r="C1" t="inlineStr"><is><t>score</t></is></c><c r="D1" t="inlineStr"><is><t>region</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>L1</t></is></c><c r="B2" s="1"><v>46023</v></c><c r="C2"><v>0.30000000000000004</v></c><c r="D2" t="s"><v>1</v></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>L2</t></is></c><c r="B3" s="2"><v>46023.5</v></c><c r="C3"><v>12</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>L3</t></is></c><c r="B4" s="1"><v>59</v></c><c r="C4"><v>1E3</v></c><c r="D4" t="b"><v>1</v></c></row>
</sheetData></worksheet>`;
const OTHER = SHEET.replace('L1', 'other');
const BOOK = {
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml':
    '<workbook xmlns:r="r"><sheets><sheet name="Leads" sheetId="1" r:id="rId1"/><sheet name="Old &amp; gone" sheetId="2" r:id="rId2"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
  'xl/sharedStrings.xml': '<sst><si><t>lead_id</t></si><si><r><t>No</t></r><r><t>rth</t></r></si></sst>',
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
  'xl/worksheets/sheet1.xml': SHEET,
  'xl/worksheets/sheet2.xml': OTHER,
};

test('gzip is told by its bytes, whatever the file is called', async () => {
  const { table, cells } = await read('leads.csv', gzipSync(LEADS));
  expect(cells).toEqual(CELLS);
  expect(table.compression).toBe('gzip');
});

test('an archive with one table in it is that table', async () => {
  const { table, cells } = await read(
    'leads.zip',
    zipFile({ 'notes/readme.md': 'no table', 'leads.csv': LEADS, '__MACOSX/._leads.csv': 'x' }),
  );
  expect(cells).toEqual(CELLS);
  expect(table.part).toBe('leads.csv');
});

test('an archive with several tables is asked about, and the one named is read', async () => {
  const packed = zipFile({ 'a.csv': LEADS, 'b.csv': 'x,y\n1,2\n' });
  await expect(read('two.zip', packed)).rejects.toThrow(/a\.csv, b\.csv\. Say which one/);
  expect((await read('two.zip', packed, { part: 'b.csv' })).cells).toEqual([
    ['x', 'y'],
    ['1', '2'],
  ]);
  await expect(read('two.zip', packed, { part: 'c.csv' })).rejects.toThrow(/no file c\.csv/);
});

test('the first sheet of a workbook is read: dates as dates, numbers as they are shown', async () => {
  const { table, cells } = await read('leads.xlsx', zipFile(BOOK));
  expect(table).toMatchObject({ format: 'xlsx', part: 'Leads' });
  expect(cells).toEqual([
    ['lead_id', 'created_at', 'score', 'region'],
    ['L1', '2026-01-01', '0.3', 'North'],
    ['L2', '2026-01-01T12:00:00', '12', ''],
    ['L3', '1900-02-28', '1000', 'true'],
  ]);
});

test('another sheet is read by its name, and an unknown one is refused with the list', async () => {
  expect((await read('leads.xlsx', zipFile(BOOK), { part: 'Old & gone' })).cells[1]?.[0]).toBe('other');
  await expect(read('leads.xlsx', zipFile(BOOK), { part: 'Nope' })).rejects.toThrow(/no sheet Nope.*Leads, Old & gone/);
});

test('a Parquet file is read, whatever signs its path has', async () => {
  const file = bench.file("it's [odd] *.parquet", '');
  await bench.sql.run({
    text: `COPY (SELECT 1 AS id, TIMESTAMP '2026-01-01 12:30:00' AS at, 'a,"b"' AS note, DATE '2026-02-03' AS day) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`,
  });
  const table = await readTable(file);
  const rows: (readonly string[])[] = [];
  for await (const row of table.rows()) rows.push(row);
  await table.close();
  expect(table.headers).toEqual(['id', 'at', 'note', 'day']);
  expect(rows).toEqual([['1', '2026-01-01T12:30:00.000', 'a,"b"', '2026-02-03']]);
});

test('JSON lines become a table with a column for every key', async () => {
  const { table, cells } = await read(
    'log.jsonl',
    '{"id":1,"at":{"day":"2026-01-01"},"tags":["a","b"]}\n\n{"id":2,"extra":"x\\ny","at":null}\n',
  );
  expect(table.format).toBe('json-lines');
  expect(cells).toEqual([
    ['id', 'at.day', 'tags', 'extra', 'at'],
    ['1', '2026-01-01', '["a","b"]', '', ''],
    ['2', '', '', 'x\ny', ''],
  ]);
});

test('JSON lines are read in the encoding of their bytes, or in the one that is told', async () => {
  const text = '{"id":1,"city":"Süd €"}\n{"id":2,"city":"Köln"}\n';
  const cities = async (bytes: Buffer, options: ReadOptions = {}) => {
    const { table, cells, ends } = await read('cities.jsonl', bytes, options);
    return [table.format, table.encoding, cells[1]?.[1], cells[2]?.[1], ends.findings.map(({ code }) => code).join()];
  };
  expect(await cities(iconv.encode(text, 'UTF-16LE', { addBOM: true }))).toEqual(['json-lines', 'UTF-16LE', 'Süd €', 'Köln', '']);
  expect(await cities(iconv.encode(text, 'windows-1252'))).toEqual([
    'json-lines',
    'Windows-1252',
    'Süd €',
    'Köln',
    'encoding-assumed',
  ]);
  expect(await cities(iconv.encode(text, 'ISO-8859-15'), { encoding: 'latin9' })).toEqual([
    'json-lines',
    'ISO-8859-15',
    'Süd €',
    'Köln',
    '',
  ]);
  expect(await cities(Buffer.from(`\uFEFF${text}`))).toEqual(['json-lines', 'UTF-8', 'Süd €', 'Köln', '']);
});

test('a line of JSON ends where its file says, not at a sign within its texts', async () => {
  const { cells } = await read('signs.jsonl', '{"id":1,"note":"a\u2028b\u2029c"}\r\n{"id":2,"note":"x"}\r{"id":3,"note":"y"}');
  expect(cells.slice(1)).toEqual([
    ['1', 'a\u2028b\u2029c'],
    ['2', 'x'],
    ['3', 'y'],
  ]);
});

test('numbers in JSON lines stay as they stand, long ones too', async () => {
  const { cells } = await read(
    'numbers.jsonl',
    '{"id":12345678901234567890,"price":1.10,"big":1e3,"list":[1.50,"1.50"],"text":"9.90","n":7}\n',
  );
  expect(cells[1]).toEqual(['12345678901234567890', '1.10', '1e3', '[1.50,"1.50"]', '9.90', '7']);
});

test('an encoding that is told is used, and an unknown one is refused with the list', async () => {
  const bytes = iconv.encode(LEADS.replace('ö', '€'), 'ISO-8859-15');
  expect((await read('latin.csv', bytes, { encoding: 'iso-8859-1' })).cells[1]?.[2]).toBe('N¤rth');
  expect((await read('latin.csv', bytes, { encoding: 'latin-9' })).cells[1]?.[2]).toBe('N€rth');
  await expect(read('latin.csv', bytes, { encoding: 'klingon' })).rejects.toThrow(/klingon.*UTF-16LE/);
});

test('an encoding that is assumed shows a word as it was read', async () => {
  const { ends } = await read('cyrillic.csv', iconv.encode('id,city\n1,"Нижний Новгород"\n', 'windows-1251'));
  expect(ends.findings).toContainEqual(
    expect.objectContaining({
      code: 'encoding-assumed',
      message: expect.stringContaining('read as Windows-1252, for example "Íèæíèé Íîâãîðîä"'),
    }),
  );
});

test('a delimiter that is told is used', async () => {
  expect((await read('told.csv', 'a;b,c\n1;2,3\n', { delimiter: ';' })).cells).toEqual([
    ['a', 'b,c'],
    ['1', '2,3'],
  ]);
});

test('a quotation mark that is told is used, and the delimiter still found', async () => {
  expect((await read('quote.csv', "a;b\n'1;2';3\n'4;5';6\n", { quote: "'" })).cells.slice(1)).toEqual([
    ['1;2', '3'],
    ['4;5', '6'],
  ]);
  const plain = await read('plain.csv', 'a;b\n"1;2"\n"3;4"\n', { quote: '' });
  expect(plain.cells.slice(1)).toEqual([
    ['"1', '2"'],
    ['"3', '4"'],
  ]);
});

test('a header that is told is used: a line, or none', async () => {
  const text = 'report;July\nsite;jobs\nPier 9;4\nOld Mill;5\n';
  expect((await read('line.csv', text, { headerLine: 1 })).cells[0]).toEqual(['report', 'July']);
  const third = await read('third.csv', text, { headerLine: 3 });
  expect(third.cells).toEqual([
    ['Pier 9', '4'],
    ['Old Mill', '5'],
  ]);
  expect(third.ends.preamble).toEqual(['report;July', 'site;jobs']);
  const none = await read('none.csv', 'site;jobs\nPier 9;4\n', { headerLine: null });
  expect(none.cells).toEqual([[], ['site', 'jobs'], ['Pier 9', '4']]);
  await expect(read('none.csv', text, { headerLine: 9 })).rejects.toThrow('line 9');
});

test.each([
  ['leads.csv.gz', gzipSync(LEADS)],
  ['leads.zip', zipFile({ 'leads.csv': LEADS })],
  ['leads.jsonl', '{"lead_id":"1","created_at":"2026-01-01T00:00:00Z"}\n{"lead_id":"2","created_at":"2026-01-02T00:00:00Z"}\n'],
])('%s is imported by the same door', async (name, content) => {
  await bench.sql.run({ text: 'DELETE FROM lead' });
  await bench.sql.run({ text: 'DELETE FROM import_file' });
  const report = await bench.importFile(name, content);
  expect(report.files[0]?.rows).toMatchObject({ read: 2, inserted: 2 });
});

test('a workbook is imported by the same door', async () => {
  await bench.sql.run({ text: 'DELETE FROM lead' });
  const report = await bench.importFile('leads.xlsx', zipFile(BOOK));
  expect(report.files[0]?.rows).toMatchObject({ read: 3 });
});

test('where the first sheet fits no table the others are named', async () => {
  const cover = SHEET.replace('lead_id', 'cover').replace('created_at', 'of a report');
  const book = zipFile({
    ...BOOK,
    'xl/sharedStrings.xml': '<sst><si><t>cover</t></si><si><t>x</t></si></sst>',
    'xl/worksheets/sheet1.xml': cover,
  });
  await expect(bench.importFile('cover.xlsx', book)).rejects.toMatchObject({
    code: 'sheet-no-table',
    message: expect.stringContaining('has other sheets: Old & gone. Say which one to read'),
  });
});

test('a postcode below thirty thousand numbers is a cell like any other', async () => {
  const numbers = Array.from({ length: 30_000 }, (_, index) => `${index},${index * 2}`);
  const { cells, ends } = await read('postcodes.csv', `postcode,jobs\n${numbers.join('\n')}\nSW1A 1AA,7\n`);
  expect(cells).toHaveLength(30_002);
  expect(cells.at(-1)).toEqual(['SW1A 1AA', '7']);
  expect(ends.findings).toEqual([]);
});
