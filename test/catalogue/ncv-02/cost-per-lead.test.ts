import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.1/cost-per-lead');

const EUROS = { exchangeRates: { EUR: { '2026-03': 1.1 } } };
const converted = metricUnderTest('ncv-02.1/cost-per-lead', EUROS);

test('spend by leads, not the mean of the channels: 1,000 for 10 and 90 for 1 are 99.09 a lead', async () => {
  await metric.insert('marketing_spend', [
    { spend_id: 'S1', period_start: '2026-03-01', amount: 1000, channel: 'search' },
    { spend_id: 'S2', period_start: '2026-03-15', amount: 90, channel: 'fair' },
  ]);
  const leads = Array.from({ length: 10 }, (_, index) => ({ lead_id: `L${index}`, created_at: '2026-03-10', channel: 'search' }));
  await metric.insert('lead', [...leads, { lead_id: 'F', created_at: '2026-03-20', channel: 'fair' }]);
  const { num, den } = await metric.totals();
  expect([num, den]).toEqual([1090, 11]);
});

test('leads that cost nothing share the spend; those of the other stream and repeats do not', async () => {
  await metric.insert('marketing_spend', [
    { spend_id: 'S', period_start: '2026-03-01', amount: 50, channel: 'search' },
    { spend_id: 'home', period_start: '2026-03-01', amount: 70, channel: 'fair', stream_id: 'NCV-01' },
  ]);
  await metric.insert('lead', [
    { lead_id: 'paid', created_at: '2026-03-02', channel: 'search' },
    { lead_id: 'organic', created_at: '2026-03-02', channel: 'referral' },
    { lead_id: 'home-lead', created_at: '2026-03-02', channel: 'fair', stream_id: 'NCV-01' },
    { lead_id: 'twice', created_at: '2026-03-02', channel: 'search', is_duplicate_of: 'paid' },
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.num, row.den, row.entity_table])).toEqual([
    ['S', 50, 0, 'marketing_spend'],
    ['organic', 0, 1, 'lead'],
    ['paid', 0, 1, 'lead'],
  ]);
});

test('a month with leads but no spend costs nothing, one with spend but no leads has no value', async () => {
  await metric.insert('marketing_spend', [
    { spend_id: 'S', period_start: '2026-03-01', period_end: '2026-03-31', amount: 50, channel: 'search' },
  ]);
  await metric.insert('lead', [{ lead_id: 'L', created_at: '2026-04-01T03:59:00Z', channel: 'search' }]);
  await metric.insert('lead', [{ lead_id: 'M', created_at: '2026-05-02', channel: 'search' }]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.day, row.num, row.den])).toEqual([
    ['L', '2026-03-31', 0, 1],
    ['M', '2026-05-01', 0, 1],
    ['S', '2026-03-01', 50, 0],
  ]);
});

test('spend planned for after the as-of day is not spent', async () => {
  await metric.insert('marketing_spend', [{ spend_id: 'S', period_start: '2026-06-01', amount: 50, channel: 'search' }]);
  expect(await metric.observe('2026-06-01T04:00:00Z')).toEqual([]);
});

test('another currency counts at its month rate; without a rate the line is left out, never taken at par', async () => {
  await converted.insert('marketing_spend', [
    { spend_id: 'E', period_start: '2026-03-01', amount: 100, currency: 'EUR', channel: 'search' },
    { spend_id: 'no-rate', period_start: '2026-04-01', amount: 100, currency: 'EUR', channel: 'search' },
  ]);
  expect((await converted.totals()).num).toBeCloseTo(110, 10);
});
