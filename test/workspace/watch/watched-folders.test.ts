import { appendFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WatchedFile } from '../../../analytics/contract/watch.ts';
import { listBatches } from '../../../analytics/ingest/index.ts';
import { importInto } from '../../../analytics/workspace/change.ts';
import { lead, leads, type RunningWatch, type WatchBench, watchBench } from './watch-bench.ts';

let bench: WatchBench;
let running: RunningWatch | null = null;

beforeEach(async () => {
  bench = await watchBench();
});
afterEach(async () => {
  await running?.close();
  running = null;
  await bench.close();
});

async function run(options: Parameters<WatchBench['run']>[0] = {}): Promise<RunningWatch> {
  await running?.close();
  running = await bench.run(options);
  return running;
}

const regions = ({ workspace }: RunningWatch) =>
  workspace.writer.rows({ text: 'SELECT lead_id AS id, region FROM lead ORDER BY id' });

test('a file that appears is imported, and stays as it is', async () => {
  const watch = await run();
  const file = await bench.drop('leads.csv', leads(lead('1'), lead('2')));
  const before = await stat(file);
  expect(await watch.next()).toMatchObject({
    file,
    outcome: 'imported',
    batch: 1,
    table: 'lead',
    rows: { read: 2, inserted: 2 },
  });
  const after = await stat(file);
  expect([after.size, after.mtimeMs, after.ino]).toEqual([before.size, before.mtimeMs, before.ino]);
  expect(await readFile(file, 'utf8')).toBe(leads(lead('1'), lead('2')));
  expect((await watch.watch.folders())[0]).toMatchObject({ state: 'watching', last: { file, batch: 1 }, refused: [] });
});

test('hidden files, locks and files under the name of a download are left alone until they bear their own', async () => {
  const watch = await run();
  for (const name of ['.leads.csv', '~$leads.csv', 'leads.csv.tmp']) await bench.drop(name, leads(lead('hidden')));
  const part = await bench.drop('leads.csv.part', leads(lead('1')));
  await bench.drop('other.csv', leads(lead('2')));
  expect(await watch.next()).toMatchObject({ file: join(bench.inbox, 'other.csv') });
  await rename(part, join(bench.inbox, 'leads.csv'));
  expect(await watch.next()).toMatchObject({ file: join(bench.inbox, 'leads.csv'), outcome: 'imported' });
  expect(await regions(watch)).toEqual([
    { id: '1', region: 'North' },
    { id: '2', region: 'North' },
  ]);
});

test('a file that is still written while it is read is imported once, whole', async () => {
  let grown = false;
  const watch = await run({
    progress({ step, file }) {
      if (step === 'storing' && !grown) appendFileSync(file, `${lead('2')}\n`);
      grown ||= step === 'storing';
    },
  });
  await bench.drop('leads.csv', leads(lead('1')));
  expect(await watch.next()).toMatchObject({ outcome: 'imported', batch: 1, rows: { read: 2, inserted: 2 } });
  expect(await listBatches(watch.workspace.writer)).toHaveLength(1);
});

test('a file that changed is imported again over its rows, and the same file by another name brings nothing', async () => {
  const watch = await run();
  await bench.drop('leads.csv', leads(lead('1'), lead('2')));
  await watch.next();
  const changed = leads(lead('1'), lead('2', 'South', '2026-02-01'), lead('3'));
  await bench.drop('leads.csv', changed);
  expect(await watch.next()).toMatchObject({ outcome: 'imported', rows: { read: 3, inserted: 1, updated: 1, unchanged: 1 } });
  await bench.drop('copy.csv', changed);
  expect(await watch.next()).toMatchObject({ outcome: 'known', batch: null, rows: { read: 3, inserted: 0, unchanged: 3 } });
});

test('a refused file is kept with its sentence, takes no other with it, and is tried again when it changes or is asked for', async () => {
  const watch = await run();
  const file = await bench.drop('shop.csv', 'apples,pears\n1,2\n');
  expect(await watch.next()).toMatchObject({ file, outcome: 'refused', message: expect.stringContaining('fits no table') });
  await bench.drop('leads.csv', leads(lead('1')));
  expect(await watch.next()).toMatchObject({ outcome: 'imported' });
  expect((await watch.watch.folders())[0]).toMatchObject({ refused: [{ file }] });
  await watch.watch.retry(file);
  expect(await watch.next()).toMatchObject({ file, outcome: 'refused' });
  await bench.drop('shop.csv', leads(lead('2')));
  expect(await watch.next()).toMatchObject({ file, outcome: 'imported' });
  expect((await watch.watch.folders())[0]?.refused).toEqual([]);
});

