import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.5/commissioning-success-rate');

const attempt = (asset_id: string, attempt_no: number | null, result: string, done_at: string | null) => ({
  case_id: 'J',
  asset_id,
  step: 'commission',
  attempt_no,
  result,
  done_at,
});

test('a charger that passes on its third attempt is one charger that failed: retries do not dilute', async () => {
  await metric.insert('activation_step', [
    attempt('A', 3, 'pass', '2026-03-09'),
    attempt('A', 1, 'fail', '2026-03-01T03:00:00Z'),
    attempt('A', 2, 'fail', '2026-03-05'),
    attempt('B', 1, 'pass', '2026-03-02'),
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.day, row.num])).toEqual([
    ['J|A|commission|1', '2026-02-28', 0],
    ['J|B|commission|1', '2026-03-01', 1],
  ]);
});

test('what was skipped, announced or planned is no attempt, and other steps are none', async () => {
  await metric.insert('activation_step', [
    attempt('A', 1, 'skipped', '2026-03-01'),
    attempt('A', 2, 'pass', '2026-03-02'),
    attempt('B', 1, 'invited', '2026-03-01'),
    attempt('C', 1, 'pass', null),
    { ...attempt('D', 1, 'pass', '2026-03-01'), step: 'network_active' },
    { ...attempt('E', 1, 'pass', '2026-03-01'), stream_id: 'NCV-01' },
  ]);
  expect(await metric.nums()).toEqual({ 'J|A|commission|2': 1 });
});

test('as of a day before the retry, the first attempt stands; before the first, the charger is not there', async () => {
  await metric.insert('activation_step', [attempt('A', 1, 'fail', '2026-03-02'), attempt('A', 2, 'pass', '2026-03-05')]);
  expect(await metric.nums('2026-03-04T05:00:00Z')).toEqual({ 'J|A|commission|1': 0 });
  expect(await metric.nums('2026-03-01T05:00:00Z')).toEqual({});
});
