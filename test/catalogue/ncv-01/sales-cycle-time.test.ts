import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.3/sales-cycle-time');

test('days run from opening to signing and count on the day of signing: 10 days and a half', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'O1', created_at: '2026-02-18T12:00:00Z', signed_at: '2026-03-01T00:00:00Z', outcome: 'won', region: 'North' },
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day, row.num, row.den, row.region])).toEqual([
    ['O1', '2026-02-28', 10.5, 1, 'North'],
  ]);
});

test('a decision date is no signature, and lost, open and unsigned deals have no cycle time', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'decided', created_at: '2026-02-01', decided_at: '2026-02-05', outcome: 'won' },
    { opp_id: 'lost', created_at: '2026-02-01', decided_at: '2026-02-05', signed_at: '2026-02-05', outcome: 'lost' },
    { opp_id: 'open', created_at: '2026-02-01', decided_at: '2026-12-05', outcome: 'open' },
    { opp_id: 'won', created_at: '2026-02-01', decided_at: '2026-02-25', signed_at: '2026-02-15', outcome: 'won' },
  ]);
  expect(await metric.nums()).toEqual({ won: 14 });
});

test('an amendment of a contract is no sale of its own: its two days are not in the figure', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'sale', created_at: '2026-02-01', signed_at: '2026-02-15', outcome: 'won' },
    { opp_id: 'change', created_at: '2026-05-01', signed_at: '2026-05-03', outcome: 'won', amendment_of: 'sale' },
  ]);
  expect(await metric.nums()).toEqual({ sale: 14 });
});

test('signed before opened is a data error and left out; signed at once is zero days', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'turned', created_at: '2026-02-02', signed_at: '2026-02-01', outcome: 'won' },
    { opp_id: 'at-once', created_at: '2026-02-02', signed_at: '2026-02-02', outcome: 'won' },
  ]);
  expect(await metric.nums()).toEqual({ 'at-once': 0 });
});

test('a signature after the as-of day is not known yet, and the other stream has a metric of its own', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'later', created_at: '2026-02-02', signed_at: '2026-06-01', outcome: 'won' },
    { opp_id: 'charging', created_at: '2026-02-02', signed_at: '2026-02-04', outcome: 'won', stream_id: 'NCV-02' },
  ]);
  expect(await metric.nums('2026-05-01T04:00:00Z')).toEqual({});
});