test('after a restart nothing that was dealt with is dealt with again, and what came meanwhile is', async () => {
  const first = await run();
  await bench.drop('leads.csv', leads(lead('1')));
  await first.next();
  const shop = await bench.drop('shop.csv', 'apples,pears\n1,2\n');
  await first.next();
  await first.close();
  running = null;
  const missed = await bench.drop('missed.csv', leads(lead('2')));
  const second = await run();
  expect(await second.next()).toMatchObject({ file: missed, outcome: 'imported', batch: 2 });
  const later = await bench.drop('later.csv', leads(lead('3')));
  expect(await second.next()).toMatchObject({ file: later, batch: 3 });
  expect((await second.watch.folders())[0]).toMatchObject({ refused: [{ file: shop }] });
});

test('an import that the end of the program interrupts leaves nothing, and is done at the next start', async () => {
  let closing: Promise<void> | null = null;
  const first = await bench.run({
    progress({ step }) {
      if (step === 'storing') closing ??= first.close();
    },
  });
  await bench.drop('leads.csv', leads(lead('1')));
  while (closing === null) await new Promise((later) => setImmediate(later));
  await closing;
  const second = await run();
  expect(await regions(second)).toEqual([]);
  expect(await second.next()).toMatchObject({ outcome: 'imported', batch: 1 });
});

test('a folder that is not there, goes and comes back is watched whenever it is there', async () => {
  await rm(bench.inbox, { recursive: true });
  const watch = await run();
  await watch.standing(bench.inbox, 'missing');
  expect((await watch.watch.folders())[0]?.reason).toContain('There is no folder');
  await mkdir(bench.inbox);
  await bench.drop('leads.csv', leads(lead('1')));
  expect(await watch.next()).toMatchObject({ outcome: 'imported', batch: 1 });
  const away = join(bench.folder, 'away');
  await rename(bench.inbox, away);
  await watch.standing(bench.inbox, 'missing');
  await writeFile(join(away, 'second.csv'), leads(lead('2')));
  await rename(away, bench.inbox);
  expect(await watch.next()).toMatchObject({ file: join(bench.inbox, 'second.csv'), batch: 2 });
});

test("the user's own import and those of the folder wait for one another", async () => {
  const watch = await run();
  const own = join(bench.folder, 'own.csv');
  await writeFile(own, leads(...Array.from({ length: 2000 }, (_, index) => lead(`own ${index}`))));
  const importing = importInto(watch.workspace, { files: [own], dryRun: false }, {});
  const dropped = ['a', 'b', 'c'].map((name) => bench.drop(`${name}.csv`, leads(lead(name))));
  await Promise.all(dropped);
  const outcomes = [await watch.next(), await watch.next(), await watch.next()];
  expect(outcomes.map((each) => each.outcome)).toEqual(['imported', 'imported', 'imported']);
  expect((await importing).batch).not.toBeNull();
  const batches = await listBatches(watch.workspace.writer);
  expect(batches.flatMap((each) => each.files.map(({ rows }) => rows.inserted)).sort()).toEqual([1, 1, 1, 2000]);
});

test('files that wait together are one import, measured once, and what became of each is told', async () => {
  await bench.drop('known.csv', leads(lead('0')));
  const first = await run();
  await first.next();
  await first.close();
  running = null;
  const files = ['a.csv', 'b.csv', 'c.csv'];
  for (const [index, name] of files.entries())
    await bench.drop(name, leads(lead(`${index + 1}`), lead('0', 'South', '2026-02-01')));
  await bench.drop('copy.csv', leads(lead('0')));
  await bench.drop('shop.csv', 'apples,pears\n1,2\n');
  let measured = 0;
  let step = '';
  const watch = await run({
    progress(progress) {
      if (progress.step === 'measuring' && step !== 'measuring') measured++;
      step = progress.step;
    },
  });
  const told: WatchedFile[] = [];
  for (let count = 0; count < 5; count++) told.push(await watch.next());
  const outcomes = Object.fromEntries(
    told.map(({ file, outcome, batch, rows }) => [basename(file), [outcome, batch, rows?.inserted ?? null]]),
  );
  expect(outcomes).toEqual({
    'a.csv': ['imported', 2, 1],
    'b.csv': ['imported', 2, 1],
    'c.csv': ['imported', 2, 1],
    'copy.csv': ['known', null, 0],
    'shop.csv': ['refused', null, null],
  });
  expect(measured).toBe(1);
  expect((await watch.watch.folders())[0]?.refused.map(({ file }) => basename(file))).toEqual(['shop.csv']);
  expect(await regions(watch)).toHaveLength(4);
});

