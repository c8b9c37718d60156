import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './harness/fixture.ts';
import { ImportsPage } from './pages/imports-page.ts';
import { MetricPage } from './pages/metric-page.ts';
import { StreamPage } from './pages/stream-page.ts';

const HEADER = 'Id,CreatedDate,Value_Stream__c,Segment__c,Region__c,LeadSource,Serviceable__c,Is_Test__c';
const LEADS = [
  HEADER,
  '00QE2E000000000001,2026-10-12T09:00:00.000Z,NCV-01,B2C,Metro,Referral,true,false',
  '00QE2E000000000002,2026-10-13T09:00:00.000Z,NCV-01,residential,Metro,Referral,true,false',
].join('\n');

test('before a file is imported it shows which values would change, and the dashboard then shows those', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const file = join(weir.workspace, '..', 'new leads.csv');
  await writeFile(file, LEADS);
  await weir.chooseInDialogs([file]);
  await imports.open();
  await imports.chooseFiles();
  await expect(imports.effect()).toContainText('2 values of 2 metrics would change.');
  const change = imports.changes().getByRole('row', { name: /NCV-01\.1 Lead volume/ });
  const cells = await change.getByRole('cell').allTextContents();
  expect(cells[0]).toBe('Oct 2026');
  const [now, then] = [Number(cells[1]), Number(cells[2])];
  expect(then).toBe(now + 2);
  expect(cells[3]).toBe(`${now} → ${then}`);

  const october = { stream: 'NCV-01', from: '2026-10', to: '2026-10' };
  const volume = async () => {
    const answer = await weir.call('view.stream', october);
    return answer.ok ? answer.value.tiles.find((tile) => tile.metric === 'ncv-01.1/lead-volume')?.current.value : null;
  };
  expect(await volume()).toBe(now);
  await imports.confirm();
  await expect(imports.ledger()).toContainText('new leads.csv');
  expect(await volume()).toBe(then);
});

test('of a large file the effect is measured when asked for, and can be given up without a trace', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const file = join(weir.workspace, '..', 'many leads.csv');
  const many = Array.from(
    { length: 100_001 },
    (_, index) =>
      `00QMANY${String(index).padStart(11, '0')},2026-10-12T09:00:00.000Z,NCV-01,residential,Metro,Referral,true,false`,
  );
  await writeFile(file, [HEADER, ...many].join('\n'));
  await weir.chooseInDialogs([file]);
  await imports.open();
  await imports.chooseFiles();
  await expect(imports.effect()).toContainText('100,001 rows');
  await imports.effect().getByRole('button', { name: 'Measure the effect' }).click();
  await imports.effect().getByRole('button', { name: 'Do not measure' }).click();
  await expect(imports.effect().getByRole('button', { name: 'Measure the effect' })).toBeVisible();
  const batches = await weir.call('import.batches', {});
  expect(batches.ok && batches.value.length).toBe(1);
  await imports.confirm();
  await expect(imports.ledger()).toContainText('100,001');
});

test('the page of a metric says how far rejected rows could have moved its value', async ({ weir }) => {
  const file = join(weir.workspace, '..', 'damaged visits.csv');
  const visits = Array.from(
    { length: 12 },
    (_, index) => `V-LOST-${index},WO-LOST-${index},2026-08-1${index % 9}T09:00:00Z,soon`,
  );
  await writeFile(file, ['visit_id,wo_id,actual_start,actual_end', ...visits].join('\n'));
  const report = await weir.call('import.files', { files: [file], table: 'visit' });
  expect(report.ok && report.value.files[0]?.rows).toMatchObject({ read: 12, rejected: 12 });
  await new StreamPage(weir.page).tile('First-time fix rate').click();
  const metric = new MetricPage(weir.page);
  await expect(metric.panel('Headline')).toContainText(/12 unusable rows could move it between \d\d\.\d% and \d\d\.\d%/);
  await expect(metric.panel('Definition')).toContainText('12 rejected rows of visit: each could have been a case');
});
