import { appendFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importFiles, listBatches, listRejects } from '../../analytics/ingest/index.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const LEADS =
  'lead_id,created_at,region,updated_at\n1,2026-01-01T00:00:00Z,North,2026-01-05T00:00:00Z\n2,2026-01-02T00:00:00Z,South,2026-01-05T00:00:00Z\n';
const ledger = (report: { files: readonly { rows: object }[] }) => report.files.map((file) => Object.values(file.rows));

test('the same file again leaves no batch and changes nothing', async () => {
  const first = await bench.importFile('leads.csv', LEADS);
  const before = await bench.content('lead');
  const again = await bench.importFile('copy of leads.csv', LEADS);
  expect([first.batch, again.batch]).toEqual([1, null]);
  expect(ledger(again)).toEqual([[2, 0, 0, 2, 0, 0]]);
  expect(again.files[0]?.findings.map((each) => each.code)).toEqual(['file-known']);
  expect(await bench.content('lead')).toBe(before);
  expect((await listBatches(bench.sql)).length).toBe(1);
});

test('the same rows in another file are unchanged, without a batch', async () => {
  await bench.importFile('leads.csv', LEADS);
  const again = await bench.importFile('leads.csv', LEADS.replaceAll('\n', '\r\n'));
  expect(again.batch).toBeNull();
  expect(ledger(again)).toEqual([[2, 0, 0, 2, 0, 0]]);
});

test('the newest by the time of its source wins, whichever comes first', async () => {
  await bench.importFile('a.csv', LEADS);
  const older = await bench.importFile(
    'b.csv',
    'lead_id,created_at,region,updated_at\n1,2026-01-01T00:00:00Z,East,2026-01-04T00:00:00Z\n',
  );
  expect(ledger(older)).toEqual([[1, 0, 0, 1, 0, 0]]);
  expect(older.files[0]?.findings.map((each) => each.code)).toContain('older-row');
  const newer = await bench.importFile(
    'c.csv',
    'lead_id,created_at,region,updated_at\n1,2026-01-01T00:00:00Z,West,2026-01-06T00:00:00Z\n3,2026-01-01T00:00:00Z,West,2026-01-06T00:00:00Z\n',
  );
  expect(ledger(newer)).toEqual([[2, 1, 1, 0, 0, 0]]);
  const rows = await bench.sql.rows({ text: 'SELECT lead_id, region, batch_id, line FROM lead ORDER BY lead_id' });
  expect(rows).toEqual([
    { lead_id: '1', region: 'West', batch_id: newer.batch, line: 2 },
    { lead_id: '2', region: 'South', batch_id: 1, line: 3 },
    { lead_id: '3', region: 'West', batch_id: newer.batch, line: 3 },
  ]);
});

test('a file without some columns leaves what they hold', async () => {
  await bench.importFile('a.csv', 'lead_id,created_at,region,colour\n1,2026-01-01T00:00:00Z,North,red\n');
  const report = await bench.importFile('b.csv', 'lead_id,created_at,channel,size\n1,2026-01-01T00:00:00Z,Web,9\n');
  expect(ledger(report)).toEqual([[1, 0, 1, 0, 0, 0]]);
  expect(await bench.sql.rows({ text: 'SELECT region, channel, extra FROM lead' })).toEqual([
    { region: 'North', channel: 'Web', extra: '{"colour":"red","size":"9"}' },
  ]);
});

test('all files of one import go in, or none: a refused file leaves the workspace as it was', async () => {
  await bench.importFile('old.csv', LEADS);
  const before = await bench.content('lead');
  const files = [bench.file('good.csv', 'lead_id,created_at\n9,2026-01-01T00:00:00Z\n'), bench.file('bad.csv', 'colour\nred\n')];
  await expect(importFiles(bench.sql, { files, dryRun: false }, bench)).rejects.toMatchObject({ code: 'file-no-header' });
  expect(await bench.content('lead')).toBe(before);
  expect((await listBatches(bench.sql)).map((each) => each.batch)).toEqual([1]);
});

test('a dry run reports what would be and keeps nothing', async () => {
  let derived = 0;
  const afterStore = async () => {
    derived = (await bench.sql.rows({ text: 'SELECT * FROM lead' })).length;
  };
  const report = await bench.importFile('leads.csv', LEADS, { dryRun: true, afterStore });
  expect([report.batch, ledger(report), derived]).toEqual([null, [[2, 2, 0, 0, 0, 0]], 2]);
  expect(await bench.sql.rows({ text: 'SELECT * FROM lead' })).toEqual([]);
  expect(await listBatches(bench.sql)).toEqual([]);
});

test('a failure of what follows the storing takes everything back', async () => {
  const afterStore = () => Promise.reject(new Error('no measure'));
  await expect(bench.importFile('leads.csv', LEADS, { afterStore })).rejects.toThrow('no measure');
  expect(await bench.sql.rows({ text: 'SELECT * FROM lead' })).toEqual([]);
});

