import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.1/paid-cost-per-lead');

test('leads of a channel without spend would flatter the paid ones and stay out', async () => {
  await metric.insert('marketing_spend', [
    { spend_id: 'S', period_start: '2026-03-01', amount: 50, channel: 'search' },
    { spend_id: 'free', period_start: '2026-03-01', amount: 0, channel: 'newsletter' },
    { spend_id: 'home', period_start: '2026-03-01', amount: 70, channel: 'fair', stream_id: 'NCV-01' },
  ]);
  await metric.insert('lead', [
    { lead_id: 'paid', created_at: '2026-03-02', channel: 'search' },
    { lead_id: 'organic', created_at: '2026-03-02', channel: 'referral' },
    { lead_id: 'unpaid', created_at: '2026-03-02', channel: 'newsletter' },
    { lead_id: 'other', created_at: '2026-03-02', channel: 'fair' },
    { lead_id: 'twice', created_at: '2026-03-02', channel: 'search', is_duplicate_of: 'paid' },
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.num, row.den, row.entity_table])).toEqual([
    ['S', 50, 0, 'marketing_spend'],
    ['free', 0, 0, 'marketing_spend'],
    ['paid', 0, 1, 'lead'],
  ]);
});

test('spend planned for after the as-of day is not spent, nor does it make its channel a paid one', async () => {
  await metric.insert('marketing_spend', [{ spend_id: 'S', period_start: '2026-06-01', amount: 50, channel: 'search' }]);
  await metric.insert('lead', [{ lead_id: 'L', created_at: '2026-03-02', channel: 'search' }]);
  expect(await metric.observe('2026-06-01T04:00:00Z')).toEqual([]);
});
