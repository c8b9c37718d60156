import { afterEach, beforeEach, expect, test } from 'vitest';
import { listBatches, undoBatch } from '../../analytics/ingest/index.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench({ timeZone: 'Europe/Berlin' });
});
afterEach(() => bench.close());

const FIRST =
  'spend_id,date,amount,currency,note\n1,2026-01-01,0.1,EUR,"a ""b"""\n2,2026-01-02,1e-7,,\n3,2026-01-03,12345678.912345678,USD,ü\n';
const SECOND = 'spend_id,date,amount,currency\n1,2026-01-01,0.30000000000000004,EUR\n2,2026-01-02,1e-7,\n4,2026-01-04,5,EUR\n';

test('undo leaves every table byte for byte as it was', async () => {
  await bench.importFile('a.csv', FIRST);
  const before = await bench.content('marketing_spend');
  const second = await bench.importFile('b.csv', SECOND);
  expect(Object.values(second.files[0]?.rows ?? {})).toEqual([3, 1, 1, 1, 0, 0]);
  expect(await bench.content('marketing_spend')).not.toBe(before);
  const changes = await undoBatch(bench.sql, 2);
  expect(changes).toEqual({ batch: 2, tables: ['marketing_spend'] });
  expect(await bench.content('marketing_spend')).toBe(before);
  await undoBatch(bench.sql, 1);
  expect(await bench.sql.rows({ text: 'SELECT * FROM marketing_spend' })).toEqual([]);
  const batches = await listBatches(bench.sql);
  expect(batches.map((each) => each.undoneAt !== null)).toEqual([true, true]);
});

test('an import that a later one built upon is undone only after it', async () => {
  await bench.importFile('a.csv', FIRST);
  await bench.importFile('b.csv', SECOND);
  await expect(undoBatch(bench.sql, 1)).rejects.toMatchObject({ code: 'batch-superseded' });
  await undoBatch(bench.sql, 2);
  await undoBatch(bench.sql, 1);
});

test('an unknown import and one undone before are refused', async () => {
  await bench.importFile('a.csv', FIRST);
  await expect(undoBatch(bench.sql, 9)).rejects.toMatchObject({ code: 'batch-unknown' });
  await undoBatch(bench.sql, 1);
  await expect(undoBatch(bench.sql, 1)).rejects.toMatchObject({ code: 'batch-undone' });
});

test('a file whose import was undone comes in again under a new number', async () => {
  await bench.importFile('a.csv', FIRST);
  await undoBatch(bench.sql, 1);
  const again = await bench.importFile('a.csv', FIRST);
  expect(again.batch).toBe(2);
  expect(again.files[0]?.rows.inserted).toBe(3);
});

test('a failure of what follows leaves the import standing', async () => {
  await bench.importFile('a.csv', FIRST);
  const before = await bench.content('marketing_spend');
  await expect(undoBatch(bench.sql, 1, () => Promise.reject(new Error('no measure')))).rejects.toThrow('no measure');
  expect(await bench.content('marketing_spend')).toBe(before);
});
