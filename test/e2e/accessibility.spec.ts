import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './harness/fixture.ts';
import { ImportsPage } from './pages/imports-page.ts';
import type { WeirApp } from './pages/weir-app.ts';

const VIEWS = ['/stream/NCV-01', '/stream/NCV-02', '/metric/ncv-01.5/first-time-fix-rate', '/imports'];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every view is free of what axe finds, ${colorScheme}`, async ({ weir }) => {
    await weir.page.emulateMedia({ colorScheme });
    for (const view of VIEWS) {
      await open(weir, view);
      expect(await findings(weir), `${view} in ${colorScheme}`).toEqual([]);
    }
  });
}

test('a file that is looked at before its import is free of what axe finds, in both schemes', async ({ weir }) => {
  const imports = new ImportsPage(weir.page);
  const file = join(weir.workspace, '..', 'new leads.csv');
  const header = 'Id,CreatedDate,Value_Stream__c,Segment__c,Region__c,LeadSource,Serviceable__c,Is_Test__c,Colour';
  await writeFile(file, `${header}\n00QAXE000000000001,2026-10-12T09:00:00.000Z,NCV-01,B2C,Metro,Referral,true,false,green\n`);
  await weir.chooseInDialogs([file]);
  await imports.open();
  await imports.chooseFiles();
  await expect(imports.dryRun('new leads.csv')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await weir.page.emulateMedia({ colorScheme });
    expect(await findings(weir), colorScheme).toEqual([]);
  }
});

async function open(weir: WeirApp, view: string): Promise<void> {
  await weir.page.evaluate((hash) => {
    window.location.hash = hash;
  }, view);
  await expect(weir.page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(weir.page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/** Electron opens no second page, which axe's newer way of running needs. */
async function findings(weir: WeirApp): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: weir.page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}
