import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.5/time-to-activate');

const job = (asset_id: string, more: object = {}) => ({
  wo_id: `W-${asset_id}`,
  kind: 'install',
  created_at: '2026-01-01',
  completed_at: '2026-02-28T12:00:00Z',
  asset_id,
  segment: 'commercial',
  ...more,
});
const charger = (asset_id: string, first_online_at: string | null, first_session_at: string | null) => ({
  asset_id,
  kind: 'charger',
  first_online_at,
  first_session_at,
});

test('active is online and with a first session: being switched on alone is not', async () => {
  await metric.insert('work_order', [job('both'), job('online'), job('session')]);
  await metric.insert('asset', [
    charger('both', '2026-02-28T13:00:00Z', '2026-03-01T04:30:00Z'),
    charger('online', '2026-02-28T13:00:00Z', null),
    charger('session', null, '2026-03-01T04:30:00Z'),
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.day, row.num, row.segment, row.entity_table])).toEqual([
    ['both', '2026-02-28', 16.5, 'commercial', 'asset'],
  ]);
});

test('a session before the paperwork is left out of durations, one at that moment takes no time', async () => {
  await metric.insert('work_order', [job('early'), job('at-once')]);
  await metric.insert('asset', [
    charger('early', '2026-02-27', '2026-02-28T11:59:59Z'),
    charger('at-once', '2026-02-27', '2026-02-28T12:00:00Z'),
  ]);
  expect(await metric.nums()).toEqual({ 'at-once': 0 });
});

test('the charger belongs to its first installation; repairs, home jobs and unfinished ones install none', async () => {
  await metric.insert('work_order', [
    job('A'),
    job('A', { wo_id: 'again', completed_at: '2026-03-05' }),
    job('B', { kind: 'repair' }),
    job('C', { stream_id: 'NCV-01' }),
    job('D', { completed_at: null }),
  ]);
  await metric.insert(
    'asset',
    ['A', 'B', 'C', 'D', 'E'].map((id) => charger(id, '2026-03-01', '2026-03-10T12:00:00Z')),
  );
  expect(await metric.nums()).toEqual({ A: 240 });
});

test('a session after the as-of day has not happened', async () => {
  await metric.insert('work_order', [job('A')]);
  await metric.insert('asset', [charger('A', '2026-03-01', '2026-03-10')]);
  expect(await metric.nums('2026-03-10T00:00:00Z')).toEqual({});
});
