import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.5/commissioned-within-14-days');

test('a retry that passes on day 14 is in time, a second later is not', async () => {
  const attempt = (asset_id: string, attempt_no: number, result: string, done_at: string) => ({
    case_id: 'J',
    asset_id,
    step: 'commission',
    attempt_no,
    result,
    done_at,
  });
  await metric.insert('activation_step', [
    attempt('at', 1, 'fail', '2026-03-01T12:00:00Z'),
    attempt('at', 2, 'pass', '2026-03-15T12:00:00Z'),
    attempt('late', 1, 'fail', '2026-03-01T12:00:00Z'),
    attempt('late', 2, 'pass', '2026-03-15T12:00:01Z'),
    attempt('first', 1, 'pass', '2026-03-01T12:00:00Z'),
    attempt('never', 1, 'fail', '2026-03-01T12:00:00Z'),
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id.split('|')[1], row.num, row.matures_on])).toEqual([
    ['at', 1, '2026-03-15'],
    ['first', 1, '2026-03-15'],
    ['late', 0, '2026-03-15'],
    ['never', 0, '2026-03-15'],
  ]);
});
