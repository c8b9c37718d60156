import { afterEach, beforeEach, expect, test } from 'vitest';
import { telemetryFindings } from '../../analytics/telemetry/index.ts';
import { type MemoryWorkspace, memoryWorkspace, type Row } from '../support/memory-workspace.ts';
import { minutes, oneCharger, rebuild, statuses } from './port-days.ts';

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace();
});
afterEach(() => workspace.close());

/** Heartbeats of one charger every quarter of an hour between two hours of 1 June 2026, both included. */
function heartbeats(charger: string, from: number, to: number): Row[] {
  return Array.from({ length: (to - from) * 4 + 1 }, (_, index) => ({
    asset_id: charger,
    connector_no: 0,
    happened_at: new Date(Date.UTC(2026, 5, 1, from, index * 15)).toISOString(),
    event: 'heartbeat',
  }));
}

test('a gap of more than twice the heartbeat is out of contact from one heartbeat after the last message', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', [...heartbeats('CB', 0, 6), ...heartbeats('CB', 8, 24)]);
  await rebuild(workspace, '2026-06-02T00:00:00Z');
  expect(await minutes(workspace, 'P1', '2026-06-01')).toMatchObject({ offline_min: 105, fault_min: 0, unobserved_min: 0 });
});

test('a gap of exactly twice the heartbeat is none, and any message is a sign of life', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', [
    ...heartbeats('CB', 0, 6),
    { asset_id: 'CB', connector_no: 1, happened_at: '2026-06-01T06:30:00Z', event: 'session' },
    ...heartbeats('CB', 7, 24),
  ]);
  await rebuild(workspace, '2026-06-02T00:00:00Z');
  expect(await minutes(workspace, 'P1', '2026-06-01')).toMatchObject({ offline_min: 0 });
});

test('a log of states alone holds its last state however long it is silent', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', statuses(['2026-06-01T00:00:00Z', 1, 'Available']));
  await rebuild(workspace);
  expect(await minutes(workspace, 'P1', '2026-06-01', '2026-06-30')).toMatchObject({
    in_service_min: 43_200,
    offline_min: 0,
    unobserved_min: 0,
  });
});

test('a message that says goodbye is out of contact until the next message, without any heartbeat', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', [
    { asset_id: 'CB', happened_at: '2026-06-01T01:00:00Z', event: 'offline' },
    { asset_id: 'CB', happened_at: '2026-06-01T01:10:00Z', event: 'online' },
  ]);
  await rebuild(workspace, '2026-06-02T00:00:00Z');
  expect(await minutes(workspace, 'P1', '2026-06-01')).toMatchObject({ offline_min: 10 });
});

test('a fault that is also out of contact counts once, as a fault', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', [
    ...heartbeats('CB', 0, 6),
    ...statuses(['2026-06-01T06:00:00Z', 1, 'Faulted'], ['2026-06-01T08:00:00Z', 1, 'Available']),
    ...heartbeats('CB', 8, 24),
  ]);
  await rebuild(workspace, '2026-06-02T00:00:00Z');
  expect(await minutes(workspace, 'P1', '2026-06-01')).toMatchObject({ fault_min: 120, offline_min: 0 });
});

test('a charger that reports heartbeats is not observed until its first one', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', heartbeats('CB', 6, 24));
  await rebuild(workspace, '2026-06-02T00:00:00Z');
  expect(await minutes(workspace, 'P1', '2026-05-31')).toMatchObject({ unobserved_min: 1_440 });
  expect(await minutes(workspace, 'P1', '2026-06-01')).toMatchObject({ unobserved_min: 360, offline_min: 0 });
});

test.each([
  [10, 'the collector', { unobserved_min: 420, offline_min: 0 }],
  [9, 'the chargers', { unobserved_min: 0, offline_min: 405 }],
])('when %i chargers fall silent together for seven hours, it is %s', async (chargers, _, expected) => {
  for (let index = 0; index < chargers; index++) {
    await workspace.insert('asset', [
      { asset_id: `P${index}`, kind: 'port', parent_id: `C${index}`, connector_no: 1, in_service_at: '2026-06-01' },
    ]);
    await workspace.insert('device_event', [...heartbeats(`C${index}`, 0, 8), ...heartbeats(`C${index}`, 15, 24)]);
  }
  await workspace.insert('asset', [{ asset_id: 'STATED', kind: 'port', in_service_at: '2026-06-01' }]);
  await workspace.insert('device_state', [{ asset_id: 'STATED', start_at: '2026-06-01', state: 'up' }]);
  await rebuild(workspace, '2026-06-02T00:00:00Z');
  expect(await minutes(workspace, 'P0', '2026-06-01')).toMatchObject(expected);
  expect(await minutes(workspace, 'STATED', '2026-06-01')).toMatchObject({ in_service_min: 1_440, unobserved_min: 0 });
});

test('a port of the register that never spoke is unobserved; one with imported states is up where none says otherwise', async () => {
  await workspace.insert('asset', [
    { asset_id: 'MUTE', kind: 'port', in_service_at: '2026-06-01' },
    { asset_id: 'STATED', kind: 'port', in_service_at: '2026-06-01' },
    { asset_id: 'NEVER', kind: 'port' },
  ]);
  await workspace.insert('device_state', [
    { asset_id: 'STATED', start_at: '2026-06-20T00:00:00Z', end_at: '2026-06-20T01:00:00Z', state: 'down' },
  ]);
  await rebuild(workspace);
  expect(await minutes(workspace, 'MUTE', '2026-06-01', '2026-06-30')).toMatchObject({
    in_service_min: 43_200,
    unobserved_min: 43_200,
  });
  expect(await minutes(workspace, 'STATED', '2026-06-01', '2026-06-30')).toMatchObject({ unobserved_min: 0, fault_min: 60 });
  expect(await telemetryFindings(workspace.sql)).toMatchObject({ silentPorts: 1, portsWithoutService: 1, coverage: 0.5 });
});
