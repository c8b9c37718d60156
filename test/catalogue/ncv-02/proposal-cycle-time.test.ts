import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.2/proposal-cycle-time');

test('the wait ends with the first proposal, not with its last revision', async () => {
  await metric.insert('lead', [
    { lead_id: 'L', created_at: '2026-02-01', qualified_at: '2026-02-20T17:00:00Z', opportunity_id: 'O' },
  ]);
  await metric.insert('quote', [
    { quote_id: 'Q1', opp_id: 'O', version: 1, issued_at: '2026-03-01T05:00:00Z' },
    { quote_id: 'Q2', opp_id: 'O', version: 2, issued_at: '2026-03-20' },
    { quote_id: 'Q0', opp_id: 'O', version: 0 },
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.day, row.num])).toEqual([['Q1', '2026-03-01', 8.5]]);
});

test('of two leads behind one opportunity the wait begins with the first qualified', async () => {
  await metric.insert('lead', [
    { lead_id: 'L1', created_at: '2026-02-01', qualified_at: '2026-02-10', opportunity_id: 'O' },
    { lead_id: 'L2', created_at: '2026-02-01', qualified_at: '2026-02-12', opportunity_id: 'O' },
    { lead_id: 'L3', created_at: '2026-02-01', opportunity_id: 'O' },
  ]);
  await metric.insert('quote', [{ quote_id: 'Q', opp_id: 'O', version: 1, issued_at: '2026-02-14' }]);
  expect(await metric.nums()).toEqual({ Q: 4 });
});

test('issued before qualified is a data error; without a qualified lead nothing can be said', async () => {
  await metric.insert('lead', [
    { lead_id: 'L1', created_at: '2026-02-01', qualified_at: '2026-02-10', opportunity_id: 'turned' },
    { lead_id: 'L2', created_at: '2026-02-01', opportunity_id: 'unqualified' },
  ]);
  await metric.insert('quote', [
    { quote_id: 'Q1', opp_id: 'turned', issued_at: '2026-02-09' },
    { quote_id: 'Q2', opp_id: 'unqualified', issued_at: '2026-02-09' },
    { quote_id: 'Q3', opp_id: 'unknown', issued_at: '2026-02-09' },
  ]);
  expect(await metric.nums()).toEqual({});
});

test('a proposal issued after the as-of day does not exist, and the home stream has none', async () => {
  await metric.insert('lead', [{ lead_id: 'L', created_at: '2026-02-01', qualified_at: '2026-02-10', opportunity_id: 'O' }]);
  await metric.insert('quote', [
    { quote_id: 'Q', opp_id: 'O', issued_at: '2026-03-09' },
    { quote_id: 'H', opp_id: 'O', issued_at: '2026-02-11', stream_id: 'NCV-01' },
  ]);
  expect(await metric.nums('2026-03-09T00:00:00Z')).toEqual({});
});
