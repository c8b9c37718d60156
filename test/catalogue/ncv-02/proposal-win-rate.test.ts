import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.2/proposal-win-rate');

const AS_OF = '2026-06-01T04:00:00Z';

test('accepted, declined and silently expired (after 60 days where no validity is stated) are decided on their day; still valid is not', async () => {
  const issued_at = '2026-03-01';
  await metric.insert('quote', [
    { quote_id: 'accepted', opp_id: 'O1', issued_at, valid_until: '2026-05-01', accepted_at: '2026-04-01T03:00:00Z' },
    { quote_id: 'declined', opp_id: 'O2', issued_at, valid_until: '2026-05-01', declined_at: '2026-04-02T12:00:00Z' },
    { quote_id: 'expired', opp_id: 'O3', issued_at, valid_until: '2026-05-01T12:00:00Z' },
    { quote_id: 'valid', opp_id: 'O4', issued_at, valid_until: '2026-06-01T04:00:00Z' },
    { quote_id: 'unsaid', opp_id: 'O5', issued_at: '2026-03-01T12:00:00Z' },
    { quote_id: 'unsaid-yet', opp_id: 'O6', issued_at: '2026-04-02T04:00:00Z' },
    { quote_id: 'day-unknown', opp_id: 'O7', issued_at, valid_until: '2026-05-01', status: 'accepted' },
  ]);
  expect((await metric.observe(AS_OF)).map((row) => [row.entity_id, row.day, row.num])).toEqual([
    ['accepted', '2026-03-31', 1],
    ['declined', '2026-04-02', 0],
    ['expired', '2026-05-01', 0],
    ['unsaid', '2026-04-30', 0],
  ]);
});

test('three versions are one proposal, and the latest one decides', async () => {
  await metric.insert('quote', [
    { quote_id: 'V1', opp_id: 'O', version: 1, issued_at: '2026-03-01', declined_at: '2026-03-05' },
    { quote_id: 'V2', opp_id: 'O', version: 2, issued_at: '2026-03-08', valid_until: '2026-04-01' },
    { quote_id: 'V3', opp_id: 'O', version: 3, issued_at: '2026-03-20', accepted_at: '2026-04-10' },
    { quote_id: 'draft', opp_id: 'O', version: 4 },
  ]);
  expect(await metric.nums(AS_OF)).toEqual({ V3: 1 });
});

test('an acceptance after the validity is an acceptance', async () => {
  await metric.insert('quote', [
    { quote_id: 'Q', opp_id: 'O', issued_at: '2026-03-01', valid_until: '2026-04-01', accepted_at: '2026-04-20T12:00:00Z' },
  ]);
  expect((await metric.observe(AS_OF)).map((row) => [row.day, row.num])).toEqual([['2026-04-20', 1]]);
});

test('as of an earlier day, a later version and a later answer are not known', async () => {
  await metric.insert('quote', [
    { quote_id: 'V1', opp_id: 'O', version: 1, issued_at: '2026-03-01', valid_until: '2026-03-15' },
    { quote_id: 'V2', opp_id: 'O', version: 2, issued_at: '2026-04-02', accepted_at: '2026-04-10' },
  ]);
  expect(await metric.nums('2026-04-01T04:00:00Z')).toEqual({ V1: 0 });
  expect(await metric.nums('2026-04-05T04:00:00Z')).toEqual({});
});
