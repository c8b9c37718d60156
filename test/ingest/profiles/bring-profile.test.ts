import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bringProfile } from '../../../analytics/ingest/profiles/bring-profile.ts';
import { saveProfile } from '../../../analytics/ingest/profiles/save-profile.ts';
import { type ImportBench, importBench } from '../scratch-file.ts';

let bench: ImportBench;
let folder: string;
beforeEach(async () => {
  bench = await importBench();
  folder = path.join(path.dirname(bench.file('any', '')), 'profiles');
});
afterEach(() => bench.close());

const text = (name: string, title = 'Shared') =>
  `${JSON.stringify({ name, title, tables: { lead: { recognisedBy: [['Nr', 'created_at']], columns: { lead_id: ['Nr'] } } } })}\n`;

test('a shared profile is copied into the folder, which is made, and is known from then on', async () => {
  const file = bench.file('from a colleague.json', `\uFEFF${text('shared')}`);
  expect(await bringProfile(folder, file, false)).toEqual({ name: 'shared', path: path.join(folder, 'shared.json') });
  expect(readFileSync(path.join(folder, 'shared.json'), 'utf8')).toBe(text('shared'));
  const report = await bench.importFile('a.csv', 'Nr,created_at\n1,2026-01-01\n', { profilesFolder: folder });
  expect(report.files[0]).toMatchObject({ table: 'lead', rows: { inserted: 1 } });
});

test('the same profile again is no conflict; another of its name is one, unless it is to be replaced', async () => {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'called otherwise.json'), text('shared'));
  const there = path.join(folder, 'called otherwise.json');
  expect(await bringProfile(folder, bench.file('same.json', text('shared')), false)).toEqual({ name: 'shared', path: there });
  const other = bench.file('other.json', text('shared', 'Another'));
  await expect(bringProfile(folder, other, false)).rejects.toMatchObject({ code: 'profile-exists' });
  await bringProfile(folder, other, true);
  expect(readFileSync(there, 'utf8')).toBe(text('shared', 'Another'));
  expect(readdirSync(folder)).toEqual(['called otherwise.json']);
  expect(await bringProfile(folder, there, false)).toEqual({ name: 'shared', path: there });
  await expect(bringProfile(folder, bench.file('b.json', text('salesforce')), false)).rejects.toMatchObject({
    code: 'profile-exists',
  });
});

test('a profile that is saved replaces the file that holds its name', async () => {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'x.json'), text('shared'));
  const columns = [{ header: 'Nr', column: 'lead_id' }];
  await saveProfile(folder, { name: 'shared', title: 'New', basedOn: null, table: 'lead', columns, choices: {}, replace: true });
  expect(readdirSync(folder)).toEqual(['x.json']);
});

test.each([
  ['no JSON', 'name: ours', 'profile-invalid', 'it is no JSON'],
  ['no profile', '{"apples": 1}', 'profile-invalid', 'name'],
  [
    'a table that is none',
    '{"name": "ours", "title": "O", "tables": {"leeds": {}}}',
    'profile-invalid',
    'there is no such table',
  ],
  ['a name that no file can have', text('con'), 'profile-name', '"con"'],
])('%s is refused with what is wrong, and nothing is copied', async (_, content, code, words) => {
  const refused = bringProfile(folder, bench.file('bad.json', content), false);
  await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  await expect(bringProfile(folder, path.join(folder, 'none.json'), false)).rejects.toMatchObject({ code: 'file-missing' });
  await expect(bringProfile(folder, path.dirname(folder), false)).rejects.toMatchObject({ code: 'profile-invalid' });
  expect(() => readdirSync(folder)).toThrow();
});
