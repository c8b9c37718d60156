import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileChoices } from '../../analytics/contract/file-choices.ts';
import { importFiles } from '../../analytics/ingest/index.ts';
import { undoBatch } from '../../analytics/ingest/undo.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const said = (name: string, content: string | Buffer, choices: FileChoices = {}) => {
  const file = bench.file(name, content);
  return importFiles(bench.sql, { files: [file], choices: { [file]: choices }, dryRun: false }, { settings: bench.settings });
};
const leads = (columns: string) => bench.sql.rows({ text: `SELECT ${columns} FROM lead ORDER BY line` });

test('a column is mapped by hand, and one that its name would map is kept beside the row', async () => {
  const columns = { Kode: { column: 'lead_id' }, Kommt: { column: 'created_at' }, region: { column: null } };
  const report = await said('a.csv', 'Kode,Kommt,region\nK1,2026-01-02T00:00:00Z,North\n', { table: 'lead', columns });
  expect(report.files[0]?.rows).toMatchObject({ read: 1, inserted: 1, rejected: 0 });
  expect(await leads('lead_id, created_at, region, extra')).toEqual([
    { lead_id: 'K1', created_at: '2026-01-02T00:00:00Z', region: null, extra: '{"region":"North"}' },
  ]);
});

test('of two headers alike each is told by its place', async () => {
  const columns = { 'when (3)': { column: 'created_at' } };
  await said('a.csv', 'lead_id,when,when\nK1,2026-01-02T00:00:00Z,2026-03-04T00:00:00Z\n', { table: 'lead', columns });
  expect(await leads('created_at')).toEqual([{ created_at: '2026-03-04T00:00:00Z' }]);
});

test('what cannot be said of a file is refused in words', async () => {
  const content = 'lead_id,created_at,a,b\nK1,2026-01-02T00:00:00Z,1,2\n';
  const refusal = (columns: NonNullable<FileChoices['columns']>) =>
    expect(said('a.csv', content, { table: 'lead', columns })).rejects;
  await refusal({ c: { column: 'region' } }).toMatchObject({
    code: 'header-unknown',
    message: expect.stringContaining('lead_id'),
  });
  await refusal({ a: { column: 'colour' } }).toMatchObject({
    code: 'column-unknown',
    message: expect.stringContaining('region'),
  });
  await refusal({ a: { column: 'region' }, b: { column: 'region' } }).toMatchObject({
    code: 'bad-request',
    message: expect.stringContaining('a and b are both said to fill region'),
  });
  await refusal({ lead_id: { column: null } }).toMatchObject({ code: 'file-lacks-columns' });
  await expect(said('a.csv', content, { headerLine: 9 })).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining('line 9'),
  });
  expect(await leads('*')).toEqual([]);
});

test('encoding, delimiter, quotation mark and header line go by what is said', async () => {
  // 0xA4 is € in ISO-8859-15 and ¤ in Windows-1252; 0xFC is ü in both.
  const bytes = Buffer.concat([
    Buffer.from('lead_id|created_at|region\n'),
    Buffer.from("second|header|row\nK1|2026-01-02T00:00:00Z|'M"),
    Buffer.from([0xfc]),
    Buffer.from('|'),
    Buffer.from([0xa4]),
    Buffer.from("'\n"),
  ]);
  const columns = { second: { column: 'lead_id' }, header: { column: 'created_at' }, row: { column: 'region' } };
  const report = await said('a.csv', bytes, {
    table: 'lead',
    encoding: 'ISO-8859-15',
    delimiter: '|',
    quote: "'",
    headerLine: 2,
    columns,
  });
  expect(report.files[0]).toMatchObject({ encoding: 'ISO-8859-15', dialect: { delimiter: '|', quote: "'", headerLine: 2 } });
  expect(await leads('lead_id, region')).toEqual([{ lead_id: 'K1', region: 'Mü|€' }]);
});

test('two columns of one file may put day and month in different order, and be in different zones', async () => {
  const columns = {
    created_at: { dateOrder: 'day-first', timeZone: 'Europe/Berlin' },
    converted_at: { dateOrder: 'month-first', timeZone: 'America/New_York' },
  } as const;
  await said('a.csv', 'lead_id,created_at,converted_at\nK1,01/02/2026 12:00,03/04/2026 12:00\n', { columns });
  // Berlin is an hour ahead of UTC on 1 February, New York five behind on 4 March.
  expect(await leads('created_at, converted_at')).toEqual([
    { created_at: '2026-02-01T11:00:00Z', converted_at: '2026-03-04T17:00:00Z' },
  ]);
});

