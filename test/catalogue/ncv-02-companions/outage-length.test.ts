import { afterEach, beforeEach, expect, test } from 'vitest';
import { rebuildPortDays } from '../../../analytics/telemetry/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../../support/memory-workspace.ts';
import { observe } from '../../support/observations.ts';

let workspace: MemoryWorkspace;
beforeEach(async () => {
  workspace = await memoryWorkspace({ timeZone: 'America/New_York' });
});
afterEach(() => workspace.close());

test('a fault, partly excused, that turns into silence is one outage of ten hours; one that lasts is none yet', async () => {
  await workspace.insert('asset', [{ asset_id: 'P', kind: 'port', in_service_at: '2026-05-01' }]);
  await workspace.insert('device_state', [
    { asset_id: 'P', start_at: '2026-05-31T18:00:00Z', end_at: '2026-05-31T20:00:00Z', state: 'down', exclusion: 'grid' },
    { asset_id: 'P', start_at: '2026-05-31T20:00:00Z', end_at: '2026-06-01T01:00:00Z', state: 'down' },
    { asset_id: 'P', start_at: '2026-06-01T00:00:00Z', end_at: '2026-06-01T04:00:00Z', state: 'offline' },
    { asset_id: 'P', start_at: '2026-06-02T12:00:00Z', end_at: '2026-06-02T12:30:00Z', state: 'offline' },
    { asset_id: 'P', start_at: '2026-06-20T00:00:00Z', end_at: null, state: 'down' },
  ]);
  const asOf = '2026-07-01T04:00:00Z';
  await rebuildPortDays(workspace.sql, workspace.settings, asOf);
  const rows = await observe(workspace, 'ncv-02.7/outage-length', asOf);
  expect(rows.map((row) => [row.day, row.num])).toEqual([
    ['2026-06-01', 10],
    ['2026-06-02', 0.5],
  ]);
});
