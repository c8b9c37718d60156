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
  expect(changes).toEqual({ batch: 2, tables: ['marketing_spend'], rowsGone: true });
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

const KEPT = 'spend_id,date,amount,currency\n1,2026-01-01,1,EUR\n2,2026-01-02,2,EUR\n';

test('rows that a later import held unchanged stay when the import that brought them is taken back', async () => {
  await bench.importFile('a.csv', KEPT);
  await bench.importFile('b.csv', 'spend_id,date,amount,currency\n2,2026-01-02,2,EUR\n3,2026-01-03,3,EUR\n');
  await undoBatch(bench.sql, 1);
  const rows = await bench.sql.rows({
    text: 'SELECT spend_id AS id, batch_id AS batch, file_id AS file, line FROM marketing_spend ORDER BY id',
  });
  expect(rows).toEqual([
    { id: '2', batch: 2, file: 2, line: 2 },
    { id: '3', batch: 2, file: 2, line: 3 },
  ]);
  await undoBatch(bench.sql, 2);
  expect(await bench.content('marketing_spend')).toBe('[]');
});

test('a change that a later import held too stays with it, and its undo brings back what was before', async () => {
  await bench.importFile('a.csv', KEPT);
  const first = await bench.content('marketing_spend');
  const changed = KEPT.replace('02,2', '02,20');
  await bench.importFile('b.csv', changed);
  await bench.importFile('c.csv', `${changed}3,2026-01-03,3,EUR\n`);
  await undoBatch(bench.sql, 2);
  expect(await bench.sql.rows({ text: `SELECT amount, batch_id AS batch FROM marketing_spend WHERE spend_id = '2'` })).toEqual([
    { amount: 20, batch: 3 },
  ]);
  await undoBatch(bench.sql, 3);
  expect(await bench.content('marketing_spend')).toBe(first);
});

test('a file is read anew where an import before it was taken back since', async () => {
  await bench.importFile('a.csv', 'spend_id,date,amount,currency\n1,2026-01-01,1,EUR\n');
  await bench.importFile('b.csv', KEPT);
  await undoBatch(bench.sql, 1);
  const again = await bench.importFile('b.csv', KEPT);
  expect(again.files[0]?.findings.map((each) => each.code)).not.toContain('file-known');
  expect(Object.values(again.files[0]?.rows ?? {})).toEqual([2, 0, 0, 2, 0, 0]);
});
