import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.3/average-deal-size');

const euros = metricUnderTest('ncv-02.3/average-deal-size', { exchangeRates: { EUR: { '2026-02': 1.5 } } });
const created_at = '2026-01-01';
const signed_at = '2026-03-03T12:00:00Z';

test('a blank amount is unknown and never zero, a pilot of zero is a deal: (900 + 0) / 2', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'deal', created_at, signed_at, outcome: 'won', amount_net: 900 },
    { opp_id: 'pilot', created_at, signed_at, outcome: 'won', amount_net: 0 },
    { opp_id: 'blank', created_at, signed_at, outcome: 'won', amount_net: null },
  ]);
  expect(await metric.totals()).toEqual({ num: 900, den: 2 });
});

test('over segments it is the mean of deals, not of segment means: (3 × 10 + 970) / 4 is 250', async () => {
  await metric.insert('opportunity', [
    ...['a', 'b', 'c'].map((opp_id) => ({
      opp_id,
      created_at,
      signed_at,
      outcome: 'won',
      amount_net: 10,
      segment: 'residential',
    })),
    { opp_id: 'd', created_at, signed_at, outcome: 'won', amount_net: 970, segment: 'fleet' },
  ]);
  const { num, den } = await metric.totals();
  expect(num / den).toBe(250);
});

test('open, lost, unsigned, amended and home deals are none', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'open', created_at, signed_at, outcome: 'open', amount_net: 1 },
    { opp_id: 'lost', created_at, signed_at, outcome: 'lost', amount_net: 1 },
    { opp_id: 'unsigned', created_at, decided_at: signed_at, outcome: 'won', amount_net: 1 },
    { opp_id: 'amendment', created_at, signed_at, outcome: 'won', amount_net: 1, amendment_of: 'x' },
    { opp_id: 'home', created_at, signed_at, outcome: 'won', amount_net: 1, stream_id: 'NCV-01' },
  ]);
  expect(await metric.nums()).toEqual({});
});

test('the rate is that of the local month of signing; a deal without a rate is left out', async () => {
  await euros.insert('opportunity', [
    { opp_id: 'edge', created_at, signed_at: '2026-03-01T03:00:00Z', outcome: 'won', amount_net: 100, currency: 'EUR' },
    { opp_id: 'no-rate', created_at, signed_at, outcome: 'won', amount_net: 100, currency: 'EUR' },
  ]);
  expect((await euros.observe()).map((row) => [row.entity_id, row.day, row.num])).toEqual([['edge', '2026-02-28', 150]]);
});
