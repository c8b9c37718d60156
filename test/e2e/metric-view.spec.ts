import { expect, test } from './harness/fixture.ts';
import { MetricPage } from './pages/metric-page.ts';
import { StreamPage } from './pages/stream-page.ts';

test('a tile opens its metric with series, splits and definition', async ({ weir }) => {
  await new StreamPage(weir.page).tile('First-time fix rate').click();
  const metric = new MetricPage(weir.page);
  await expect(metric.heading('First-time fix rate')).toBeVisible();
  await expect(metric.panel('Headline')).toContainText('95% interval');
  await expect(metric.chart('By month')).toBeVisible();
  await expect(metric.chart('By segment')).toBeVisible();
  await expect(metric.chart('By region')).toBeVisible();
  await expect(metric.panel('Definition')).toContainText('repeatVisitDays');
  await metric.back();
  await expect(new StreamPage(weir.page).stages()).toHaveCount(7);
});

test('the charts of a page that nobody has opened yet are ready, and leave nothing on the one that is open', async ({ weir }) => {
  const page = weir.page;
  await expect(new StreamPage(page).stages()).toHaveCount(7);
  await page.waitForFunction(() => performance.getEntriesByName('charts drawn unseen').length === 1);
  await expect(page.getByRole('figure')).toHaveCount(0);
  await expect(page.locator('.echarts-for-react, [_echarts_instance_]')).toHaveCount(0);
});

test('a page whose code is there is drawn with the next frame', async ({ weir }) => {
  const page = weir.page;
  await expect(new StreamPage(page).tile('Lead volume')).toBeVisible();
  await page.waitForFunction(() => performance.getEntriesByName('charts drawn unseen').length === 1);
  const heading = await new StreamPage(page).tile('Lead volume').evaluate(async (tile: HTMLElement) => {
    tile.click();
    await new Promise((drawn) => requestAnimationFrame(drawn));
    return document.querySelector('h1')?.textContent;
  });
  expect(heading).toBe('Lead volume');
});

test('a click on a month shows the records behind it, each with file and line', async ({ weir }) => {
  await new StreamPage(weir.page).tile('Lead volume').click();
  const metric = new MetricPage(weir.page);
  await expect(metric.month()).toHaveValue('Oct 2026');
  await expect(metric.records().first()).toBeVisible();
  await metric.clickMonth(0);
  await expect(metric.month()).toHaveValue('Nov 2024');
  await expect(metric.records().first()).toContainText('2024-11');
  await expect(metric.records().first()).toContainText('crm_lead.csv.gz');
  await expect(metric.records().first().getByRole('cell').nth(6)).toHaveText(/^[\d,]+$/);
});

test('the count of a month is the number of its records', async ({ weir }) => {
  await new StreamPage(weir.page).tile('Lead volume').click();
  const metric = new MetricPage(weir.page);
  await metric.panel('By month').getByText('Show the months as a table').click();
  const october = metric.panel('By month').getByRole('row').filter({ hasText: 'Oct 2026' });
  const value = await october.getByRole('cell').nth(1).textContent();
  await expect(metric.panel('Records')).toContainText(`${value} records`);
});

test('a column puts all records of the month in order, not only those that are loaded', async ({ weir }) => {
  await new StreamPage(weir.page).tile('Lead volume').click();
  const metric = new MetricPage(weir.page);
  await expect(metric.records().first()).toBeVisible();
  const asked = { metric: 'ncv-01.1/lead-volume', period: '2026-10', sort: { column: 'entityId', descending: true } } as const;
  const page = await weir.call('metrics.records', asked);
  if (!page.ok) throw new Error(page.error.message);
  const last = page.value.rows[0]?.entityId ?? '';
  await metric.sortBy('Record');
  await expect(metric.head('Record')).toHaveAttribute('aria-sort', 'ascending');
  await metric.sortBy('Record');
  await expect(metric.records().first()).toContainText(last);
  await metric.sortBy('Record');
  await expect(metric.head('Record')).toHaveAttribute('aria-sort', 'none');
  await expect(metric.records().first()).toContainText('2026-10-01');
});
