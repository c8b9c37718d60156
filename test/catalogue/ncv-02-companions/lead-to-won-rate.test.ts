import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.1/lead-to-won-rate');

test('won and signed within six months of the lead, once a person', async () => {
  const created_at = '2026-01-10T12:00:00Z';
  await metric.insert('lead', [
    { lead_id: 'won', created_at, opportunity_id: 'O1', email_hash: 'e' },
    { lead_id: 'late', created_at, opportunity_id: 'O2' },
    { lead_id: 'lost', created_at, opportunity_id: 'O3' },
    { lead_id: 'none', created_at },
    { lead_id: 'twice', created_at: '2026-01-20', opportunity_id: 'O1', email_hash: 'e' },
  ]);
  await metric.insert('opportunity', [
    { opp_id: 'O1', created_at, outcome: 'won', signed_at: '2026-07-10T11:59:59Z' },
    { opp_id: 'O2', created_at, outcome: 'won', signed_at: '2026-07-10T12:00:00Z' },
    { opp_id: 'O3', created_at, outcome: 'lost', decided_at: '2026-02-10' },
  ]);
  expect(await metric.nums()).toEqual({ won: 1, late: 0, lost: 0, none: 0 });
  expect((await metric.observe())[0]?.matures_on).toBe('2026-07-10');
});
