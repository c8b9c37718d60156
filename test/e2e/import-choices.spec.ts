import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './harness/fixture.ts';
import { ImportsPage } from './pages/imports-page.ts';
import type { WeirApp } from './pages/weir-app.ts';

async function written(weir: WeirApp, name: string, content: string): Promise<string> {
  const file = join(weir.workspace, '..', name);
  await writeFile(file, content);
  return file;
}

async function isClean(weir: WeirApp, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await weir.page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page: weir.page }).setLegacyMode().analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}

const LEADS = 'lead_id,created_at,region,channel\nW1,2026-10-01 09:00,TBD,N/A\nW2,2026-10-02 10:00,North,N/A\n';

test('words for no value are said for all columns or for one, and kept for the next file of the source', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  await imports.open();
  await imports.drop([await written(weir, 'words.csv', LEADS)]);
  await expect(imports.column('words.csv', 'channel')).toContainText('empty: N/A');
  const everywhere = imports.review('words.csv').getByLabel('More words for no value in words.csv', { exact: true }).first();
  await everywhere.fill('tbd');
  await everywhere.press('Enter');
  await expect(imports.column('words.csv', 'region')).toContainText('empty: TBD');
  await weir.page.getByRole('button', { name: 'Words for no value in channel' }).click();
  await isClean(weir, 'the words for no value of a column');
  const own = weir.page.getByRole('dialog').getByLabel('Words for no value in channel', { exact: true }).first();
  await own.press('Backspace');
  await weir.page.keyboard.press('Escape');
  await expect(imports.column('words.csv', 'channel')).not.toContainText('empty: N/A');
  await imports.confirm();
  await expect(imports.ledger()).toContainText('words.csv');
  await imports.drop([await written(weir, 'more.csv', LEADS.replaceAll('W', 'V'))]);
  await expect(imports.column('more.csv', 'region')).toContainText('empty: TBD');
  await expect(imports.column('more.csv', 'channel')).not.toContainText('empty: N/A');
});

test('the zone of times without one is said for one column', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  await imports.open();
  await imports.drop([await written(weir, 'zones.csv', LEADS)]);
  await imports.zone('zones.csv', 'created_at').fill('Asia/Tokyo');
  await weir.page.getByRole('option', { name: 'Asia/Tokyo' }).click();
  await expect(imports.column('zones.csv', 'created_at')).toContainText('2026-10-01 00:00 UTC');
});

test('a file that is all of its source tells which rows are gone, and takes them out only where that is asked for', async ({
  weir,
}) => {
  test.slow();
  const imports = new ImportsPage(weir.page);
  await imports.open();
  await imports.drop([await written(weir, 'all.csv', LEADS)]);
  await imports.confirm();
  await expect(imports.ledger()).toContainText('all.csv');
  await imports.drop([await written(weir, 'rest.csv', LEADS.split('\n').slice(0, 2).join('\n'))]);
  const takeOut = imports.review('rest.csv').getByLabel('Take out the rows that are gone from rest.csv');
  await expect(imports.dryRun('rest.csv')).toContainText('Unchanged1');
  await expect(takeOut).toHaveCount(0);
  await imports.review('rest.csv').getByLabel('rest.csv is all that its source has').check();
  await expect(imports.review('rest.csv')).toContainText('for example "W2". It was left as it is.');
  await isClean(weir, 'a full export');
  await takeOut.check();
  // Rows that go have everything measured anew, in the dry run too.
  await expect(imports.review('rest.csv')).toContainText('It was taken out.', { timeout: 60_000 });
  await imports.confirm();
  await expect(imports.ledger()).toContainText('rest.csv', { timeout: 60_000 });
  await imports.drop([await written(weir, 'again.csv', LEADS)]);
  await expect(imports.dryRun('again.csv')).toContainText('Inserted1');
});

test('a shared profile is taken in from its file, once it is valid, and the file is read by it', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const alert = imports.review('oslo.csv').getByRole('alert').filter({ hasText: 'The profile was not taken in' });
  const use = async (name: string, content: string) => {
    await weir.chooseInDialogs([await written(weir, name, content)]);
    await weir.page.getByRole('button', { name: 'Use a profile file' }).click();
  };
  await imports.open();
  await imports.drop([await written(weir, 'oslo.csv', 'Nummer,Opprettet\nA1,2026-10-01T00:00:00Z\n')]);
  await expect(imports.review('oslo.csv').getByRole('alert')).toContainText('fits no table');
  await use('broken.json', '{"name": "oslo"');
  await expect(alert).toContainText('it is no JSON');
  await isClean(weir, 'a profile that is not taken in');
  const tables = { lead: { columns: { lead_id: ['Nummer'], created_at: ['Opprettet'] } } };
  await use('oslo.json', JSON.stringify({ name: 'oslo', title: 'Oslo', tables }));
  await expect(imports.dryRun('oslo.csv')).toContainText('Inserted1');
  await expect(alert).toHaveCount(0);
  await use('other.json', JSON.stringify({ name: 'oslo', title: 'Another', tables }));
  await expect(alert).toContainText('There is already a source profile oslo');
  await alert.getByRole('button', { name: 'Replace it' }).click();
  await expect(alert).toHaveCount(0);
});

test('a column that mixes both orders after the year is asked about, and the answer may be changed at the column', async ({
  weir,
}) => {
  const imports = new ImportsPage(weir.page);
  const days = ['2026-25-04', '2026-26-04', '2026-04-25', '2026-05-04'];
  await imports.open();
  const rows = days.map((day, index) => `D${index},${day}\n`).join('');
  await imports.drop([await written(weir, 'days.csv', `lead_id,created_at\n${rows}`)]);
  await imports.answer(/created_at mixes days written year, month, day/, /^Year, day, month/);
  await expect(imports.dryRun('days.csv')).toContainText('Inserted3');
  await expect(imports.dryRun('days.csv')).toContainText('Rejected1');
  await expect(imports.column('days.csv', 'created_at')).toContainText('2026-04-25 04:00 UTC');
  await imports.columns('days.csv').getByLabel('Order of day and month in created_at').selectOption('month-first');
  await expect(imports.dryRun('days.csv')).toContainText('Rejected2');
});
