import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.4/reschedules-per-installation');

test('moves of 0, 1 and 3 are 4 in 3 installations; unknown counts, second visits, repairs and the future are left out', async () => {
  await metric.insert('work_order', [
    { wo_id: 'W1', created_at: '2026-02-01', kind: 'install' },
    { wo_id: 'W2', created_at: '2026-02-01', kind: 'repair' },
  ]);
  const first = { wo_id: 'W1', visit_no: 1, first_sched_start: '2026-03-10T12:00:00Z' };
  await metric.insert('visit', [
    { ...first, visit_id: 'none', resched_count: 0 },
    { ...first, visit_id: 'one', resched_count: 1 },
    { ...first, visit_id: 'three', resched_count: 3 },
    { ...first, visit_id: 'unknown' },
    { ...first, visit_id: 'second', resched_count: 5, visit_no: 2 },
    { ...first, visit_id: 'repair', resched_count: 5, wo_id: 'W2' },
    { ...first, visit_id: 'to-come', resched_count: 5, first_sched_start: '2026-04-10T12:00:00Z' },
  ]);
  expect(await metric.totals('2026-04-01T04:00:00Z')).toEqual({ num: 4, den: 3 });
});
