import { describe, expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.3/win-rate');

test('two won, one lost and three open give 2 of 3: open deals are in neither part', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'w1', created_at: '2026-01-01', outcome: 'won', decided_at: '2026-03-01T04:59:00Z' },
    { opp_id: 'w2', created_at: '2026-01-01', outcome: 'won', decided_at: '2026-03-01T05:00:00Z' },
    { opp_id: 'l1', created_at: '2026-01-01', outcome: 'lost', decided_at: '2026-03-20' },
    { opp_id: 'o1', created_at: '2026-01-01', outcome: 'open' },
    { opp_id: 'forecast', created_at: '2026-01-01', outcome: 'open', decided_at: '2026-03-20' },
    { opp_id: 'unsaid', created_at: '2026-01-01', decided_at: '2026-03-20' },
  ]);
  expect(await metric.totals()).toEqual({ num: 2, den: 3 });
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day])).toEqual([
    ['l1', '2026-03-19'],
    ['w1', '2026-02-28'],
    ['w2', '2026-03-01'],
  ]);
});

test('a decision after the as-of day leaves the deal open until then', async () => {
  await metric.insert('opportunity', [{ opp_id: 'w', created_at: '2026-01-01', outcome: 'won', decided_at: '2026-03-20' }]);
  expect(await metric.observe('2026-03-10T05:00:00Z')).toEqual([]);
  expect(await metric.nums('2026-04-01T04:00:00Z')).toEqual({ w: 1 });
});

test('deals of the other stream are left out, deals whose stream nobody states are not', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'charging', created_at: '2026-01-01', outcome: 'won', decided_at: '2026-03-01', stream_id: 'NCV-02' },
    { opp_id: 'unstated', created_at: '2026-01-01', outcome: 'lost', decided_at: '2026-03-01' },
  ]);
  expect(await metric.nums()).toEqual({ unstated: 0 });
});

test('an amendment of a contract is no deal won a second time', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'deal', created_at: '2026-01-01', outcome: 'won', decided_at: '2026-03-01T12:00:00Z' },
    { opp_id: 'more', created_at: '2026-03-05', outcome: 'won', decided_at: '2026-03-06', amendment_of: 'deal' },
  ]);
  expect(await metric.nums()).toEqual({ deal: 1 });
});

test('however old, an open deal is not lost by default', async () => {
  await metric.insert('opportunity', [{ opp_id: 'old', created_at: '2024-01-01', outcome: 'open' }]);
  expect(await metric.observe()).toEqual([]);
});

describe('where stale deals count as lost', () => {
  const strict = metricUnderTest('ncv-01.3/win-rate', { rules: { staleOpportunityIsLost: true } });

  test('a deal open for more than 180 days is lost on the day it goes stale, unless it was signed or decided', async () => {
    await strict.insert('opportunity', [
      { opp_id: 'stale', created_at: '2026-01-01T12:00:00Z', outcome: 'open' },
      { opp_id: 'young', created_at: '2026-08-01', outcome: 'open' },
      { opp_id: 'signed', created_at: '2026-01-01', outcome: 'won', signed_at: '2026-02-01' },
      { opp_id: 'late-win', created_at: '2025-10-01', outcome: 'won', decided_at: '2026-08-01' },
    ]);
    const rows = await strict.observe('2026-10-01T04:00:00Z');
    expect(rows.map((row) => [row.entity_id, row.day, row.num])).toEqual([
      ['late-win', '2026-07-31', 1],
      ['stale', '2026-06-30', 0],
    ]);
  });
});
