import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.1/gross-lead-volume');

test('every record of the stream counts: a test, a repeat and one outside the area beside one good lead are 4', async () => {
  await metric.insert('lead', [
    { lead_id: 'good', created_at: '2026-03-01T03:00:00Z', email_hash: 'a' },
    { lead_id: 'repeat', created_at: '2026-03-02', email_hash: 'a', is_duplicate_of: 'good' },
    { lead_id: 'test', created_at: '2026-03-02', is_test: true },
    { lead_id: 'outside', created_at: '2026-03-02', serviceable: false },
    { lead_id: 'charging', created_at: '2026-03-02', stream_id: 'NCV-02' },
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => row.num)).toEqual([1, 1, 1, 1]);
  expect(rows.find((row) => row.entity_id === 'good')?.day).toBe('2026-02-28');
});
