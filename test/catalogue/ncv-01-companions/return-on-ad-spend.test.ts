import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.1/return-on-ad-spend');

test('6,000 of revenue for 1,000 spent are 6, whatever the margin; organic and late deals bring nothing', async () => {
  await metric.insert('marketing_spend', [{ spend_id: 'S1', period_start: '2026-01-01', amount: 1000, channel: 'search' }]);
  const won = { created_at: '2026-01-05', outcome: 'won', signed_at: '2026-03-01', gross_margin: 900 };
  await metric.insert('opportunity', [
    { ...won, opp_id: 'paid', amount_net: 6000 },
    { ...won, opp_id: 'organic', amount_net: 500 },
    { ...won, opp_id: 'late', amount_net: 700, signed_at: '2026-07-10' },
    { ...won, opp_id: 'blank' },
  ]);
  await metric.insert('lead', [
    { lead_id: 'L1', created_at: '2026-01-10', channel: 'search', opportunity_id: 'paid' },
    { lead_id: 'L2', created_at: '2026-01-10', channel: 'organic', opportunity_id: 'organic' },
    { lead_id: 'L3', created_at: '2026-01-10', channel: 'search', opportunity_id: 'late' },
    { lead_id: 'L4', created_at: '2026-01-10', channel: 'search', opportunity_id: 'blank' },
  ]);
  expect(await metric.totals()).toEqual({ num: 6000, den: 1000 });
  const days = (await metric.observe()).map((row) => [row.entity_table, row.day, row.matures_on]);
  expect(days).toEqual([
    ['marketing_spend', '2026-01-01', '2026-07-31'],
    ['opportunity', '2026-01-09', '2026-07-31'],
  ]);
});
