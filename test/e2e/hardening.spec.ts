import { expect, test } from './harness/fixture.ts';

test('the page has no Node and no Electron, only window.weir', async ({ weir }) => {
  const found = await weir.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
  );
  expect(found).toEqual([]);
  expect(await weir.page.evaluate(() => Object.keys(window.weir).sort())).toEqual(
    [
      'call',
      'cancel',
      'onEvent',
      'openSample',
      'pathsOfDroppedFiles',
      'pickFiles',
      'pickFolder',
      'pickProfile',
      'pickWorkspace',
      'platform',
      'saveFile',
    ].sort(),
  );
});

test('an inline script does not run', async ({ weir }) => {
  const ran = await weir.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    return 'inlineRan' in window;
  });
  expect(ran).toBe(false);
});

test('text cannot be turned into code', async ({ weir }) => {
  const ran = await weir.page.evaluate(async () => {
    window.setTimeout('window.textRan = true', 0);
    await new Promise((later) => window.setTimeout(later, 0));
    return 'textRan' in window;
  });
  expect(ran).toBe(false);
});

test('nothing is fetched from anywhere', async ({ weir }) => {
  const fetched = await weir.page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'fetched',
      () => 'refused',
    ),
  );
  expect(fetched).toBe('refused');
});

test('files of the machine cannot be read by their address', async ({ weir }) => {
  const read = await weir.page.evaluate(() =>
    fetch('file:///etc/hostname').then(
      () => 'read',
      () => 'refused',
    ),
  );
  expect(read).toBe('refused');
  const climbed = await weir.page.evaluate(() => fetch('app://weir/..%2f..%2fpackage.json').then((answer) => answer.status));
  expect(climbed).toBe(404);
});

test('the window cannot be led away', async ({ weir }) => {
  await weir.page.evaluate(() => {
    window.location.href = 'https://example.org/';
  });
  expect((await weir.call('workspace.describe', {})).ok).toBe(true);
  expect(weir.page.url()).toMatch(/^app:\/\/weir\//);
});

test('no second window opens', async ({ weir }) => {
  expect(await weir.page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
  expect(await weir.windowCount()).toBe(1);
});

test('the page is given no permission of the machine', async ({ weir }) => {
  const asked = await weir.page.evaluate(() => Notification.requestPermission());
  expect(asked).toBe('denied');
});
