import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.1/marketing-spend-roi', { exchangeRates: { EUR: { '2026-01': 1.1, '2026-04': 1.2 } } });

const searchSpend = { spend_id: 'S1', period_start: '2026-01-01', amount: 1000, channel: 'search' };

function wonDeal(id: string, signedAt: string, margin: number | null) {
  return { opp_id: id, created_at: '2026-01-05', outcome: 'won', signed_at: signedAt, gross_margin: margin };
}

test('1,000 spent in January and a January lead with a margin of 2,500 signed in April: (2,500 − 1,000) / 1,000 = 1.5', async () => {
  await metric.insert('marketing_spend', [searchSpend]);
  await metric.insert('opportunity', [wonDeal('O1', '2026-04-20', 2500)]);
  await metric.insert('lead', [{ lead_id: 'L1', created_at: '2026-02-01T04:00:00Z', channel: 'search', opportunity_id: 'O1' }]);
  expect(await metric.totals()).toEqual({ num: 1500, den: 1000 });
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_table, row.entity_id, row.day, row.num, row.den, row.channel, row.matures_on])).toEqual([
    ['opportunity', 'O1', '2026-01-31', 2500, 0, 'search', '2026-07-31'],
    ['marketing_spend', 'S1', '2026-01-01', -1000, 1000, 'search', '2026-07-31'],
  ]);
});

test('six months after the end of August is the end of February', async () => {
  await metric.insert('marketing_spend', [{ ...searchSpend, period_start: '2026-08-01' }]);
  const [row] = await metric.observe();
  expect(row?.matures_on).toBe('2027-02-28');
});

test('a deal signed six calendar months after its lead or later earns it nothing', async () => {
  await metric.insert('marketing_spend', [searchSpend]);
  await metric.insert('opportunity', [
    wonDeal('in-time', '2026-07-10T11:59:59Z', 10),
    wonDeal('too-late', '2026-07-10T12:00:00Z', 20),
  ]);
  await metric.insert('lead', [
    { lead_id: 'L1', created_at: '2026-01-10T12:00:00Z', channel: 'search', opportunity_id: 'in-time' },
    { lead_id: 'L2', created_at: '2026-01-10T12:00:00Z', channel: 'search', opportunity_id: 'too-late' },
  ]);
  expect(await metric.totals()).toEqual({ num: 10 - 1000, den: 1000 });
});

test('organic wins, lost and open deals, unknown margins and test leads are credited to nobody', async () => {
  await metric.insert('marketing_spend', [
    searchSpend,
    { spend_id: 'S0', period_start: '2026-01-01', amount: 0, channel: 'referral' },
  ]);
  await metric.insert('opportunity', [
    wonDeal('organic', '2026-03-01', 100),
    wonDeal('unpaid', '2026-03-01', 200),
    wonDeal('blank', '2026-03-01', null),
    wonDeal('tested', '2026-03-01', 400),
    { opp_id: 'lost', created_at: '2026-01-05', outcome: 'lost', decided_at: '2026-03-01', gross_margin: 800 },
    { opp_id: 'open', created_at: '2026-01-05', outcome: 'open', gross_margin: 1600 },
  ]);
  await metric.insert(
    'lead',
    [
      ['organic', 'organic', false],
      ['unpaid', 'referral', false],
      ['blank', 'search', false],
      ['tested', 'search', true],
      ['lost', 'search', false],
      ['open', 'search', false],
    ].map(([id, channel, isTest]) => ({
      lead_id: `L-${id}`,
      created_at: '2026-01-10',
      channel: channel ?? null,
      opportunity_id: id ?? null,
      is_test: isTest ?? null,
    })),
  );
  expect(await metric.totals()).toEqual({ num: -1000, den: 1000 });
});

test('a deal with two leads is credited once, to the last of them', async () => {
  await metric.insert('marketing_spend', [
    searchSpend,
    { spend_id: 'S2', period_start: '2026-02-01', amount: 50, channel: 'social' },
  ]);
  await metric.insert('opportunity', [wonDeal('O1', '2026-03-01', 700)]);
  await metric.insert('lead', [
    { lead_id: 'first', created_at: '2026-01-10', channel: 'search', opportunity_id: 'O1' },
    { lead_id: 'last', created_at: '2026-02-10', channel: 'social', opportunity_id: 'O1' },
  ]);
  const credited = (await metric.observe()).filter((row) => row.entity_table === 'opportunity');
  expect(credited.map((row) => [row.day, row.channel, row.num])).toEqual([['2026-02-09', 'social', 700]]);
});

test('a repeated enquiry keeps its margin, though it is no net new lead', async () => {
  await metric.insert('marketing_spend', [searchSpend]);
  await metric.insert('opportunity', [wonDeal('O1', '2026-03-01', 700)]);
  await metric.insert('lead', [
    { lead_id: 'L1', created_at: '2026-01-10', channel: 'search', email_hash: 'a' },
    { lead_id: 'L2', created_at: '2026-01-20', channel: 'search', email_hash: 'a', opportunity_id: 'O1' },
  ]);
  expect(await metric.totals()).toEqual({ num: -300, den: 1000 });
});

test('money in another currency is taken at the rate of its month: 100 EUR spent at 1.1, 200 EUR margin signed at 1.2', async () => {
  await metric.insert('marketing_spend', [{ ...searchSpend, amount: 100, currency: 'EUR' }]);
  await metric.insert('opportunity', [{ ...wonDeal('O1', '2026-04-10', 200), currency: 'EUR' }]);
  await metric.insert('lead', [{ lead_id: 'L1', created_at: '2026-01-10', channel: 'search', opportunity_id: 'O1' }]);
  const totals = await metric.totals();
  expect(totals.num).toBeCloseTo(240 - 110, 9);
  expect(totals.den).toBeCloseTo(110, 9);
});

test('spend and signatures after the as-of day, and spend of the other stream, are not there', async () => {
  await metric.insert('marketing_spend', [
    searchSpend,
    { spend_id: 'next', period_start: '2026-02-01', amount: 5, channel: 'search' },
    { spend_id: 'other', period_start: '2026-01-01', amount: 7, channel: 'search', stream_id: 'NCV-02' },
  ]);
  await metric.insert('opportunity', [wonDeal('O1', '2026-02-01T05:00:00Z', 700)]);
  await metric.insert('lead', [{ lead_id: 'L1', created_at: '2026-01-10', channel: 'search', opportunity_id: 'O1' }]);
  expect(await metric.totals('2026-02-01T05:00:00Z')).toEqual({ num: -1000, den: 1000 });
});
