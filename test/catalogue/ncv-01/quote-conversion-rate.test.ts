import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.2/quote-conversion-rate');

test('three versions are one quote: the second accepted makes 1 of 1, in the month of the first', async () => {
  await metric.insert('quote', [
    { quote_id: 'Q1', opp_id: 'O1', version: 1, issued_at: '2026-03-01T03:00:00Z', status: 'superseded', crew_id: 'A' },
    { quote_id: 'Q2', opp_id: 'O1', version: 2, issued_at: '2026-03-10', accepted_at: '2026-03-20', crew_id: 'A' },
    { quote_id: 'Q3', opp_id: 'O1', version: 3, issued_at: '2026-03-25', crew_id: 'B' },
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day, row.num, row.den, row.matures_on, row.crew])).toEqual([
    ['Q3', '2026-02-28', 1, 1, '2026-05-23', 'B'],
  ]);
});

test('a quote valid for 90 days and accepted on day 75 is accepted, and so is a revision accepted on day 65 of the first', async () => {
  await metric.insert('quote', [
    { quote_id: 'long', opp_id: 'O1', issued_at: '2026-03-01', valid_until: '2026-05-30', accepted_at: '2026-05-15' },
    { quote_id: 'r1', opp_id: 'O3', version: 1, issued_at: '2026-03-01' },
    { quote_id: 'r2', opp_id: 'O3', version: 2, issued_at: '2026-04-29', accepted_at: '2026-05-05' },
  ]);
  expect(await metric.nums()).toEqual({ long: 1, r2: 1 });
});

test('a quote is final when the validity of its latest version is over: its own, else 60 days', async () => {
  await metric.insert('quote', [
    { quote_id: 'own', opp_id: 'O1', issued_at: '2026-03-01T12:00:00Z', valid_until: '2026-04-01T03:59:00Z' },
    { quote_id: 'none', opp_id: 'O2', issued_at: '2026-03-01T12:00:00Z', accepted_at: '2026-03-02' },
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.matures_on])).toEqual([
    ['none', '2026-04-30'],
    ['own', '2026-03-31'],
  ]);
});

test('a quote that is silent stays in the denominator: 1 accepted, 1 declined, 1 silent give 1 of 3', async () => {
  await metric.insert('quote', [
    { quote_id: 'yes', opp_id: 'O1', version: 1, issued_at: '2026-03-01', accepted_at: '2026-03-05' },
    { quote_id: 'no', opp_id: 'O2', version: 1, issued_at: '2026-03-01', declined_at: '2026-03-05' },
    { quote_id: 'silent', opp_id: 'O3', version: 1, issued_at: '2026-03-01', valid_until: '2026-04-01' },
  ]);
  expect(await metric.totals()).toEqual({ num: 1, den: 3 });
});

test('drafts, and quotes of the other stream, are no quotes here; a draft after an issued version does not hide it', async () => {
  await metric.insert('quote', [
    { quote_id: 'draft', opp_id: 'O1', version: 1 },
    { quote_id: 'sent', opp_id: 'O2', version: 1, issued_at: '2026-03-01' },
    { quote_id: 'sent-draft', opp_id: 'O2', version: 2 },
    { quote_id: 'charging', opp_id: 'O3', version: 1, issued_at: '2026-03-01', stream_id: 'NCV-02' },
  ]);
  expect(await metric.nums()).toEqual({ sent: 0 });
});

test('acceptances and versions after the as-of day are not known yet', async () => {
  await metric.insert('quote', [
    { quote_id: 'v1', opp_id: 'O1', version: 1, issued_at: '2026-03-01' },
    { quote_id: 'v2', opp_id: 'O1', version: 2, issued_at: '2026-03-20', accepted_at: '2026-03-25' },
  ]);
  expect(await metric.nums('2026-03-10T05:00:00Z')).toEqual({ v1: 0 });
  expect(await metric.nums('2026-03-22T04:00:00Z')).toEqual({ v2: 0 });
  expect(await metric.nums('2026-04-01T04:00:00Z')).toEqual({ v2: 1 });
});