test('an import that is stopped leaves nothing behind', async () => {
  const stop = new AbortController();
  const onProgress = ({ step }: { step: string }) => step === 'storing' && stop.abort();
  await expect(bench.importFile('leads.csv', LEADS, { signal: stop.signal, onProgress })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(await bench.sql.rows({ text: 'SELECT * FROM lead' })).toEqual([]);
});

test('two files of one import may hold the same rows: the later file wins', async () => {
  const files = [
    bench.file('a.csv', 'lead_id,created_at,region\n1,2026-01-01T00:00:00Z,North\n'),
    bench.file('b.csv', 'lead_id,created_at,region\n1,2026-01-01T00:00:00Z,South\n'),
  ];
  const report = await importFiles(bench.sql, { files, dryRun: false }, bench);
  expect(ledger(report)).toEqual([
    [1, 1, 0, 0, 0, 0],
    [1, 0, 1, 0, 0, 0],
  ]);
  expect(await bench.sql.rows({ text: 'SELECT region FROM lead' })).toEqual([{ region: 'South' }]);
});

test('rejected rows are listed with file, line, column, reason and text, even where nothing else came in', async () => {
  const report = await bench.importFile('leads.csv', 'lead_id,created_at,region\n1,soon,"a, ""b"""\n');
  expect(report.batch).toBe(1);
  expect(await listRejects(bench.sql, 1)).toEqual([
    {
      batch: 1,
      file: report.files[0]?.file,
      line: 2,
      column: 'created_at',
      reason: '"soon" is no time that can be read.',
      text: '1,soon,"a, ""b"""',
    },
  ]);
  await expect(listRejects(bench.sql, 7)).rejects.toMatchObject({ code: 'batch-unknown' });
});

test('a path with a quotation mark and signs of a pattern is a path', async () => {
  const report = await bench.importFile("o'leads [1] *{a}?.csv", LEADS);
  expect(ledger(report)).toEqual([[2, 2, 0, 0, 0, 0]]);
});

test('a compressed file is read as what it holds', async () => {
  expect(ledger(await bench.importFile('leads.csv.gz', gzipSync(LEADS)))).toEqual([[2, 2, 0, 0, 0, 0]]);
});

test('a broken compressed file, a folder and a missing file are refused in a sentence', async () => {
  const broken = bench.importFile('leads.csv.gz', gzipSync(LEADS).subarray(0, 40));
  await expect(broken).rejects.toMatchObject({ code: 'file-unreadable' });
  const importOf = (file: string) => importFiles(bench.sql, { files: [file], dryRun: false }, bench);
  await expect(importOf('/')).rejects.toMatchObject({ code: 'file-unreadable' });
  await expect(importOf('/nowhere/at all.csv')).rejects.toMatchObject({ code: 'file-missing' });
});

test('one line of many megabytes is read, and lines after it keep their numbers', async () => {
  const long = 'x'.repeat(20_000_000);
  const report = await bench.importFile(
    'long.csv',
    `lead_id,created_at,region\n1,2026-01-01T00:00:00Z,${long}\n2,2026-01-01T00:00:00Z,North\n`,
  );
  expect(ledger(report)).toEqual([[2, 2, 0, 0, 0, 0]]);
  expect(await bench.sql.rows({ text: 'SELECT line, length(region) AS n FROM lead ORDER BY line' })).toEqual([
    { line: 2, n: 20_000_000 },
    { line: 3, n: 5 },
  ]);
});

test('every one of two hundred thousand rows carries its own line, read by several threads', async () => {
  await bench.sql.run({ text: 'SET threads = 4' });
  const lines = Array.from({ length: 200_000 }, (_, index) => `${index + 2},2026-01-01T00:00:00Z,${'pad '.repeat(index % 30)}`);
  const report = await bench.importFile('many.csv', `lead_id,created_at,region\n${lines.join('\n')}\n`);
  expect(ledger(report)).toEqual([[200_000, 200_000, 0, 0, 0, 0]]);
  expect(await bench.sql.rows({ text: 'SELECT count(*) AS wrong FROM lead WHERE CAST(lead_id AS BIGINT) <> line' })).toEqual([
    { wrong: 0 },
  ]);
});

test('a file that grows while it is read is refused, and nothing of it stays', async () => {
  const file = bench.file('log.csv', LEADS);
  const onProgress = ({ step }: { step: string }) => {
    if (step === 'storing') appendFileSync(file, '3,2026-01-01T00:00:00Z,North,2026-01-05T00:00:00Z\n');
  };
  const outcome = importFiles(bench.sql, { files: [file], dryRun: false }, { settings: bench.settings, onProgress });
  await expect(outcome).rejects.toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('changed while') });
  expect(await bench.sql.rows({ text: 'SELECT * FROM lead' })).toEqual([]);
});

test('a file of two thousand columns is read, and one of many more is refused', async () => {
  const names = Array.from({ length: 1900 }, (_, index) => `note ${index}`);
  const values = names.map(() => 'v').join(',');
  const wide = `${names.join(',')},lead_id,created_at\n${values},9,2026-01-01T00:00:00Z\n${values},8,soon\n`;
  expect(ledger(await bench.importFile('wide.csv', wide))).toEqual([[2, 1, 0, 0, 0, 1]]);
  const wider = bench.importFile('wider.csv', `lead_id,created_at,${'x,'.repeat(20_000)}\n`);
  await expect(wider).rejects.toMatchObject({ code: 'file-unreadable' });
});
