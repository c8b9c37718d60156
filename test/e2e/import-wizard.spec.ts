import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './harness/fixture.ts';
import { ImportsPage } from './pages/imports-page.ts';
import type { WeirApp } from './pages/weir-app.ts';

const OPEN = 'lead_id;created_at;region;Farbe\nN1;03/04/2026 09:10;Nord;rot\nN2;05/06/2026 11:00;Süd;blau\n';

async function written(weir: WeirApp, name: string, content: string | Buffer): Promise<string> {
  const file = join(weir.workspace, '..', name);
  await writeFile(file, content);
  return file;
}

function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

test('what the values leave open is answered with one click, for every file of the source, and not asked again', async ({
  weir,
}) => {
  const imports = new ImportsPage(weir.page);
  const files = [
    await written(weir, 'april.csv', OPEN),
    await written(weir, 'may.csv', OPEN.replaceAll('N', 'M')),
    await written(weir, 'other.csv', 'lead_id,created_at\nX1,2026-10-01T00:00:00Z\n'),
  ];
  await imports.open();
  await imports.drop(files);
  const question = /Does created_at put the day or the month first/;
  await expect(imports.standing('april.csv')).toContainText('1 open question');
  await expect(imports.standing('may.csv')).toContainText('1 open question');
  await expect(imports.standing('other.csv')).toContainText('lead · 1 row');
  await expect(imports.question(question).getByRole('button', { name: /^The month first/ })).toContainText(
    '03/04/2026 09:10 → 4 March 2026',
  );
  await expect(imports.column('april.csv', 'created_at')).toContainText('waits for your answer');
  await imports.answer(question, /^The day first/);
  await expect(imports.dryRun('april.csv')).toContainText('Inserted2');
  await expect(imports.standing('may.csv')).toContainText('lead · 2 rows');
  await imports.confirm();
  await expect(imports.ledger().getByRole('row')).toHaveCount(4);
  await imports.drop([await written(weir, 'june.csv', OPEN.replaceAll('N', 'K'))]);
  await expect(imports.dryRun('june.csv')).toContainText('Inserted2');
  await expect(imports.review('june.csv')).toContainText('What you said of an earlier file of this source holds for it too.');
});

test('columns are mapped by hand, kept as a profile, and the next file of the source is read by it', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const content = 'Nummer,Opprettet,Sted\nA1,2026-10-01T00:00:00Z,Oslo\n';
  await imports.open();
  await imports.drop([await written(weir, 'oslo.csv', content)]);
  await expect(imports.review('oslo.csv').getByRole('alert')).toContainText('fits no table');
  await imports.chooseTable('oslo.csv', 'lead');
  await expect(imports.review('oslo.csv')).toContainText('lead still needs lead_id, created_at');
  await imports.fills('oslo.csv', 'Nummer').selectOption('lead_id');
  await expect(imports.review('oslo.csv')).toContainText('lead still needs created_at');
  await imports.fills('oslo.csv', 'Opprettet').selectOption('created_at');
  await imports.fills('oslo.csv', 'Sted').selectOption('region');
  await expect(imports.dryRun('oslo.csv')).toContainText('Inserted1');
  await expect(imports.fills('oslo.csv', 'Sted')).toHaveValue('region');

  await imports.saveProfile('Salesforce');
  await expect(imports.profileDialog().getByRole('alert')).toContainText('There is already a source profile salesforce');
  await imports.profileDialog().getByLabel('Short name').fill('oslo-crm');
  await imports.profileDialog().getByRole('button', { name: 'Save the profile' }).click();
  await expect(imports.profileDialog().getByRole('status')).toContainText('read by oslo-crm from now on');
  await imports.profileDialog().getByRole('button', { name: 'Done' }).click();
  await weir.page.getByRole('button', { name: 'Do not import' }).click();

  await imports.drop([await written(weir, 'oslo 2.csv', content.replace('A1', 'A2'))]);
  await expect(imports.dryRun('oslo 2.csv')).toContainText('Inserted1');
  await expect(imports.review('oslo 2.csv').getByRole('combobox', { name: 'Source profile of oslo 2.csv' })).toHaveValue(
    'oslo-crm',
  );
  await expect(imports.fills('oslo 2.csv', 'Sted')).toHaveValue('region');
});

