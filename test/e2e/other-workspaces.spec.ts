import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './harness/fixture.ts';
import { StreamPage } from './pages/stream-page.ts';

test('a workspace without data says how to begin, and shows the stages of its streams', async ({ weir }) => {
  const empty = join(weir.workspace, '..', 'empty');
  await mkdir(empty);
  await writeFile(join(empty, 'weir.json'), '{}');
  await weir.chooseInDialogs([empty]);
  await weir.clickMenu('File', 'Open workspace…');
  await expect(weir.page.getByRole('region', { name: 'No data yet' })).toContainText('Drop extracts');
  await expect(weir.page.getByRole('button', { name: 'Look at the sample workspace' })).toBeVisible();
  await expect(weir.page.getByRole('button', { name: /stage details$/ })).toHaveCount(7);
});

test('a stream of the user stands beside the others: a stage without metrics, a metric without a file, a very long name', async ({
  weir,
}) => {
  const stream = new StreamPage(weir.page);
  await expect(stream.stages()).toHaveCount(7);
  const document = await readFile(join(import.meta.dirname, 'own-stream.md'), 'utf8');
  await mkdir(join(weir.workspace, 'streams'), { recursive: true });
  await writeFile(join(weir.workspace, 'streams', 'own.md'), document);
  await weir.chooseInDialogs([weir.workspace]);
  await weir.clickMenu('File', 'Open workspace…');
  await stream.openStream('OWN-03');
  await expect(stream.stage('OWN-03.1')).toContainText('names no metric');
  await stream.stage('OWN-03.2').getByRole('button', { name: 'Parcels lost', exact: true }).click();
  await expect(weir.page.getByRole('dialog', { name: 'Parcels lost' })).toContainText('No metric file defines this metric yet');
});
