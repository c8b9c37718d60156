import { expect, test } from './harness/fixture.ts';
import { MetricPage } from './pages/metric-page.ts';
import { StreamPage } from './pages/stream-page.ts';

test('a metric, its month and the way back are reached without a mouse', async ({ weir }) => {
  const { keyboard } = weir.page;
  const metric = new MetricPage(weir.page);
  await expect(new StreamPage(weir.page).stages()).toHaveCount(7);
  const jump = weir.page.getByRole('textbox', { name: 'Jump to' }).or(weir.page.getByRole('searchbox', { name: 'Jump to' }));
  // Numbers may be on screen a moment before the page listens for keys.
  await expect(async () => {
    await keyboard.press('Control+k');
    await expect(jump).toBeVisible({ timeout: 2000 });
  }).toPass();
  await keyboard.type('first-time fix');
  await keyboard.press('Enter');
  await expect(metric.heading('First-time fix rate')).toBeFocused();

  // The list opens on focus; whether the first arrow marks the chosen month or its neighbour depends on how it was opened.
  await metric.month().focus();
  const marked = weir.page.locator('[role=option][data-combobox-selected]');
  await expect(async () => {
    await keyboard.press('ArrowDown');
    await expect(marked).toHaveText('Sep 2026', { timeout: 500 });
  }).toPass();
  await keyboard.press('Enter');
  await expect(metric.month()).toHaveValue('Sep 2026');

  await metric.heading('First-time fix rate').focus();
  await keyboard.press('Shift+Tab');
  await expect(weir.page.getByRole('button', { name: 'Back' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(new StreamPage(weir.page).stages()).toHaveCount(7);
});

test('from the dashboard Tab reaches the stages and their tiles in order, and Enter opens them', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  const { keyboard } = weir.page;
  await stream.chevron('NCV-01.1').focus();
  await keyboard.press('Tab');
  await expect(stream.tile('Lead volume')).toBeFocused();
  await keyboard.press('Shift+Tab');
  await keyboard.press('Enter');
  await expect(stream.details()).toContainText('Enabling capabilities');
  await keyboard.press('Escape');
  await expect(stream.details()).toHaveCount(0);
  await expect(stream.chevron('NCV-01.1')).toBeFocused();
});
