import { describe, expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.1/lead-volume');

test('a lead counts in the month of its business day: 03:30 UTC on 1 March is still February in New York', async () => {
  await metric.insert('lead', [
    { lead_id: 'L1', created_at: '2026-03-01T03:30:00Z', segment: 'residential', channel: 'search' },
    { lead_id: 'L2', created_at: '2026-03-01T05:30:00Z' },
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day, row.num, row.den, row.segment, row.channel])).toEqual([
    ['L1', '2026-02-28', 1, null, 'residential', 'search'],
    ['L2', '2026-03-01', 1, null, 'unknown', 'unknown'],
  ]);
});

test('tests, addresses outside the service area and marked duplicates are no net new leads', async () => {
  await metric.insert('lead', [
    { lead_id: 'good', created_at: '2026-03-02', serviceable: true, is_test: false },
    { lead_id: 'silent', created_at: '2026-03-02' },
    { lead_id: 'test', created_at: '2026-03-02', is_test: true },
    { lead_id: 'outside', created_at: '2026-03-02', serviceable: false },
    { lead_id: 'copy', created_at: '2026-03-02', is_duplicate_of: 'good' },
    { lead_id: 'charging', created_at: '2026-03-02', stream_id: 'NCV-02' },
  ]);
  expect(await metric.nums()).toEqual({ good: 1, silent: 1 });
});

test('one who asks again after 90 days or less is counted once; after more than 90 days anew', async () => {
  await metric.insert('lead', [
    { lead_id: 'a1', created_at: '2026-01-01T12:00:00Z', email_hash: 'a' },
    { lead_id: 'a2-day90', created_at: '2026-04-01T12:00:00Z', email_hash: 'a' },
    { lead_id: 'b1', created_at: '2026-01-01T12:00:00Z', email_hash: 'b' },
    { lead_id: 'b2-later', created_at: '2026-04-01T12:00:01Z', email_hash: 'b' },
  ]);
  expect(Object.keys(await metric.nums())).toEqual(['a1', 'b1', 'b2-later']);
});

test('the gap is taken from the enquiry just before, counted or not: days 0, 60, 120 are one lead, day 211 is a second', async () => {
  await metric.insert('lead', [
    { lead_id: 'd000', created_at: '2026-01-01', email_hash: 'a' },
    { lead_id: 'd060', created_at: '2026-03-02', email_hash: 'a' },
    { lead_id: 'd120', created_at: '2026-05-01', email_hash: 'a' },
    { lead_id: 'd211', created_at: '2026-07-31', email_hash: 'a' },
  ]);
  expect(Object.keys(await metric.nums())).toEqual(['d000', 'd211']);
});

test('the same telephone with another email is the same person; people without either are never merged', async () => {
  await metric.insert('lead', [
    { lead_id: 'p1', created_at: '2026-01-01', email_hash: 'a', phone_hash: 'x' },
    { lead_id: 'p2', created_at: '2026-01-20', email_hash: 'b', phone_hash: 'x' },
    { lead_id: 'n1', created_at: '2026-01-01' },
    { lead_id: 'n2', created_at: '2026-01-01' },
  ]);
  expect(Object.keys(await metric.nums())).toEqual(['n1', 'n2', 'p1']);
});

test('one who first asked for an address out of area and then for one inside it is a new lead', async () => {
  await metric.insert('lead', [
    { lead_id: 'cottage', created_at: '2026-03-01', email_hash: 'a', serviceable: false },
    { lead_id: 'home', created_at: '2026-03-20', email_hash: 'a' },
  ]);
  expect((await metric.observe()).map((row) => row.entity_id)).toEqual(['home']);
});

test('a test lead or a lead of the other stream with the same email does not make the real lead a repeat', async () => {
  await metric.insert('lead', [
    { lead_id: 'test', created_at: '2026-01-01', email_hash: 'a', is_test: true },
    { lead_id: 'charging', created_at: '2026-01-02', email_hash: 'a', stream_id: 'NCV-02' },
    { lead_id: 'real', created_at: '2026-01-03', email_hash: 'a', stream_id: 'NCV-01' },
  ]);
  expect(await metric.nums()).toEqual({ real: 1 });
});

test('leads that came in after the as-of day do not exist yet', async () => {
  await metric.insert('lead', [
    { lead_id: 'before', created_at: '2026-05-01T03:59:59Z' },
    { lead_id: 'after', created_at: '2026-05-01T04:00:00Z' },
  ]);
  expect(await metric.nums('2026-05-01T04:00:00Z')).toEqual({ before: 1 });
});

describe('with a window of ten days', () => {
  const short = metricUnderTest('ncv-01.1/lead-volume', { rules: { leadDuplicateDays: 10 } });

  test('a second enquiry on day eleven is a new lead', async () => {
    await short.insert('lead', [
      { lead_id: 'a1', created_at: '2026-01-01', email_hash: 'a' },
      { lead_id: 'a2', created_at: '2026-01-12', email_hash: 'a' },
    ]);
    expect(await short.totals()).toEqual({ num: 2, den: 0 });
  });
});
