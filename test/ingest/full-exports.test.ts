import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportReport } from '../../analytics/contract/import-report.ts';
import { importFiles, undoBatch } from '../../analytics/ingest/index.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

interface Wish {
  readonly full?: boolean;
  readonly removeGone?: boolean;
  readonly profile?: string;
}

const bring = (files: readonly string[], wish: Wish = {}) =>
  importFiles(bench.sql, { files: [...files], dryRun: false, ...wish }, { settings: bench.settings });
const leads = (...ids: readonly (string | number)[]) =>
  `lead_id,created_at,region\n${ids.map((id) => `${id},2026-01-01T00:00:00Z,North\n`).join('')}`;
const stored = async () =>
  (await bench.sql.rows<{ id: string }>({ text: 'SELECT lead_id AS id FROM lead ORDER BY id' })).map((row) => row.id);
const gone = (report: ImportReport) =>
  report.files.flatMap((file) => file.findings).filter((each) => each.code === 'gone-from-source');
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('rows gone from a full export are reported with examples and left as they are', async () => {
  await bring([bench.file('a.csv', leads('A', 'B', 'C'))]);
  const report = await bring([bench.file('b.csv', leads('B', 'D'))], { full: true });
  expect(gone(report)).toEqual([expect.objectContaining({ count: 2, message: expect.stringContaining('"A", "C"') })]);
  expect(Object.values(report.files[0]?.rows ?? {})).toEqual([2, 1, 0, 1, 0, 0]);
  expect(await stored()).toEqual(['A', 'B', 'C', 'D']);
});

test('an export of changes says nothing of the rows it lacks', async () => {
  await bring([bench.file('a.csv', leads('A', 'B', 'C'))]);
  expect(gone(await bring([bench.file('b.csv', leads('B', 'D'))]))).toEqual([]);
});

test('rows that are gone are taken out only where that is asked for, and undo brings them back as they were', async () => {
  await bring([bench.file('a.csv', leads('A', 'B', 'C'))]);
  const before = await bench.content('lead');
  const report = await bring([bench.file('b.csv', leads('B'))], { removeGone: true });
  expect(gone(report)).toEqual([expect.objectContaining({ count: 2 })]);
  expect(report.batch).toBe(2);
  expect(await stored()).toEqual(['B']);
  await undoBatch(bench.sql, 2);
  expect(await bench.content('lead')).toBe(before);
});

test('a row that a later import brought anew is not brought back a second time', async () => {
  await bring([bench.file('a.csv', leads('A', 'B'))]);
  await bring([bench.file('b.csv', leads('B'))], { removeGone: true });
  await bring([bench.file('c.csv', leads('A', 'B', 'C'))]);
  await expect(undoBatch(bench.sql, 2)).rejects.toMatchObject({ code: 'batch-superseded' });
  await undoBatch(bench.sql, 3);
  await undoBatch(bench.sql, 2);
  expect(await stored()).toEqual(['A', 'B']);
});

test('the very file that was imported before is compared all the same', async () => {
  await bring([bench.file('a.csv', leads('A', 'B'))]);
  await bring([bench.file('b.csv', leads('B'))]);
  expect(gone(await bring([bench.file('b.csv', leads('B'))], { full: true }))).toEqual([expect.objectContaining({ count: 1 })]);
});

test('several files of one full export count together', async () => {
  await bring([bench.file('a.csv', leads('A', 'B', 'C'))]);
  const report = await bring([bench.file('b.csv', leads('A')), bench.file('c.csv', leads('B'))], { full: true });
  expect(gone(report)).toEqual([expect.objectContaining({ count: 1, message: expect.stringContaining('"C"') })]);
});

test('a rejected row of a full export is not gone, and while rows are rejected nothing is taken out', async () => {
  await bring([bench.file('a.csv', leads('A', 'B', 'C'))]);
  const report = await bring([bench.file('b.csv', `${leads('A')}B,no day,North\n`)], { removeGone: true });
  expect(gone(report)).toEqual([expect.objectContaining({ count: 1, message: expect.stringMatching(/"C".*left as they are/) })]);
  expect(await stored()).toEqual(['A', 'B', 'C']);
});

test('rows of another source are not gone', async () => {
  await bring([bench.file('a.csv', 'Record ID,Lifecycle Stage,Create Date\n51,Lead,2026-01-01T00:00:00Z\n')]);
  await bring([bench.file('b.csv', 'lead number,mobile,score,created\n7,1,2,2026-01-01T00:00:00Z\n')]);
  expect(gone(await bring([bench.file('c.csv', leads('A'))], { full: true }))).toEqual([]);
});

test('a file that holds most of what its source brought is said to look like a full export', async () => {
  await bring([bench.file('a.csv', leads(...range(1, 50)))]);
  const report = await bring([bench.file('b.csv', leads(...range(6, 55)))]);
  expect(report.files[0]?.findings).toContainEqual(expect.objectContaining({ code: 'seems-full', count: 5 }));
});

test('a profile may say that its files are full exports', async () => {
  const profile = bench.file(
    'p.json',
    JSON.stringify({
      name: 'ours',
      title: 'Ours',
      tables: { lead: { recognisedBy: [['lead_id', 'region']], fullExport: true } },
    }),
  );
  await bring([bench.file('a.csv', leads('A', 'B'))], { profile });
  expect(gone(await bring([bench.file('b.csv', leads('B'))], { profile }))).toEqual([expect.objectContaining({ count: 1 })]);
});

test('rows of two systems with one key are taken for the same, and that is said', async () => {
  await bring([bench.file('a.csv', 'Record ID,Lifecycle Stage,Create Date\n51,Lead,2026-01-01T00:00:00Z\n')]);
  const report = await bring([bench.file('b.csv', leads('51'))]);
  expect(report.files[0]?.findings).toContainEqual(
    expect.objectContaining({ code: 'key-of-other-source', count: 1, message: expect.stringContaining('hubspot') }),
  );
});
