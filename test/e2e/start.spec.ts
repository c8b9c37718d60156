import { expect, test } from './harness/fixture.ts';
import { StreamPage } from './pages/stream-page.ts';

test('a window that opens again shows the kept numbers, marked as such, until the engine has answered', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  const leads = stream.tile('Lead volume');
  await expect(leads).toContainText(/n = \d/);
  const fresh = (await leads.textContent()) ?? '';
  await weir.kept();

  await weir.holdEngine();
  await weir.page.evaluate(() => {
    const kept = JSON.parse(window.localStorage.getItem('kept view') ?? '');
    kept.answer.tiles[0].current.value = 123_456;
    window.localStorage.setItem('kept view', JSON.stringify(kept));
  });
  await weir.page.reload();
  await expect(leads).toContainText('123,456');
  await expect(stream.keptMark()).toContainText('data to 31 Oct 2026');

  await weir.letEngineGo();
  await expect(leads).toHaveText(fresh);
  await expect(stream.keptMark()).toHaveCount(0);
});

test('the window opens where it was left: the same stream, under the same filters', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  await stream.openStream('NCV-02');
  await stream.filter('Segment', ['commercial']);
  await expect
    .poll(() => weir.kept().then((kept) => [kept.query.stream, kept.query.where]))
    .toEqual(['NCV-02', { segment: ['commercial'] }]);
  await weir.page.reload();
  await expect(stream.heading('EV Charging Solution Deployment')).toBeVisible();
  await expect(stream.filterButton('Segment')).toHaveAccessibleName('Segment: commercial');
});

test('what was kept of another workspace is not shown', async ({ weir }) => {
  const stream = new StreamPage(weir.page);
  await expect(stream.tile('Lead volume')).toContainText(/n = \d/);
  await weir.kept();
  await weir.holdEngine();
  await weir.page.evaluate(() => {
    const kept = JSON.parse(window.localStorage.getItem('kept view') ?? '');
    kept.description.dir = '/another/workspace';
    window.localStorage.setItem('kept view', JSON.stringify(kept));
  });
  await weir.page.reload();
  await expect(weir.page.getByText('Opening the workspace…')).toBeVisible();
  await weir.letEngineGo();
  await expect(stream.tile('Lead volume')).toContainText(/n = \d/);
});
