import { afterEach, beforeEach, expect, test } from 'vitest';
import { telemetryFindings } from '../../analytics/telemetry/index.ts';
import { STATUS_WORDS } from '../../analytics/telemetry/status-words.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { minutes, oneCharger, rebuild, statuses } from './port-days.ts';

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace();
});
afterEach(() => workspace.close());

async function downMinutes(port: string, day: string): Promise<number> {
  return (await minutes(workspace, port, day)).fault_min;
}

test('connector 0 down takes every connector down, until it is up and the connector itself is too', async () => {
  await oneCharger(workspace, [
    { asset_id: 'P1', connector_no: 1 },
    { asset_id: 'P2', connector_no: 2 },
  ]);
  await workspace.insert(
    'device_event',
    statuses(
      ['2026-06-01T02:00:00Z', 2, 'Faulted'],
      ['2026-06-01T04:00:00Z', 0, 'Unavailable'],
      ['2026-06-01T05:00:00Z', 1, 'Available'],
      ['2026-06-01T06:00:00Z', 0, 'Available'],
      ['2026-06-01T08:00:00Z', 2, 'Available'],
    ),
  );
  await rebuild(workspace);
  expect(await downMinutes('P1', '2026-06-01')).toBe(120);
  expect(await downMinutes('P2', '2026-06-01')).toBe(360);
});

test('late messages sort by device time, and of two at one time the one received last holds', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', [
    {
      asset_id: 'CB',
      connector_no: 1,
      happened_at: '2026-06-01T12:00:00Z',
      received_at: '2026-06-01T12:00:01Z',
      status: 'Available',
    },
    {
      asset_id: 'CB',
      connector_no: 1,
      happened_at: '2026-06-01T10:00:00Z',
      received_at: '2026-06-03T00:00:00Z',
      status: 'Faulted',
    },
    {
      asset_id: 'CB',
      connector_no: 1,
      happened_at: '2026-06-01T12:00:00Z',
      received_at: '2026-06-01T12:00:00Z',
      status: 'Faulted',
    },
  ]);
  await rebuild(workspace);
  expect(await downMinutes('P1', '2026-06-01')).toBe(120);
});

test('a message dated after its receipt or from before service is ignored and counted; one from after the as-of day does not exist', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', [
    { asset_id: 'CB', connector_no: 1, happened_at: '2026-04-30T23:00:00Z', status: 'Faulted' },
    {
      asset_id: 'CB',
      connector_no: 1,
      happened_at: '2026-06-01T00:06:00Z',
      received_at: '2026-06-01T00:00:00Z',
      status: 'Faulted',
    },
    {
      asset_id: 'CB',
      connector_no: 1,
      happened_at: '2026-06-02T00:05:00Z',
      received_at: '2026-06-02T00:00:00Z',
      status: 'Faulted',
    },
    { asset_id: 'CB', connector_no: 1, happened_at: '2026-06-02T01:05:00Z', status: 'Available' },
    { asset_id: 'CB', connector_no: 1, happened_at: '2026-07-01T00:00:00Z', status: 'Faulted' },
  ]);
  await rebuild(workspace);
  expect((await minutes(workspace, 'P1', '2026-05-01', '2026-07-31')).fault_min).toBe(60);
  expect(await telemetryFindings(workspace.sql)).toMatchObject({ futureMessages: 1, messagesBeforeService: 1 });
});

test('a port that sends for itself needs no connector number, and an empty event is a status', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', [
    { asset_id: 'P1', happened_at: '2026-06-01T00:00:00Z', status: 'OUTOFORDER' },
    { asset_id: 'P1', happened_at: '2026-06-01T03:00:00Z', status: 'AVAILABLE' },
  ]);
  await rebuild(workspace);
  expect(await downMinutes('P1', '2026-06-01')).toBe(180);
});

test.each(Object.entries(STATUS_WORDS).flatMap(([state, words]) => words.map((word) => [word, state] as const)))(
  'status %s means %s, in any spelling and whatever the error code',
  async (word, state) => {
    await oneCharger(workspace);
    await workspace.insert('device_event', [
      {
        asset_id: 'CB',
        connector_no: 1,
        happened_at: '2026-06-01T00:00:00Z',
        status: ` ${word.toUpperCase()} `,
        error_code: 'NoError',
      },
      { asset_id: 'CB', connector_no: 1, happened_at: '2026-06-01T01:00:00Z', status: 'Available', error_code: 'GroundFailure' },
    ]);
    await rebuild(workspace, '2026-06-02T00:00:00Z');
    expect(await minutes(workspace, 'P1', '2026-06-01')).toMatchObject({
      in_service_min: state === 'absent' ? 1_380 : 1_440,
      fault_min: state === 'down' ? 60 : 0,
      offline_min: state === 'offline' ? 60 : 0,
    });
  },
);

test('what no protocol says, what no connector is and what no register holds is counted and changes nothing', async () => {
  await oneCharger(workspace);
  await workspace.insert('device_event', [
    ...statuses(['2026-06-01T00:00:00Z', 1, 'Rebooting'], ['2026-06-01T00:00:00Z', 7, 'Faulted']),
    { asset_id: 'GHOST', connector_no: 1, happened_at: '2026-06-01T00:00:00Z', status: 'Faulted' },
  ]);
  await rebuild(workspace);
  expect(await minutes(workspace, 'P1', '2026-06-01')).toMatchObject({ in_service_min: 1_440, fault_min: 0, unobserved_min: 0 });
  expect(await telemetryFindings(workspace.sql)).toMatchObject({
    ports: 1,
    unknownStatusMessages: 1,
    unmatchedConnectorMessages: 1,
    unregisteredMessages: 1,
    coverage: 1,
  });
});
