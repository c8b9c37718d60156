import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type ImportContext, importFiles, listBatches } from '../../analytics/ingest/index.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { openEngine } from '../../analytics/workspace/engine.ts';
import { zipFile } from './reading/zip-file.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const LEADS = 'lead_id,created_at,note\n1,2026-01-01T00:00:00Z,a\n';

async function refused(file: string, limits?: ImportContext['limits']): Promise<unknown> {
  await bench.importFile('first.csv', LEADS);
  const before = await bench.content('lead');
  const thrown = await importFiles(bench.sql, { files: [file], dryRun: false }, { ...bench, ...(limits ? { limits } : {}) })
    .then(() => null)
    .catch((error: unknown) => error);
  expect(await bench.content('lead')).toBe(before);
  expect((await listBatches(bench.sql)).map((each) => each.batch)).toEqual([1]);
  return thrown;
}

/** A file that begins with `start` and goes on with zeros that take no room on the disk. */
function sparse(name: string, start: string, bytes: number): string {
  const file = bench.file(name, '');
  const handle = openSync(file, 'w');
  writeSync(handle, start);
  ftruncateSync(handle, bytes);
  closeSync(handle);
  return file;
}

test('a first line that never ends is refused before it fills the memory', async () => {
  const file = bench.file('line.csv', Buffer.alloc(70_000_000, 'a,b,'));
  expect(await refused(file)).toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('line 1 is longer') });
});

test('a file of ten gigabytes that is no text is refused at its beginning', async () => {
  const file = sparse('ten.csv', LEADS, 10 * 1024 ** 3);
  expect(await refused(file)).toMatchObject({ code: 'file-unreadable' });
});

const BOOK = {
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
};

test.each([
  ['bomb.zip', zipFile({ 'leads.csv': Buffer.alloc(5_000_000, LEADS) })],
  ['bomb.csv.gz', gzipSync(Buffer.alloc(5_000_000, LEADS))],
  ['bomb.xlsx', zipFile({ ...BOOK, 'xl/sharedStrings.xml': `<sst>${'<si/>'.repeat(1_000_000)}</sst>` })],
])('%s, which unpacks to far more than its size, is refused before it fills the disk', async (name, content) => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'weir-bomb-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = scratch;
  try {
    const thrown = await refused(bench.file(name, content), { ratio: 20, freeBytes: 10_000, mostBytes: 1_000_000 });
    expect(thrown).toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(
        'it unpacks to more than 20 times its size, as no export does. If it is right all the same, unpack it',
      ),
    });
    expect(readdirSync(scratch)).toEqual([]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(scratch, { recursive: true, force: true });
  }
});

test.each([
  ['nothing at all', '', 'it is empty. Export it again'],
  ['a mark of its encoding alone', '\uFEFF', 'it is empty. Export it again'],
  ['blank lines', '\n\n\r\n', 'no row of columns could be found in it'],
  ['text in UTF-32', Buffer.from('fffe00006c0000006500000061000000', 'hex'), 'it is text in UTF-32'],
  ['text in UTF-32, the other way round', Buffer.from('0000feff0000006c00000065', 'hex'), 'it is text in UTF-32'],
  ['a list of JSON lists', '[["lead_id","created_at"],["A","2026-01-01"]]', 'it is a JSON document without a list of records'],
  ['half a list of JSON objects', '[\n  {"lead_id": "A"},\n  {"lead_id"', 'or a broken'],
  ['a JSON object over several lines', '{\n  "lead": {\n    "lead_id": "A"\n  }\n}\n', 'without a list of records'],
  ['a page of a browser', '<!DOCTYPE html><html><body>Sign in</body></html>', 'it is a web page'],
])('a file that holds %s is refused in words', async (_, content, words) => {
  expect(await refused(bench.file('file.csv', content))).toMatchObject({ message: expect.stringContaining(words) });
});

test('a table of a hundred thousand columns is refused by their number', async () => {
  const names = Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',');
  const file = bench.file('wide.csv', `lead_id,created_at,${names}\n`);
  expect(await refused(file)).toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('100002 columns') });
});

test('a file that shrinks while it is read is refused, and nothing of it stays', async () => {
  const rows = Array.from({ length: 500 }, (_, index) => `${index},2026-01-01T00:00:00Z\n`).join('');
  const file = bench.file('short.csv', `lead_id,created_at\n${rows}`);
  const onProgress = ({ step }: { step: string }) => {
    if (step === 'storing') truncateSync(file, 100);
  };
  const outcome = importFiles(bench.sql, { files: [file], dryRun: false }, { ...bench, onProgress });
  await expect(outcome).rejects.toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('changed while') });
  expect(await bench.content('lead')).toBe('[]');
});

test('headers and cells that are statements or formulas are text', async () => {
  const cell = `'); DROP TABLE lead; --`;
  await bench.importFile('a.csv', `lead_id,created_at,"${cell}",=cmd\n"${cell}",2026-01-01T00:00:00Z,=1+1,@x\n`);
  const [row] = await bench.sql.rows<{ lead_id: string; extra: string }>({ text: 'SELECT lead_id, extra FROM lead' });
  expect(row?.lead_id).toBe(cell);
  expect(JSON.parse(row?.extra ?? '{}')).toEqual({ [cell]: '=1+1', '=cmd': '@x' });
});

const disk = mkdtempSync(path.join(tmpdir(), 'weir-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'weir-test', disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

// A disk of its own can only be made by root.
test.skipIf(!mounted)('a full disk ends the import in words, and the workspace is as it was', async () => {
  const dir = path.join(disk, 'workspace');
  mkdirSync(dir);
  await createWorkspace(dir, { sample: false });
  let engine = await openEngine(dir, { progress: () => undefined, changed: () => undefined, watched: () => undefined });
  const rows = Array.from(
    { length: 60_000 },
    (_, row) => `${row},2026-01-01T00:00:00Z,${randomBytes(90).toString('base64')}\n`,
  ).join('');
  const first = await engine.call('import.files', { files: [bench.file('first.csv', LEADS)] });
  expect(first).toMatchObject({ ok: true, value: { batch: 1 } });
  const big = await engine.call('import.files', { files: [bench.file('big.csv', `lead_id,created_at,note\n${rows}`)] });
  expect(big).toMatchObject({ ok: false, error: { code: 'disk-full' } });
  await engine.close();
  engine = await openEngine(dir, { progress: () => undefined, changed: () => undefined, watched: () => undefined });
  const batches = await engine.call('import.batches', {});
  expect(batches.ok && batches.value.map((each) => each.batch)).toEqual([1]);
  await engine.close();
});
