import { afterEach, beforeEach, expect, test } from 'vitest';
import { csvText } from '../../analytics/contract/csv-text.ts';
import { rejectTables } from '../../analytics/ingest/index.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const FILE =
  'Lead ID;Create Date;Region\n1;soon;=1+1\n2;2026-01-01T00:00:00Z;N\n3;;"a ""b""; c\nd"\n4;2026-01-01T00:00:00Z\n-5;later;-5\n';
const HEADER = ['Lead ID', 'Create Date', 'Region', 'weir_rest', 'weir_file', 'weir_line', 'weir_reason'];

test('rejected rows keep the header and cells of their file, and say where they stood and why', async () => {
  await bench.importFile('l.csv', FILE);
  const [table, ...others] = await rejectTables(bench.sql);
  expect(others).toEqual([]);
  expect(table?.headers).toEqual(HEADER);
  expect(table?.rows.map((row) => row.slice(0, 4))).toEqual([
    ['1', 'soon', '=1+1', ''],
    ['3', '', 'a "b"; c\nd', ''],
    ['4', '2026-01-01T00:00:00Z', '', ''],
    ['-5', 'later', '-5', ''],
  ]);
  expect(table?.rows.map((row) => row[5])).toEqual(['2', '4', '6', '7']);
  expect(table?.rows[0]?.[6]).toContain('"soon" is no time');
});

test('the list, corrected, is imported as if its rows had been right: formulas and negative numbers come back as they were', async () => {
  await bench.importFile('l.csv', FILE);
  const [table] = await rejectTables(bench.sql);
  const text = csvText([[...(table?.headers ?? [])], ...(table?.rows ?? []).map((row) => [...row])]);
  expect(text).toContain("'=1+1");
  const day = '2026-02-01T00:00:00Z';
  const corrected = text.replace('soon', day).replace('later', day).replace('3,,', `3,${day},`);
  const report = await bench.importFile('fixed.csv', corrected);
  expect(Object.values(report.files[0]?.rows ?? {})).toEqual([4, 4, 0, 0, 0, 0]);
  const rows = await bench.sql.rows({ text: 'SELECT lead_id, region, extra FROM lead WHERE batch_id = 2 ORDER BY lead_id' });
  expect(rows).toEqual([
    { lead_id: '-5', region: '-5', extra: null },
    { lead_id: '1', region: '=1+1', extra: null },
    { lead_id: '3', region: 'a "b"; c\nd', extra: null },
    { lead_id: '4', region: null, extra: null },
  ]);
});

test('files of different columns have a table each', async () => {
  await bench.importFile('l.csv', 'lead_id,created_at\n1,soon\n');
  await bench.importFile('m.csv', 'lead_id,created_at,region\n1,soon,N\n');
  expect((await rejectTables(bench.sql)).map((table) => table.headers.length)).toEqual([6, 7]);
  expect((await rejectTables(bench.sql, 2)).map((table) => table.headers.length)).toEqual([7]);
  await expect(rejectTables(bench.sql, 9)).rejects.toMatchObject({ code: 'batch-unknown' });
});

test('texts that begin like formulas, or with an apostrophe before one, come back as they were', async () => {
  const texts = ['=1+1', "'=1+1", "''-x", '@a', '-5', "'-5", '＝1', "'tis", '+49 30'];
  const lines = texts.map((text, index) => `${index},soon,"${text}"`);
  await bench.importFile('a.csv', `lead_id,created_at,note\n${lines.join('\n')}\n`);
  const [table] = await rejectTables(bench.sql, 1);
  const csv = csvText([[...(table?.headers ?? [])], ...(table?.rows ?? []).map((row) => [...row])]);
  expect(csv).not.toMatch(/,"?[=@＝]/);
  await bench.importFile('b.csv', csv.replaceAll('soon', '2026-01-01T00:00:00Z'));
  const rows = await bench.sql.rows<{ note: string }>({
    text: "SELECT json_extract_string(extra, '$.note') AS note FROM lead ORDER BY lead_id",
  });
  expect(rows.map((row) => row.note)).toEqual(texts);
});
