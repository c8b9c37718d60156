import { expect, test } from './harness/fixture.ts';

test('one window opens, called Weir', async ({ weir }) => {
  await expect(weir.page).toHaveTitle(/Weir/);
  expect(await weir.windowCount()).toBe(1);
});

test('the window asks the engine, which runs in a process of its own', async ({ weir }) => {
  const outcome = await weir.call('workspace.describe', {});
  expect(outcome.ok && outcome.value.dir).toBe(weir.workspace);
});

test('an unknown method is an error as data, not an exception', async ({ weir }) => {
  const outcome = await weir.callRaw('workspace.destroy', {}, 'test');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'bad-request' } });
});

test('an input that does not fit its method is an error as data', async ({ weir }) => {
  const outcome = await weir.callRaw('import.undo', { batch: "1'; DROP TABLE batches" }, 'test');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'bad-request' } });
});

test('a newer call of a view cancels its older one, and no other view is touched', async ({ weir }) => {
  const [older, other, newer] = await Promise.all([
    weir.callRaw('workspace.describe', {}, 'first'),
    weir.callRaw('workspace.describe', {}, 'second'),
    weir.callRaw('workspace.describe', {}, 'first'),
  ]);
  expect([older.ok || older.error.code, other.ok, newer.ok]).toEqual(['cancelled', true, true]);
});

test('an engine that dies is started again, and the window can go on asking', async ({ weir }) => {
  await weir.call('workspace.describe', {});
  const restarted = await weir.listenFor('restarted');
  await weir.killEngine();
  expect((await restarted()).error?.code).toBe('unexpected');
  expect((await weir.call('workspace.describe', {})).ok).toBe(true);
});

test('a menu entry that belongs to the window reaches it', async ({ weir }) => {
  const command = await weir.listenFor('command');
  await weir.clickMenu('File', 'Import…');
  expect(await command()).toEqual({ kind: 'command', command: 'import' });
});

test('the engine can be reloaded: the old one lets go of the workspace before the new one opens it', async ({ weir }) => {
  await weir.call('workspace.describe', {});
  const reloaded = weir.page.waitForEvent('load');
  await weir.clickMenu('File', 'Reload engine');
  await reloaded;
  expect((await weir.call('workspace.describe', {})).ok).toBe(true);
});

test('numbers cross to the window to the last bit, as columns of typed arrays', async ({ weir }) => {
  const raw = await weir.page.evaluate(async () => {
    const outcome = await window.weir.call('import.batches', {}, 'test');
    return (
      outcome.ok &&
      JSON.stringify(outcome.value.column, (_, value) => (ArrayBuffer.isView(value) ? value.constructor.name : value))
    );
  });
  expect(raw).toContain('"kind":"lists","lengths":"Uint32Array"');
  const answer = await weir.call('metrics.query', { by: ['segment'] });
  const rows = answer.ok ? answer.value.rows.filter(({ kind, value }) => kind === 'proportion' && value !== null) : [];
  expect(rows.length).toBeGreaterThan(0);
  for (const { num, den, value } of rows) expect(value).toBe((num ?? Number.NaN) / (den ?? Number.NaN));
});
