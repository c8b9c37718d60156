import { afterEach, expect, test } from 'vitest';
import { rebuildPortDays } from '../../../analytics/telemetry/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../../support/memory-workspace.ts';
import { type ObservedRow, observe } from '../../support/observations.ts';

const UPTIME = 'ncv-02.7/uptime-of-chargers';
const GROSS = 'ncv-02.7/uptime-without-exclusions';
const YEAR = 'ncv-02.7/uptime-over-twelve-months';
const PASSING = 'ncv-02.7/ports-at-target-uptime';

let workspace: MemoryWorkspace;
afterEach(() => workspace.close());

async function open(profile: string): Promise<void> {
  workspace = await memoryWorkspace({ uptime: { profile } });
  await workspace.insert('journey_case', [
    { case_id: 'J', stream_id: 'NCV-02', opened_at: '2024-01-01', segment: 'fleet', region: 'West' },
  ]);
}

async function port(
  asset_id: string,
  in_service_at: string,
  stretches: readonly (readonly [from: string, to: string, state: string, cause?: string])[],
) {
  await workspace.insert('asset', [{ asset_id, kind: 'port', case_id: 'J', in_service_at }]);
  await workspace.insert('device_state', [
    { asset_id, start_at: in_service_at, end_at: in_service_at, state: 'up' },
    ...stretches.map(([start_at, end_at, state, exclusion]) => ({
      asset_id,
      start_at,
      end_at,
      state,
      exclusion: exclusion ?? null,
    })),
  ]);
}

/** The June example: faulted 1,440 min of which 720 are excused, out of contact 360 min of which 120 are excused. */
const JUNE = [
  ['2026-06-01T08:00:00Z', '2026-06-01T20:00:00Z', 'down'],
  ['2026-06-01T20:00:00Z', '2026-06-02T08:00:00Z', 'down', 'maintenance'],
  ['2026-06-10T00:00:00Z', '2026-06-10T02:00:00Z', 'offline', 'grid'],
  ['2026-06-10T02:00:00Z', '2026-06-10T06:00:00Z', 'offline'],
] as const;

async function rowsIn(metric: string, month: string, asOf: string): Promise<ObservedRow[]> {
  return (await observe(workspace, metric, asOf)).filter((row) => row.day.startsWith(month));
}

async function value(metric: string, month: string, asOf: string): Promise<number> {
  const rows = await rowsIn(metric, month, asOf);
  return rows.reduce((sum, row) => sum + (row.num ?? 0), 0) / rows.reduce((sum, row) => sum + (row.den ?? 0), 0);
}

test.each([
  ['nevi', 42_240],
  ['connected', 42_840],
  ['faultFree', 41_760],
])('profile %s gives June %i usable minutes of 43,200', async (profile, usable) => {
  await open(profile);
  await port('P', '2026-05-01', JUNE);
  await rebuildPortDays(workspace.sql, workspace.settings, '2026-07-01T00:00:00Z');
  expect(await value(UPTIME, '2026-06', '2026-07-01T00:00:00Z')).toBeCloseTo(usable / 43_200, 12);
  expect(await value(GROSS, '2026-06', '2026-07-01T00:00:00Z')).toBeCloseTo(41_400 / 43_200, 12);
  const rows = await observe(workspace, UPTIME, '2026-07-01T00:00:00Z');
  expect(rows).toHaveLength(61);
  expect(rows[0]).toMatchObject({
    entity_id: 'P',
    entity_table: 'asset',
    day: '2026-05-01',
    segment: 'fleet',
    region: 'West',
    matures_on: null,
  });
});

test.each([
  ['nevi', 960],
  ['connected', 360],
  ['faultFree', 1_440],
])('over twelve months profile %s takes %i minutes off 525,600, in a leap year too', async (profile, counted) => {
  await open(profile);
  await port('P', '2023-06-01', JUNE);
  await port('LEAP', '2023-03-01', [['2024-02-29T00:00:00Z', '2024-03-01T00:00:00Z', 'down']]);
  await rebuildPortDays(workspace.sql, workspace.settings, '2027-06-01T00:00:00Z');
  const rows = await observe(workspace, YEAR, '2027-06-01T00:00:00Z');
  const june = rows.find((row) => row.entity_id === 'P' && row.day === '2026-06-30');
  expect([june?.num, june?.den]).toEqual([525_600 - counted, 525_600]);
  expect(rows.find((row) => row.entity_id === 'P' && row.day === '2027-05-31')?.num).toBe(525_600 - counted);
  expect(rows.find((row) => row.entity_id === 'P' && row.day === '2026-05-31')?.num).toBe(525_600);
  const leap = rows.find((row) => row.entity_id === 'LEAP' && row.day === '2024-02-29');
  expect([leap?.num, leap?.den]).toEqual([profile === 'connected' ? 525_600 : 525_600 - 1_440, 525_600]);
});

