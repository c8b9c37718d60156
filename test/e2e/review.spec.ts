import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './harness/fixture.ts';
import { StreamPage } from './pages/stream-page.ts';
import type { WeirApp } from './pages/weir-app.ts';

test('the review of the last complete month is saved from the menu of the app and from the window', async ({ weir }) => {
  await expect(new StreamPage(weir.page).stages()).toHaveCount(7);
  const byMenu = join(weir.workspace, '..', 'by-menu.html');
  await weir.chooseInDialogs([byMenu]);
  await weir.clickMenu('File', 'Export review…');
  await expectReview(weir, byMenu);

  const byWindow = join(weir.workspace, '..', 'by-window.html');
  await weir.chooseInDialogs([byWindow]);
  await weir.page.getByRole('button', { name: 'More' }).click();
  await weir.page.getByRole('menuitem', { name: 'Export monthly review' }).click();
  await expectReview(weir, byWindow);
});

async function expectReview(weir: WeirApp, file: string): Promise<void> {
  await expect(weir.page.getByText(file)).toBeVisible();
  const page = await readFile(file, 'utf8');
  expect(page).toContain('First-time fix rate');
  expect(page).toContain('<svg');
}
