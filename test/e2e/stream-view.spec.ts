import { expect, test } from './harness/fixture.ts';
import { StreamPage } from './pages/stream-page.ts';

test('the dashboard shows the seven stages and seventeen metrics of the stage document, each with a value or a reason', async ({
  weir,
}) => {
  const stream = new StreamPage(weir.page);
  await expect(stream.heading('Smart Home Solution Delivery')).toBeVisible();
  await expect(stream.stages()).toHaveCount(7);
  await expect(stream.tiles()).toHaveCount(17);
  for (const tile of await stream.tiles().all()) {
    await expect(tile).toContainText(/\d/);
    await expect(tile).toContainText(/Exceeding|Meeting|Near|Below|Far below|Not rated/);
  }
});

test('the other stream has its own stages and metrics', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  await stream.openStream('NCV-02');
  await expect(stream.heading('EV Charging Solution Deployment')).toBeVisible();
  await expect(stream.stages()).toHaveCount(7);
  await expect(stream.tiles()).toHaveCount(14);
});

test('a filter changes the numbers, stays in view, and is taken off again', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  const leads = stream.tile('Lead volume');
  await expect(leads).toContainText(/n = \d/);
  const all = await leads.textContent();
  await stream.filter('Segment', ['commercial']);
  await expect(stream.filterButton('Segment')).toHaveAccessibleName('Segment: commercial');
  await expect.poll(() => leads.textContent()).not.toBe(all);
  await stream.showAll();
  await expect.poll(() => leads.textContent()).toBe(all);
});

test('another span of months changes the numbers and what they are compared with', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  const leads = stream.tile('Lead volume');
  await expect(leads).toContainText('vs Nov 2024–Oct 2025');
  await stream.choosePeriod('Last 3 months');
  await expect(leads).toContainText('vs May–Jul 2026');
});

test('a chevron opens what the stage document says of its stage', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  await stream.chevron('NCV-01.5').click();
  await expect(stream.details()).toContainText('15.3 Learning & Development');
  await expect(stream.details()).toContainText('First-time fix rate');
});

test('every stage is in view in a narrow window, and nothing of a tile is wider than it', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  await weir.resize(1024, 700);
  await expect(stream.tile('Lead volume')).toContainText(/n = \d/);
  for (const stage of await stream.stages().all()) {
    const box = await stage.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? Number.NaN)).toBeLessThanOrEqual(1024);
  }
  const tooWide = await stream.tiles().evaluateAll((tiles) => tiles.filter((tile) => tile.scrollWidth > tile.clientWidth).length);
  expect(tooWide).toBe(0);
});