test('a decimal mark that is said goes before what amounts usually look like', async () => {
  const content = 'spend_id,date,amount\nC1,2026-01-01,"1,500"\nC2,2026-01-01,7\n';
  await said('a.csv', content, { table: 'marketing_spend', decimalMark: ',' });
  expect(await bench.sql.rows({ text: 'SELECT amount FROM marketing_spend ORDER BY line' })).toEqual([
    { amount: 1.5 },
    { amount: 7 },
  ]);
});

test('a column that mixes both orders is read in the one that is said, and the other days are rejected', async () => {
  const content = 'lead_id,created_at\nK1,13/01/2026\nK2,01/13/2026\nK3,02/03/2026\n';
  await expect(said('a.csv', content)).rejects.toMatchObject({ code: 'column-mixed' });
  const report = await said('a.csv', content, { columns: { created_at: { dateOrder: 'day-first' } } });
  expect(report.files[0]?.rows).toMatchObject({ read: 3, inserted: 2, rejected: 1 });
  expect(await leads('created_at')).toEqual([{ created_at: '2026-01-13T00:00:00Z' }, { created_at: '2026-03-02T00:00:00Z' }]);
});

test('what is said of one file holds for the next of its source, until the import that said it is undone', async () => {
  const choices: FileChoices = {
    table: 'lead',
    columns: { Kode: { column: 'lead_id' }, Kommt: { column: 'created_at', dateOrder: 'day-first' } },
  };
  const content = (id: string) => `Kode,Kommt\n${id},01/02/2026\n`;
  const first = await said('january.csv', content('K1'), choices);
  const next = await said('february.csv', content('K2'));
  expect(next.files[0]?.findings).toContainEqual(
    expect.objectContaining({ code: 'choices-remembered', message: expect.stringContaining('january.csv') }),
  );
  expect(await leads('lead_id, created_at')).toEqual([
    { lead_id: 'K1', created_at: '2026-02-01T00:00:00Z' },
    { lead_id: 'K2', created_at: '2026-02-01T00:00:00Z' },
  ]);
  await expect(said('march.csv', content('K3'), { afresh: true })).rejects.toMatchObject({ code: 'file-no-header' });
  await undoBatch(bench.sql, next.batch ?? 0);
  await undoBatch(bench.sql, first.batch ?? 0);
  await expect(said('march.csv', content('K3'))).rejects.toMatchObject({ code: 'file-no-header' });
});

test('the last word counts: a choice may be taken back to what it was before', async () => {
  const content = (id: string) => `lead_id,created_at\n${id},01/02/2026\n`;
  const order = (dateOrder: 'day-first' | 'month-first'): FileChoices => ({ columns: { created_at: { dateOrder } } });
  await said('a.csv', content('K1'), order('day-first'));
  await said('b.csv', content('K2'), order('month-first'));
  await said('c.csv', content('K3'), order('day-first'));
  await said('d.csv', content('K4'));
  expect(await bench.sql.rows({ text: "SELECT created_at FROM lead WHERE lead_id = 'K4'" })).toEqual([
    { created_at: '2026-02-01T00:00:00Z' },
  ]);
});

test('files of one import each go by their own choices', async () => {
  const files = ['a.csv', 'b.csv'].map((name, index) =>
    bench.file(name, `lead_id,created_at,n${index}\nK${index},01/02/2026,x\n`),
  );
  const [a = '', b = ''] = files;
  const choices = { [a]: { dateOrder: 'day-first' }, [b]: { dateOrder: 'month-first' } } as const;
  const report = await importFiles(bench.sql, { files, choices, dryRun: false }, { settings: bench.settings });
  expect(report.files.map((file) => path.basename(file.file))).toEqual(['a.csv', 'b.csv']);
  expect(await bench.sql.rows({ text: 'SELECT created_at FROM lead ORDER BY lead_id' })).toEqual([
    { created_at: '2026-02-01T00:00:00Z' },
    { created_at: '2026-01-02T00:00:00Z' },
  ]);
});
