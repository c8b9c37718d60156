import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchSummary } from '../../analytics/contract/import-report.ts';
import type { WatchedFile } from '../../analytics/contract/watch.ts';
import { PROGRAM, weir, weirJson } from './weir-command.ts';

const LEADS = 'lead_id,stream_id,created_at\nL1,NCV-02,2026-01-05T10:00:00Z\nL2,NCV-02,2026-01-06T10:00:00Z\n';

let folder: string;
let workspace: string;
let inbox: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-cli-watch-'));
  workspace = join(folder, 'workspace');
  inbox = join(workspace, 'in');
  await weir('init', workspace);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const watching = (...folders: string[]) =>
  writeFile(join(workspace, 'weir.json'), JSON.stringify({ watch: folders.map((each) => ({ folder: each })) }));

const files = (out: string) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as WatchedFile);

test('where no folder is watched it says how to name one', async () => {
  const run = await weir('watch', workspace, '--once');
  expect(run).toMatchObject({ code: 1, out: '', err: expect.stringContaining('"watch": [{"folder": "extracts"}]') });
});

test('--once imports what lies there, prints a line a file, and fails where one is refused; again it does nothing', async () => {
  await watching('in');
  await mkdir(inbox);
  await writeFile(join(inbox, 'leads.csv'), LEADS);
  await writeFile(join(inbox, 'shop.csv'), 'apples,pears\n1,2\n');
  await writeFile(join(inbox, 'leads.csv.part'), LEADS);
  const run = await weir('watch', workspace, '--once', '--json');
  expect(run.code).toBe(1);
  expect(
    files(run.out)
      .map(({ file, outcome, batch }) => [file.slice(inbox.length + 1), outcome, batch])
      .sort(),
  ).toEqual([
    ['leads.csv', 'imported', 1],
    ['shop.csv', 'refused', null],
  ]);
  expect(await weir('watch', workspace, '--once', '--json')).toMatchObject({ code: 0, out: '' });
  expect(await weirJson<BatchSummary[]>('batches', workspace)).toHaveLength(1);
}, 60_000);

test('a folder that is not there is named, and the others are imported all the same', async () => {
  await watching('nowhere', 'in');
  await writeFile(join(inbox, 'more.csv'), LEADS.replaceAll('L', 'M'));
  const run = await weir('watch', workspace, '--once');
  expect(run.code).toBe(1);
  expect(run.err).toContain(`There is no folder at ${join(workspace, 'nowhere')}`);
  expect(run.out).toContain('imported');
});

test('it runs until it is stopped, and then ends well', async () => {
  await watching('in');
  const child = spawn(process.execPath, [PROGRAM, 'watch', workspace, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const messages = createInterface({ input: child.stderr });
  for await (const message of messages) if (message.includes('Ctrl+C')) break;
  await writeFile(join(inbox, 'late.csv'), LEADS.replaceAll('L1', 'L9'));
  for await (const line of createInterface({ input: child.stdout })) {
    expect(JSON.parse(line)).toMatchObject({ file: join(inbox, 'late.csv'), outcome: 'imported', rows: { inserted: 1 } });
    break;
  }
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
}, 60_000);