test('the vector of the regulation: 20,000 minutes of outage, 6,000 excused, are 97.336 %', async () => {
  await open('nevi');
  await port('P', '2025-01-01', [
    ['2025-03-01T00:00:00Z', '2025-03-05T04:00:00Z', 'down', 'disaster'],
    ['2025-08-01T00:00:00Z', '2025-08-10T17:20:00Z', 'down'],
  ]);
  await rebuildPortDays(workspace.sql, workspace.settings, '2026-01-01T00:00:00Z');
  const [december] = await rowsIn(YEAR, '2025-12', '2026-01-01T00:00:00Z');
  expect(december).toMatchObject({ day: '2025-12-31', num: 511_600, den: 525_600, matures_on: null });
  expect(511_600 / 525_600).toBeCloseTo(0.97336, 5);
});

test('a port younger than twelve months is pending, and its short years never count later', async () => {
  await open('nevi');
  await port('P', '2025-09-15', []);
  await rebuildPortDays(workspace.sql, workspace.settings, '2026-02-01T00:00:00Z');
  const young = await observe(workspace, YEAR, '2026-02-01T00:00:00Z');
  expect(young.map((row) => row.day)).toEqual(['2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31', '2026-01-31']);
  expect(new Set(young.map((row) => row.matures_on))).toEqual(new Set(['2026-09-15']));
  await rebuildPortDays(workspace.sql, workspace.settings, '2026-10-31T00:00:00Z');
  const grown = await observe(workspace, YEAR, '2026-10-31T00:00:00Z');
  expect(grown.map((row) => [row.day, row.matures_on])).toEqual([['2026-09-30', null]]);
});

test('the mean hides a port that is down: each port is judged by itself, at 97 % just passing', async () => {
  await open('nevi');
  await port('GOOD', '2026-05-01', []);
  await port('EDGE', '2026-05-01', [['2026-06-03T00:00:00Z', '2026-06-03T21:36:00Z', 'down']]);
  await port('BELOW', '2026-05-01', [['2026-06-03T00:00:00Z', '2026-06-03T21:37:00Z', 'down']]);
  await rebuildPortDays(workspace.sql, workspace.settings, '2026-07-01T00:00:00Z');
  const rows = await rowsIn(PASSING, '2026-06', '2026-07-01T00:00:00Z');
  expect(rows.map((row) => [row.entity_id, row.num, row.day])).toEqual([
    ['BELOW', 0, '2026-06-30'],
    ['EDGE', 1, '2026-06-30'],
    ['GOOD', 1, '2026-06-30'],
  ]);
});

test('what cannot be observed leaves both sides, and a day wholly unobserved is no observation', async () => {
  await open('nevi');
  await port('P', '2026-06-01', [['2026-06-01T12:00:00Z', '2026-06-03T00:00:00Z', 'unobserved']]);
  await rebuildPortDays(workspace.sql, workspace.settings, '2026-06-04T00:00:00Z');
  const rows = await observe(workspace, UPTIME, '2026-06-04T00:00:00Z');
  expect(rows.map((row) => [row.day, row.num, row.den])).toEqual([
    ['2026-06-01', 720, 720],
    ['2026-06-03', 1_440, 1_440],
  ]);
});

test('hubs and chargers of the other stream, and chargers beside their ports, are no ports', async () => {
  await open('nevi');
  await workspace.insert('journey_case', [{ case_id: 'H', stream_id: 'NCV-01', opened_at: '2024-01-01' }]);
  await workspace.insert('asset', [
    { asset_id: 'HUB', kind: 'hub', case_id: 'H', in_service_at: '2026-06-01' },
    { asset_id: 'CB', kind: 'charger', case_id: 'J', in_service_at: '2026-06-01' },
  ]);
  await workspace.insert('asset', [{ asset_id: 'OTHER', kind: 'port', case_id: 'H', in_service_at: '2026-06-01' }]);
  await workspace.insert('device_state', [
    { asset_id: 'OTHER', start_at: '2026-06-01', end_at: '2026-06-02', state: 'up' },
    { asset_id: 'HUB', start_at: '2026-06-01', end_at: '2026-06-02', state: 'up' },
  ]);
  await rebuildPortDays(workspace.sql, workspace.settings, '2026-06-04T00:00:00Z');
  expect(await observe(workspace, UPTIME, '2026-06-04T00:00:00Z')).toEqual([]);
});
