import { afterEach, expect, test } from 'vitest';
import { telemetryFindings } from '../../analytics/telemetry/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { minutes, oneCharger, rebuild, statuses } from './port-days.ts';

let workspace: MemoryWorkspace;
afterEach(() => workspace.close());

test('days follow the zone of the region, so the days on which clocks change have 23 and 25 hours', async () => {
  workspace = await memoryWorkspace({ timeZone: 'UTC', regionTimeZones: { West: 'America/Los_Angeles' } });
  await oneCharger(workspace, [{ asset_id: 'P1', connector_no: 1, in_service_at: '2026-03-07T20:00:00Z' }]);
  await workspace.insert(
    'device_event',
    statuses(['2026-03-08T07:00:00Z', 1, 'Faulted'], ['2026-03-08T09:00:00Z', 1, 'Available']),
  );
  await rebuild(workspace, '2026-11-02T08:00:00Z');
  expect(await minutes(workspace, 'P1', '2026-03-07')).toMatchObject({ in_service_min: 720, fault_min: 60 });
  expect(await minutes(workspace, 'P1', '2026-03-08')).toMatchObject({ in_service_min: 1_380, fault_min: 60 });
  expect(await minutes(workspace, 'P1', '2026-11-01')).toMatchObject({ in_service_min: 1_500 });
});

test('service runs from opening to retirement: an outage before or after counts for nothing', async () => {
  workspace = await memoryWorkspace();
  await oneCharger(workspace, [
    {
      asset_id: 'P1',
      connector_no: 1,
      installed_at: '2026-06-01',
      in_service_at: '2026-06-02T12:00:00Z',
      retired_at: '2026-06-04T06:00:00Z',
    },
  ]);
  await workspace.insert('device_state', [
    { asset_id: 'P1', start_at: '2026-06-01', end_at: '2026-06-02T13:00:00Z', state: 'down' },
  ]);
  await workspace.insert('device_event', statuses(['2026-06-04T05:00:00Z', 1, 'Faulted']));
  await rebuild(workspace);
  expect(await minutes(workspace, 'P1', '2026-06-01', '2026-06-30')).toMatchObject({ in_service_min: 2_520, fault_min: 120 });
});

test('without an opening date service begins with installation, and without that with the first message', async () => {
  workspace = await memoryWorkspace();
  await oneCharger(workspace, [
    { asset_id: 'P1', connector_no: 1, in_service_at: null, installed_at: '2026-06-29T12:00:00Z' },
    { asset_id: 'P2', connector_no: 2, in_service_at: null },
  ]);
  await workspace.insert(
    'device_event',
    statuses(['2026-06-28T00:00:00Z', 1, 'Available'], ['2026-06-30T18:00:00Z', 2, 'Available']),
  );
  await rebuild(workspace);
  expect(await minutes(workspace, 'P1', '2026-06-01', '2026-06-30')).toMatchObject({ in_service_min: 2_160 });
  expect(await minutes(workspace, 'P2', '2026-06-01', '2026-06-30')).toMatchObject({ in_service_min: 360 });
});

test('minutes outside the hours of operation are no service, past midnight too; text that says no hours closes nothing', async () => {
  workspace = await memoryWorkspace({ timeZone: 'Europe/Berlin' });
  await oneCharger(workspace, [
    { asset_id: 'DAY', connector_no: 1, open_hours: '06:00-22:00' },
    { asset_id: 'NIGHT', connector_no: 2, open_hours: '22:00 - 06:00' },
    { asset_id: 'ALWAYS', connector_no: 3, open_hours: '00:00-24:00' },
    { asset_id: 'ODD', connector_no: 4, open_hours: 'Mo-Fr 8-18' },
  ]);
  await workspace.insert(
    'device_event',
    statuses(['2026-06-10T03:00:00Z', 0, 'Unavailable'], ['2026-06-10T05:00:00Z', 0, 'Available']),
  );
  await rebuild(workspace);
  expect(await minutes(workspace, 'DAY', '2026-06-10')).toMatchObject({ in_service_min: 960, fault_min: 60 });
  expect(await minutes(workspace, 'NIGHT', '2026-06-10')).toMatchObject({ in_service_min: 480, fault_min: 60 });
  expect(await minutes(workspace, 'ALWAYS', '2026-06-10')).toMatchObject({ in_service_min: 1_440, fault_min: 120 });
  expect(await minutes(workspace, 'ODD', '2026-06-10')).toMatchObject({ in_service_min: 1_440, fault_min: 120 });
  expect(await telemetryFindings(workspace.sql)).toMatchObject({ unreadableOpenHours: 1 });
});

test('a cause excuses only the outage inside it, once however often it is stated, and not where it was refused', async () => {
  workspace = await memoryWorkspace();
  await oneCharger(workspace);
  const day = (from: string, to: string, approved: boolean | null, reason = 'grid') => ({
    asset_id: 'P1',
    exclusion_id: `${from}${to}${approved}`,
    start_at: `2026-06-01T${from}:00Z`,
    end_at: `2026-06-01T${to}:00Z`,
    reason,
    approved,
  });
  await workspace.insert('device_state', [
    { asset_id: 'P1', start_at: '2026-06-01T02:00:00Z', end_at: '2026-06-01T10:00:00Z', state: 'down' },
  ]);
  await workspace.insert('device_exclusion', [
    day('00:00', '04:00', true),
    day('03:00', '05:00', null),
    day('06:00', '08:00', false),
    day('08:00', '09:00', true, 'none'),
  ]);
  await rebuild(workspace);
  expect(await minutes(workspace, 'P1', '2026-06-01')).toMatchObject({
    fault_min: 480,
    fault_excluded_min: 180,
    offline_excluded_min: 0,
  });
});

test('building again gives the same, and a later as-of day lengthens what lasts', async () => {
  workspace = await memoryWorkspace();
  await oneCharger(workspace);
  await workspace.insert('device_event', statuses(['2026-06-01T00:00:00Z', 1, 'Faulted']));
  await rebuild(workspace, '2026-06-02T00:00:00Z');
  await rebuild(workspace, '2026-06-02T00:00:00Z');
  expect(await minutes(workspace, 'P1', '2026-06-01', '2026-06-30')).toMatchObject({ fault_min: 1_440 });
  await rebuild(workspace, '2026-06-03T00:00:00Z');
  expect(await minutes(workspace, 'P1', '2026-06-01', '2026-06-30')).toMatchObject({ fault_min: 2_880 });
});
