import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.1/cost-per-qualified-lead');

test('qualified leads share the spend however they came, in the month they were qualified', async () => {
  await metric.insert('marketing_spend', [{ spend_id: 'S', period_start: '2026-03-01', amount: 300, channel: 'search' }]);
  await metric.insert('lead', [
    { lead_id: 'fit', created_at: '2026-02-10', qualified_at: '2026-03-01T06:00:00Z', channel: 'search' },
    { lead_id: 'raw', created_at: '2026-03-10', channel: 'search' },
    { lead_id: 'organic', created_at: '2026-03-10', qualified_at: '2026-03-11', channel: 'referral' },
    { lead_id: 'twice', created_at: '2026-03-10', qualified_at: '2026-03-11', is_duplicate_of: 'fit' },
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.day, row.num, row.den])).toEqual([
    ['S', '2026-03-01', 300, 0],
    ['fit', '2026-03-01', 0, 1],
    ['organic', '2026-03-10', 0, 1],
  ]);
});
