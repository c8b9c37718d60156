import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.4/installation-time');

const created_at = '2026-01-01T12:00:00Z';

test('the wait ends when the charger is both installed and inspected, whichever comes last', async () => {
  await metric.insert('work_order', [
    { wo_id: 'inspected-last', kind: 'install', created_at, completed_at: '2026-02-01', inspected_at: '2026-03-01T03:00:00Z' },
    { wo_id: 'completed-last', kind: 'install', created_at, completed_at: '2026-02-10T12:00:00Z', inspected_at: '2026-02-01' },
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.day, row.num])).toEqual([
    ['completed-last', '2026-02-10', 40],
    ['inspected-last', '2026-02-28', 58.625],
  ]);
});

test('without completion or without inspection, also by the as-of day, a job is not finished', async () => {
  await metric.insert('work_order', [
    { wo_id: 'no-inspection', kind: 'install', created_at, completed_at: '2026-02-01' },
    { wo_id: 'no-completion', kind: 'install', created_at, inspected_at: '2026-02-01' },
    { wo_id: 'inspected-later', kind: 'install', created_at, completed_at: '2026-02-01', inspected_at: '2026-05-01' },
  ]);
  expect(await metric.nums('2026-04-01T04:00:00Z')).toEqual({});
});

test('a job of twelve chargers counts once; repairs, home jobs and jobs done before their order do not', async () => {
  const done = { completed_at: '2026-01-11T12:00:00Z', inspected_at: '2026-01-11T12:00:00Z' };
  await metric.insert('work_order', [
    { wo_id: 'site', kind: 'install', created_at, ...done, device_count: 12 },
    { wo_id: 'repair', kind: 'repair', created_at, ...done },
    { wo_id: 'home', kind: 'install', created_at, ...done, stream_id: 'NCV-01' },
    { wo_id: 'turned', kind: 'install', created_at: '2026-02-01', ...done },
  ]);
  expect(await metric.nums()).toEqual({ site: 10 });
});
