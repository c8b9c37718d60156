import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.3/value-weighted-win-rate', { exchangeRates: { EUR: { '2026-03': 2 } } });

test('1,000 won, 3,000 lost and 500 EUR won at 2.0 are 2,000 of 5,000', async () => {
  const decided = { created_at: '2026-01-01', decided_at: '2026-03-10' };
  await metric.insert('opportunity', [
    { ...decided, opp_id: 'won', outcome: 'won', amount_net: 1000 },
    { ...decided, opp_id: 'lost', outcome: 'lost', amount_net: 3000 },
    { ...decided, opp_id: 'euro', outcome: 'won', amount_net: 500, currency: 'EUR' },
    { ...decided, opp_id: 'blank', outcome: 'won' },
    { ...decided, opp_id: 'open', outcome: 'open', amount_net: 9000 },
    { ...decided, opp_id: 'charging', outcome: 'won', amount_net: 9000, stream_id: 'NCV-02' },
  ]);
  expect(await metric.totals()).toEqual({ num: 2000, den: 5000 });
});

test('a value in a currency without a rate is in neither part', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'yen', created_at: '2026-01-01', decided_at: '2026-03-10', outcome: 'won', amount_net: 5, currency: 'JPY' },
  ]);
  const [row] = await metric.observe();
  expect([row?.num, row?.den]).toEqual([null, null]);
});
