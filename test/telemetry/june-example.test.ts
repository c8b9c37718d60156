import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { minutes, oneCharger, rebuild, statuses } from './port-days.ts';

/**
 * June, 43,200 minutes: faulted 1 June 08:00 to 2 June 08:00 (1,440) with the message repeated, offline 10 June 00:00 to
 * 06:00 (360), approved maintenance 1 June 20:00 to 2 June 12:00 of which 720 minutes lie in the fault, grid outage 10 June
 * 00:00 to 02:00 (120).
 */
const EXPECTED = {
  in_service_min: 43_200,
  unobserved_min: 0,
  fault_min: 1_440,
  offline_min: 360,
  fault_excluded_min: 720,
  offline_excluded_min: 120,
};
const EXCLUSIONS = [
  { exclusion_id: 'X1', start_at: '2026-06-01T20:00:00Z', end_at: '2026-06-02T12:00:00Z', reason: 'maintenance', approved: true },
  { exclusion_id: 'X2', start_at: '2026-06-10T00:00:00Z', end_at: '2026-06-10T02:00:00Z', reason: 'grid' },
];

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace();
  await oneCharger(workspace);
});
afterEach(() => workspace.close());

test('the June example from status messages, to the minute', async () => {
  await workspace.insert(
    'device_event',
    statuses(
      ['2026-05-01T00:00:00Z', 1, 'Available'],
      ['2026-06-01T08:00:00Z', 1, 'Faulted'],
      ['2026-06-01T10:00:00Z', 1, 'Faulted'],
      ['2026-06-02T08:00:00Z', 1, 'Available'],
      ['2026-06-10T00:00:00Z', 1, 'Offline'],
      ['2026-06-10T06:00:00Z', 1, 'Available'],
    ),
  );
  await workspace.insert(
    'device_exclusion',
    EXCLUSIONS.map((each) => ({ ...each, asset_id: 'P1' })),
  );
  await rebuild(workspace);
  expect(await minutes(workspace, 'P1', '2026-06-01', '2026-06-30')).toEqual(EXPECTED);
});

test('the June example from imported states, exclusions stated of the charger and of the site', async () => {
  await workspace.insert('device_state', [
    { asset_id: 'P1', start_at: '2026-06-01T08:00:00Z', end_at: '2026-06-02T08:00:00Z', state: 'down' },
    { asset_id: 'P1', start_at: '2026-06-01T10:00:00Z', end_at: '2026-06-02T08:00:00Z', state: 'down' },
    { asset_id: 'P1', start_at: '2026-06-10T00:00:00Z', end_at: '2026-06-10T06:00:00Z', state: 'offline' },
  ]);
  await workspace.insert(
    'device_exclusion',
    EXCLUSIONS.map((each, index) => ({ ...each, asset_id: index === 0 ? 'CB' : 'SITE' })),
  );
  await rebuild(workspace);
  expect(await minutes(workspace, 'P1', '2026-06-01', '2026-06-30')).toEqual(EXPECTED);
});

test('the June example with the causes on the imported states themselves', async () => {
  await workspace.insert('device_state', [
    { asset_id: 'P1', start_at: '2026-06-01T08:00:00Z', end_at: '2026-06-01T20:00:00Z', state: 'down', exclusion: 'none' },
    { asset_id: 'P1', start_at: '2026-06-01T20:00:00Z', end_at: '2026-06-02T08:00:00Z', state: 'down', exclusion: 'maintenance' },
    { asset_id: 'P1', start_at: '2026-06-10T00:00:00Z', end_at: '2026-06-10T02:00:00Z', state: 'offline', exclusion: 'grid' },
    { asset_id: 'P1', start_at: '2026-06-10T02:00:00Z', end_at: '2026-06-10T06:00:00Z', state: 'offline' },
  ]);
  await rebuild(workspace);
  expect(await minutes(workspace, 'P1', '2026-06-01', '2026-06-30')).toEqual(EXPECTED);
  expect(
    await workspace.sql.rows({
      text: "SELECT start_at, end_at, state, excused FROM port_state WHERE start_at < '2026-06-10 00:00:00' ORDER BY start_at",
    }),
  ).toEqual([
    { start_at: '2026-05-01T00:00:00Z', end_at: '2026-06-01T08:00:00Z', state: 'up', excused: false },
    { start_at: '2026-06-01T08:00:00Z', end_at: '2026-06-01T20:00:00Z', state: 'down', excused: false },
    { start_at: '2026-06-01T20:00:00Z', end_at: '2026-06-02T08:00:00Z', state: 'down', excused: true },
    { start_at: '2026-06-02T08:00:00Z', end_at: '2026-06-10T00:00:00Z', state: 'up', excused: false },
  ]);
});
