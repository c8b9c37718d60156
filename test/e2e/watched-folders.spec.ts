import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './harness/fixture.ts';
import { ImportsPage } from './pages/imports-page.ts';
import { StreamPage } from './pages/stream-page.ts';
import { WatchedFolders } from './pages/watched-folders.ts';

const LEADS = [
  'Id,CreatedDate,Value_Stream__c,Segment__c,Region__c,LeadSource,Serviceable__c,Is_Test__c',
  '00QE2E000000000001,2026-10-12T09:00:00.000Z,NCV-01,B2C,Metro,Referral,true,false',
  '00QE2E000000000002,2026-10-13T09:00:00.000Z,NCV-01,residential,Metro,Referral,true,false',
  '00QE2E000000000003,2026-10-41T09:00:00.000Z,NCV-01,residential,Metro,Referral,true,false',
].join('\n');

test('a file put into a watched folder is imported by itself, and the numbers follow', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  const imports = new ImportsPage(weir.page);
  const watched = new WatchedFolders(weir.page);
  await expect(stream.tile('Lead volume')).toContainText(/n = \d/);
  const before = await stream.tile('Lead volume').textContent();
  const settings = JSON.parse(await readFile(join(weir.workspace, 'weir.json'), 'utf8'));

  const inbox = join(weir.workspace, 'inbox');
  await mkdir(inbox);
  await weir.chooseInDialogs([inbox]);
  await imports.open();
  await expect(watched.panel()).toContainText('No folder is watched');
  await watched.add();
  await expect(watched.row('inbox')).toContainText('watching');
  await expect(watched.row('inbox')).toContainText('none yet');

  await stream.openStream('NCV-01');
  await writeFile(join(inbox, 'leads.csv.part'), LEADS);
  await rename(join(inbox, 'leads.csv.part'), join(inbox, 'leads.csv'));
  await expect(watched.news('leads.csv was imported')).toContainText('2 inserted, 0 updated, 1 rejected, import 2');
  await expect.poll(() => stream.tile('Lead volume').textContent()).not.toBe(before);

  await imports.open();
  await expect(watched.row('inbox')).toContainText('leads.csv');
  await expect(imports.batch(2)).toContainText('leads.csv (lead)');
  const written = JSON.parse(await readFile(join(weir.workspace, 'weir.json'), 'utf8'));
  expect(written).toEqual({ ...settings, watch: [{ folder: 'inbox' }] });

  await watched.remove('inbox');
  await expect(watched.panel()).toContainText('No folder is watched');
  expect(JSON.parse(await readFile(join(weir.workspace, 'weir.json'), 'utf8'))).toEqual({ ...settings, watch: [] });
});

test('a refused file is shown with its reason until it is mended, and a folder that goes away is said to be gone', async ({
  weir,
}) => {
  const imports = new ImportsPage(weir.page);
  const watched = new WatchedFolders(weir.page);
  const inbox = join(weir.workspace, '..', 'inbox');
  await mkdir(inbox);
  await weir.chooseInDialogs([inbox]);
  await imports.open();
  await watched.add();
  await writeFile(join(inbox, 'leads.csv'), 'apples,pears\n1,2\n');
  await expect(watched.refused()).toContainText('fits no table');
  await expect(watched.news('leads.csv was refused')).toBeVisible();
  await watched.tryAgain('leads.csv');
  await expect(watched.refused()).toContainText('fits no table');
  await writeFile(join(inbox, 'leads.csv'), LEADS);
  await expect(watched.row(inbox)).toContainText('2 inserted');
  await expect(watched.refused()).toHaveCount(0);
  await expect(imports.history().getByRole('button', { name: /^Undo import/ })).toHaveCount(2);

  await rename(inbox, `${inbox} away`);
  await expect(watched.row(inbox)).toContainText('not there', { timeout: 30_000 });
  await weir.chooseInDialogs([weir.workspace]);
  await watched.add();
  await expect(watched.panel().getByRole('alert')).toContainText('is the workspace itself');
});
