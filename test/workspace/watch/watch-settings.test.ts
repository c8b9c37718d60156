import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings } from '../../../analytics/workspace/settings-file.ts';
import { readState } from '../../../analytics/workspace/state.ts';
import { type RunningWatch, type WatchBench, watchBench } from './watch-bench.ts';

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

const settingsFile = () => join(bench.dir, 'weir.json');

test('a folder is added and taken away in weir.json, where all else stays as it is written', async () => {
  const written = '{\n\t"timeZone": "Europe/Berlin",\n\t"rules": {\n\t\t"quoteTolerance": 0.2\n\t},\n\t"format": 1\n}\n';
  running = await bench.run();
  await running.watch.remove('../in');
  await writeFile(settingsFile(), written);
  const inside = join(bench.dir, 'extracts');
  await mkdir(inside);
  await running.watch.add({ folder: inside, profile: 'salesforce' });
  const expected = written.replace(
    '"format": 1\n}',
    '"format": 1,\n\t"watch": [\n\t\t{\n\t\t\t"folder": "extracts",\n\t\t\t"profile": "salesforce"\n\t\t}\n\t]\n}',
  );
  expect(await readFile(settingsFile(), 'utf8')).toBe(expected);
  await running.watch.remove('extracts');
  expect(JSON.parse(await readFile(settingsFile(), 'utf8'))).toEqual({ ...JSON.parse(written), watch: [] });
});

test('a folder that is none, that is the workspace itself, or that is watched already is refused', async () => {
  running = await bench.run();
  const codes = [join(bench.folder, 'nowhere'), bench.dir, '.', bench.inbox].map((folder) =>
    running?.watch.add({ folder }).catch((thrown) => thrown.code),
  );
  expect(await Promise.all(codes)).toEqual(['watch-no-folder', 'watch-own-folder', 'watch-own-folder', 'watch-twice']);
  await expect(running.watch.remove('elsewhere')).rejects.toMatchObject({ code: 'watch-unknown' });
  await expect(running.watch.retry('/elsewhere/a.csv')).rejects.toMatchObject({ code: 'watch-unknown' });
});

test.each([
  [{ watch: [{ folder: ' ' }] }, 'Name a folder'],
  [{ watch: [{ folder: 'a' }, { folder: 'a' }] }, 'may be watched once'],
  [{ watch: [{ folder: 'a', profil: 'x' }] }, 'profil'],
  [{ watch: [{ folder: 'a', full: 'yes' }] }, 'watch[0].full'],
])('settings that are not valid are refused with a sentence: %j', async (settings, sentence) => {
  await writeFile(settingsFile(), JSON.stringify(settings));
  await expect(readSettings(bench.dir)).rejects.toMatchObject({
    code: 'settings-invalid',
    message: expect.stringContaining(sentence),
  });
});

test('which folders are watched does not decide what is measured, so nothing is measured anew for it', async () => {
  running = await bench.run();
  const before = await readState(running.workspace.writer, 'observations of');
  await running.close();
  running = await bench.run({ settings: { folder: '../elsewhere' } });
  expect(await readState(running.workspace.writer, 'observations of')).toBe(before);
});