test('where many are refused the others are imported all the same', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
    await bench.drop(`${name}.csv`, name < 'd' ? leads(lead(name)) : 'apples,pears\n1,2\n');
  }
  const watch = await run();
  const told: string[] = [];
  for (let count = 0; count < 8; count++)
    told.push(await watch.next().then(({ file, outcome }) => `${basename(file)} ${outcome}`));
  expect(told.sort()).toEqual([
    ...['a', 'b', 'c'].map((name) => `${name}.csv imported`),
    ...['d', 'e', 'f', 'g', 'h'].map((name) => `${name}.csv refused`),
  ]);
});

test('full exports that wait together are each a full export by itself', async () => {
  await bench.drop('monday.csv', leads(lead('1'), lead('2')));
  await bench.drop('tuesday.csv', leads(lead('1'), lead('3')));
  const watch = await run({ settings: { full: true } });
  expect([(await watch.next()).batch, (await watch.next()).batch]).toEqual([1, 2]);
  const findings = await watch.workspace.writer.rows<{ findings: string }>({
    text: 'SELECT findings FROM import_file ORDER BY file_id',
  });
  expect(findings.map((each) => each.findings.includes('gone-from-source'))).toEqual([false, true]);
});

test('links to files are read, folders within and links to nowhere are not', async () => {
  const target = join(bench.folder, 'elsewhere.csv');
  await writeFile(target, leads(lead('linked')));
  await symlink(target, join(bench.inbox, 'link.csv'));
  await symlink(join(bench.folder, 'nowhere.csv'), join(bench.inbox, 'dangling.csv'));
  await mkdir(join(bench.inbox, 'done.csv'));
  await writeFile(join(bench.inbox, 'done.csv', 'old.csv'), leads(lead('old')));
  const watch = await run();
  expect(await watch.next()).toMatchObject({ file: join(bench.inbox, 'link.csv'), outcome: 'imported' });
  const last = await bench.drop('z.csv', leads(lead('z')));
  expect(await watch.next()).toMatchObject({ file: last });
  expect(await regions(watch)).toMatchObject([{ id: 'linked' }, { id: 'z' }]);
});

test('a file whose dates nothing in it settles is tried again once another file of its source has settled them', async () => {
  const watch = await run();
  const early = (id: string, day: string) => `${id},NCV-01,${day},North`;
  const file = (...lines: string[]) => `lead_id,stream_id,created_at,region\n${lines.join('\n')}\n`;
  const open = await bench.drop('a.csv', file(early('1', '03/04/2026')));
  expect(await watch.next()).toMatchObject({ file: open, outcome: 'refused' });
  await bench.drop('b.csv', file(early('2', '25/04/2026')));
  expect(await watch.next()).toMatchObject({ outcome: 'imported', batch: 1 });
  expect(await watch.next()).toMatchObject({ file: open, outcome: 'imported', batch: 2 });
});

test('table and profile of the folder are those of its files', async () => {
  const watch = await run({ settings: { table: 'visit' } });
  await bench.drop('leads.csv', leads(lead('1')));
  expect(await watch.next()).toMatchObject({
    outcome: 'refused',
    message: expect.stringContaining('cannot be imported as visit'),
  });
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is refused with the reason', async () => {
  const watch = await run();
  await writeFile(join(bench.inbox, 'leads.csv'), leads(lead('1')), { mode: 0o000 });
  expect(await watch.next()).toMatchObject({ outcome: 'refused', message: expect.stringContaining('no right to read it') });
});
