import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './harness/fixture.ts';
import { ImportsPage } from './pages/imports-page.ts';
import { StreamPage } from './pages/stream-page.ts';

const HEADER = 'Id,CreatedDate,Value_Stream__c,Segment__c,Region__c,LeadSource,Serviceable__c,Is_Test__c,Favourite_Colour__c';
const LEADS = [
  HEADER,
  '00QE2E000000000001,2026-10-12T09:00:00.000Z,NCV-01,B2C,Metro,Referral,true,false,green',
  '00QE2E000000000002,2026-10-13T09:00:00.000Z,NCV-01,residential,Metro,Referral,true,false,blue',
  '00QE2E000000000003,2026-10-41T09:00:00.000Z,NCV-01,residential,Metro,Referral,true,false,red',
].join('\n');

test('chosen files are looked at, imported, their ledger balances, the numbers follow, and undo takes it all back', async ({
  weir,
}) => {
  const stream = new StreamPage(weir.page);
  const imports = new ImportsPage(weir.page);
  await expect(stream.tile('Lead volume')).toContainText(/n = \d/);
  const before = await stream.tile('Lead volume').textContent();

  const file = join(weir.workspace, '..', 'new leads.csv');
  await writeFile(file, LEADS);
  await weir.chooseInDialogs([file]);
  await imports.open();
  await imports.chooseFiles();
  await imports.confirm();
  const row = imports.ledger().getByRole('row').filter({ hasText: 'new leads.csv' });
  await expect(row.getByRole('cell')).toHaveText(['new leads.csv', 'lead', /.+/, '3', '2', '0', '0', '0', '1', '✓ balances']);

  await imports.showRejects(2);
  await expect(imports.rejects(2)).toContainText('00QE2E000000000003');

  await stream.openStream('NCV-01');
  await expect.poll(() => stream.tile('Lead volume').textContent()).not.toBe(before);

  await imports.open();
  await imports.undo(2);
  await expect(imports.batch(2)).toContainText('undone');
  await stream.openStream('NCV-01');
  await expect.poll(() => stream.tile('Lead volume').textContent()).toBe(before);
});

test('before anything is stored a file shows what was understood of it, raw beside understood', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const file = join(weir.workspace, '..', 'new leads.csv');
  await writeFile(file, LEADS);
  await weir.chooseInDialogs([file]);
  await imports.open();
  await imports.chooseFiles();
  await expect(imports.choice('new leads.csv', 'Encoding')).toHaveValue('UTF-8');
  await expect(imports.choice('new leads.csv', 'Delimiter')).toHaveValue(',');
  await expect(imports.choice('new leads.csv', 'Header line')).toHaveValue('1');
  await expect(imports.dryRun('new leads.csv')).toContainText('Read3');
  await expect(imports.dryRun('new leads.csv')).toContainText('Rejected1');
  await expect(imports.table('new leads.csv')).toHaveValue('lead');
  const created = imports.column('new leads.csv', 'CreatedDate').getByRole('cell');
  await expect(created.nth(1)).toContainText('ISO 8601');
  await expect(created).toContainText(['created_at', 'time', '2', '0', '1', '2026-10-12 09:00 UTC']);
  await expect(imports.fills('new leads.csv', 'Favourite_Colour__c')).toHaveValue('');
  await imports.openPart('new leads.csv', /rejected row$/);
  await expect(imports.review('new leads.csv').getByRole('list', { name: /would be rejected$/ })).toContainText('Line 4');
  await imports.openPart('new leads.csv', /^Rows/);
  const sample = imports.sample('new leads.csv');
  await expect(sample.getByRole('columnheader', { name: 'Segment__c' })).toContainText('→ segment');
  await expect(sample.getByRole('columnheader', { name: 'Favourite_Colour__c' })).toContainText('kept beside');
  await expect(sample.getByRole('row').nth(1).getByRole('cell').nth(4)).toHaveText('B2Cresidential');
  await expect(imports.history().getByRole('button', { name: /^Undo import/ })).toHaveCount(1);
});

test('dropped files are looked at too, and one that fits no table is refused without the others', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const folder = join(weir.workspace, '..');
  await writeFile(join(folder, 'new leads.csv'), LEADS);
  await writeFile(join(folder, 'shopping.csv'), 'apples,pears\n1,2\n');
  await imports.open();
  await imports.drop([join(folder, 'new leads.csv'), join(folder, 'shopping.csv')]);
  await expect(imports.review('shopping.csv').getByRole('alert')).toContainText('fits no table');
  await imports.confirm();
  await expect(imports.ledger().getByRole('row')).toHaveCount(2);
  await expect(imports.history().getByRole('button', { name: /^Undo import/ })).toHaveCount(2);
});

test('a table chosen by the user is tried, and a file that cannot be it says what it lacks', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const file = join(weir.workspace, '..', 'new leads.csv');
  await writeFile(file, LEADS);
  await weir.chooseInDialogs([file]);
  await imports.open();
  await imports.chooseFiles();
  await imports.chooseTable('new leads.csv', 'visit');
  await expect(imports.review('new leads.csv').getByRole('alert')).toContainText('cannot be imported as visit');
});

test('a cancelled import leaves the workspace as it was, and the files are there to be looked at again', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const file = join(weir.workspace, '..', 'many leads.csv');
  const many = Array.from(
    { length: 20_000 },
    (_, index) =>
      `00QMANY${String(index).padStart(11, '0')},2026-10-12T09:00:00.000Z,NCV-01,residential,Metro,Referral,true,false,x`,
  );
  await writeFile(file, [HEADER, ...many].join('\n'));
  await weir.chooseInDialogs([file]);
  await imports.open();
  await imports.chooseFiles();
  await expect(imports.dryRun('many leads.csv')).toContainText('20,000');
  await weir.holdEngine();
  await imports.confirm();
  await imports.cancel();
  await weir.letEngineGo();
  await expect(weir.page.getByRole('status').filter({ hasText: 'The import was cancelled' })).toBeVisible();
  await expect(imports.review('many leads.csv')).toBeVisible();
  const batches = await weir.call('import.batches', {});
  expect(batches.ok && batches.value.length).toBe(1);
});
