import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.4/first-time-right-install-rate');

const install = (wo_id: string, more: object = {}) => ({
  wo_id,
  kind: 'install',
  created_at: '2026-01-01',
  completed_at: '2026-02-01T12:00:00Z',
  asset_id: `CB-${wo_id}`,
  inspection_first_result: 'pass',
  ...more,
});
const later = (wo_id: string, of: string, created_at: string, kind: string, defect_cause: string | null = null) => ({
  wo_id,
  kind,
  created_at,
  asset_id: `CB-${of}`,
  defect_cause,
});

test('a failed or missing inspection is not right the first time; an inspector who did not come says nothing', async () => {
  await metric.insert('work_order', [
    install('passed'),
    install('failed', { inspection_first_result: 'fail', inspected_at: '2026-02-20' }),
    install('absent', { inspection_first_result: 'no_show' }),
    install('unsaid', { inspection_first_result: null }),
  ]);
  expect(await metric.nums()).toEqual({ passed: 1, failed: 0, unsaid: 0 });
});

test('rework on the same charger, from its order until day 30 after completion, spoils it under any order number', async () => {
  await metric.insert('work_order', [
    install('day-30'),
    install('later'),
    install('before'),
    install('other'),
    later('R1', 'day-30', '2026-03-03T12:00:00Z', 'rework'),
    later('R2', 'later', '2026-03-03T12:00:01Z', 'rework'),
    later('R3', 'before', '2025-12-20', 'rework'),
    install('punched'),
    later('R5', 'punched', '2026-01-20', 'rework'),
    later('R4', 'someone-else', '2026-02-03', 'rework'),
  ]);
  expect(await metric.nums()).toEqual({ 'day-30': 0, later: 1, before: 1, punched: 0, other: 1 });
});

test('where no charger is named, rework is found by the site', async () => {
  await metric.insert('work_order', [
    install('A', { asset_id: null, site_id: 'S1' }),
    install('B', { site_id: 'S2' }),
    install('C', { site_id: 'S2' }),
    { wo_id: 'R1', kind: 'rework', created_at: '2026-02-03', site_id: 'S1' },
    { wo_id: 'R2', kind: 'rework', created_at: '2026-02-03', site_id: 'S2', asset_id: 'CB-B' },
  ]);
  expect(await metric.nums()).toEqual({ A: 0, B: 0, C: 1 });
});

test('a repair spoils only where the installation caused it, and two spoil it once', async () => {
  await metric.insert('work_order', [
    install('loose'),
    install('rammed'),
    install('unsaid'),
    later('R1', 'loose', '2026-02-05', 'repair', 'Install - loose terminal'),
    later('R2', 'loose', '2026-02-06', 'repair', 'installation'),
    later('R3', 'rammed', '2026-02-05', 'repair', 'vehicle impact'),
    later('R4', 'unsaid', '2026-02-05', 'repair'),
    later('R5', 'unsaid', '2026-02-05', 'maintenance', 'install check'),
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.num])).toEqual([
    ['loose', 0],
    ['rammed', 1],
    ['unsaid', 1],
  ]);
});

test('a site of three chargers is three installations, each with its own month and maturity', async () => {
  await metric.insert('work_order', [
    install('A', { site_id: 'S' }),
    install('B', { site_id: 'S', completed_at: '2026-03-01T03:00:00Z' }),
    install('C', { site_id: 'S', completed_at: null }),
    install('home', { stream_id: 'NCV-01' }),
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.day, row.matures_on])).toEqual([
    ['A', '2026-02-01', '2026-03-03'],
    ['B', '2026-02-28', '2026-03-30'],
  ]);
});
