import { expect, test } from 'vitest';
import { settingsSchema } from '../../analytics/contract/settings.ts';
import type { Sql } from '../../analytics/contract/sql.ts';
import type { Workspace } from '../../analytics/workspace/open.ts';
import { contextOf } from '../../analytics/workspace/parts.ts';

const STATE = { dataVersion: 1, asOf: '2026-10-31', unavailable: [] };

/** A workspace of which only the parts that a context takes are there. */
function workspaceOf(state: Workspace['state']): Workspace {
  const parts = { settings: settingsSchema.parse({}), streams: { models: [] }, catalogue: { metrics: [], unavailable: [] } };
  return { ...parts, state, reader: {} } as unknown as Workspace;
}

async function onceIn(workspace: Workspace) {
  const { once } = await contextOf(workspace, workspace.reader, undefined);
  if (!once) throw new Error('nothing is found once');
  return once;
}

test('what follows from the data alone is found once for all questions, and again once the data is another', async () => {
  const workspace = workspaceOf({ ...STATE });
  let found = 0;
  const find = async () => {
    found += 1;
    return found;
  };
  const asked = await Promise.all([(await onceIn(workspace))('months', find), (await onceIn(workspace))('months', find)]);
  expect([...asked, await (await onceIn(workspace))('months', find)]).toEqual([1, 1, 1]);
  expect(await (await onceIn(workspace))('stages', find)).toBe(2);
  workspace.state = { ...STATE, dataVersion: 2 };
  expect(await (await onceIn(workspace))('months', find)).toBe(3);
});

test('it is asked on behalf of nobody, so that no question that is taken back takes it away', async () => {
  const workspace = workspaceOf({ ...STATE });
  const own = { until: 'the question' } as unknown as Sql;
  const { once } = await contextOf(workspace, own, undefined);
  expect(await once?.('months', async (sql) => sql === (workspace.reader as Sql))).toBe(true);
});

test('what failed is looked for again', async () => {
  const once = await onceIn(workspaceOf({ ...STATE }));
  await expect(once('months', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await once('months', async () => 'there')).toBe('there');
});