test('encoding, delimiter and header line may be said otherwise, and be taken back', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const bytes = Buffer.concat([
    Buffer.from('lead_id,created_at,region\nB1,2026-10-01T00:00:00Z,M'),
    Buffer.from([0xfc, 0xa4, 10]),
  ]);
  await imports.open();
  await imports.drop([await written(weir, 'bytes.csv', bytes)]);
  await expect(imports.dryRun('bytes.csv')).toContainText('Inserted1');
  await imports.choice('bytes.csv', 'Encoding').selectOption('ISO-8859-1');
  await expect(imports.column('bytes.csv', 'region')).toContainText('Mü¤');
  await imports.choice('bytes.csv', 'Encoding').selectOption('ISO-8859-15');
  await expect(imports.column('bytes.csv', 'region')).toContainText('Mü€');
  await imports.choice('bytes.csv', 'Header line').fill('2');
  await imports.choice('bytes.csv', 'Header line').press('Enter');
  await expect(imports.review('bytes.csv').getByRole('alert')).toBeVisible();
  await weir.page.getByRole('button', { name: 'Take my changes back' }).click();
  await expect(imports.dryRun('bytes.csv')).toContainText('Inserted1');
});

test('the way from a file to its ledger, a question and a mapping on it, is walked by keyboard', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const { keyboard } = weir.page;
  await weir.chooseInDialogs([await written(weir, 'keys.csv', OPEN)]);
  await imports.open();
  await weir.page.getByRole('button', { name: 'Choose files' }).focus();
  await keyboard.press('Enter');
  await expect(imports.question(/day or the month first/)).toBeVisible();
  const focused = (name: string) => expect(weir.page.getByLabel(name, { exact: true }).first()).toBeFocused();
  const tab = async (times: number) => {
    for (let count = 0; count < times; count += 1) await keyboard.press('Tab');
  };
  // Use a profile file, save as a profile, leave out, the first answer.
  await tab(4);
  await keyboard.press('Enter');
  await expect(imports.dryRun('keys.csv')).toContainText('Inserted2');
  await weir.page.getByRole('button', { name: 'Leave out keys.csv' }).focus();
  await keyboard.press('Tab');
  await expect(weir.page.getByRole('button', { name: 'Take my changes back' })).toBeFocused();
  for (const name of ['Table', 'Source profile', 'Encoding', 'Delimiter', 'Quotation mark', 'Header line']) {
    await keyboard.press('Tab');
    await focused(`${name} of keys.csv`);
  }
  await imports.fills('keys.csv', 'Farbe').focus();
  await keyboard.type('chan');
  await expect(imports.fills('keys.csv', 'Farbe')).toHaveValue('channel');
  await expect(imports.column('keys.csv', 'Farbe')).toContainText('text');
  await expect(imports.fills('keys.csv', 'Farbe')).toBeFocused();
  await weir.page.getByRole('button', { name: 'Do not import' }).focus();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await expect(imports.ledger()).toContainText('keys.csv');
});

test('a file of two hundred columns is searched and sifted', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const names = Array.from({ length: 198 }, (_, index) => `attribute ${index}`);
  const content = `lead_id,created_at,${names.join(',')}\nW1,2026-10-01T00:00:00Z,${names.map(() => 'x').join(',')}\n`;
  await imports.open();
  await imports.drop([await written(weir, 'wide.csv', content)]);
  await expect(imports.columns('wide.csv').getByRole('row')).toHaveCount(101);
  await weir.page.getByText('Filling the table 2', { exact: true }).click();
  await expect(imports.columns('wide.csv').getByRole('row')).toHaveCount(3);
  await weir.page.getByText('All 200', { exact: true }).click();
  await weir.page.getByLabel('Find a column of wide.csv').fill('attribute 17');
  await expect(imports.columns('wide.csv').getByRole('row')).toHaveCount(12);
});

test('open questions, a refused file and the profile dialog are free of what axe finds, in both schemes', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  await imports.open();
  await imports.drop([await written(weir, 'open.csv', OPEN), await written(weir, 'shop.csv', 'apples,pears\n1,2\n')]);
  await expect(imports.standing('shop.csv')).toContainText('Cannot be imported yet');
  const clean = async (what: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await weir.page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page: weir.page }).setLegacyMode().analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
      expect(found, `${what}, ${colorScheme}`).toEqual([]);
    }
  };
  await imports.show('open.csv');
  await clean('an open question');
  await imports.show('shop.csv');
  await clean('a refused file');
  await imports.show('open.csv');
  await imports.answer(/day or the month first/, /^The day first/);
  await expect(imports.dryRun('open.csv')).toContainText('Inserted2');
  await weir.page.getByRole('button', { name: 'Save as a source profile' }).click();
  await expect(imports.profileDialog()).toBeVisible();
  await clean('the profile dialog');
});

test('rejected rows are saved as a CSV to correct', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  await imports.open();
  await imports.drop([await written(weir, 'bad.csv', 'lead_id,created_at\nR1,2026-10-01T00:00:00Z\nR2,soon\n')]);
  await imports.confirm();
  await imports.showRejects(2);
  const target = join(weir.workspace, '..', 'to correct.csv');
  await weir.chooseInDialogs([target]);
  await imports.rejects(2).waitFor();
  await weir.page.getByRole('button', { name: 'Save as CSV to correct' }).first().click();
  await expect.poll(() => readText(target)).toContain('R2,soon');
});
