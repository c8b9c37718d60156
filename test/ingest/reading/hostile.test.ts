import { readdirSync, truncateSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WeirError } from '../../../analytics/contract/errors.ts';
import { type ReadOptions, readTable } from '../../../analytics/index.ts';
import { type ImportBench, importBench } from '../scratch-file.ts';
import { zipFile } from './zip-file.ts';

let bench: ImportBench;
let scratch: string;
beforeEach(async () => {
  bench = await importBench();
  scratch = await mkdtemp(path.join(tmpdir(), 'weir-hostile-'));
});
afterEach(async () => {
  bench.close();
  await rm(scratch, { recursive: true, force: true });
});

const BOMB = { ratio: 20, freeBytes: 10_000, mostBytes: 1_000_000 };

async function refusal(file: string, options: ReadOptions = {}): Promise<WeirError> {
  const thrown = await drained(file, options).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(WeirError);
  expect(readdirSync(scratch)).toEqual([]);
  return thrown as WeirError;
}

async function drained(file: string, options: ReadOptions = {}): Promise<number> {
  const table = await readTable(file, { ...options, scratch });
  try {
    let count = 0;
    for await (const _ of table.rows()) count++;
    return count;
  } finally {
    await table.close();
  }
}

test('a gzip bomb is refused before it fills the disk', async () => {
  const error = await refusal(bench.file('bomb.gz', gzipSync(Buffer.alloc(5_000_000, 'a,b\n'))), { limits: BOMB });
  expect(error.message).toContain('20 times its size');
});

test('a zip bomb is refused before it fills the disk', async () => {
  const error = await refusal(bench.file('bomb.zip', zipFile({ 'a.csv': Buffer.alloc(5_000_000, 'a,b\n') })), { limits: BOMB });
  expect(error.message).toContain('20 times its size');
});

test('a line that no table has is refused', async () => {
  const file = bench.file('long.csv', `a,b\n1,${'x'.repeat(3_000_000)}\n`);
  const error = await refusal(file, { longestLine: 1_000_000 });
  expect(error.message).toContain('line 2 is longer than 1 million');
});

test('a table of far too many columns is refused by their number', async () => {
  const error = await refusal(bench.file('wide.csv', `${'a,'.repeat(120_000)}b\n${'1,'.repeat(120_000)}2\n`));
  expect(error.message).toContain('120001 columns');
});

test('a path with a quotation mark and a line break is a path like any other', async () => {
  expect(await drained(bench.file('it\'s "a"\nfile.csv', 'a,b\n1,2\n3,4\n'))).toBe(2);
});

test('a file that shrinks while it is read is refused', async () => {
  const file = bench.file('shrinking.csv', `a,b\n${'1,2\n'.repeat(200_000)}`);
  const table = await readTable(file, { scratch });
  const rows = table.rows();
  await rows.next();
  truncateSync(file, 100);
  const rest = async () => {
    for await (const _ of rows);
  };
  await expect(rest()).rejects.toThrow(/changed while it was read/);
  await table.close();
  expect(readdirSync(scratch)).toEqual([]);
});

test('a damaged archive is refused in words', async () => {
  const whole = zipFile({ 'a.csv': 'a,b\n1,2\n' });
  expect((await refusal(bench.file('cut.zip', whole.subarray(0, whole.length - 20)))).message).toContain('damaged');
  expect((await refusal(bench.file('cut.gz', gzipSync('a,b\n1,2\n'.repeat(1000)).subarray(0, 30)))).code).toBe('file-unreadable');
});

test('a workbook with a document type in it is refused, for no spreadsheet writes one', async () => {
  const file = bench.file('evil.xlsx', zipFile({ 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>' }));
  expect((await refusal(file)).message).toContain('document type');
});

test('a folder and a missing file are told apart', async () => {
  expect((await refusal(scratch)).message).toContain('folder');
  expect((await refusal(path.join(scratch, 'none.csv'))).code).toBe('file-missing');
});
