import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.1/lead-quality');

test('accepted at the thirtieth day counts, a second later does not: 2 of 4 leads', async () => {
  await metric.insert('lead', [
    { lead_id: 'at-30d', created_at: '2026-03-01', mql_at: '2026-03-02T10:00:00Z', sql_at: '2026-04-01T10:00:00Z' },
    { lead_id: 'late', created_at: '2026-03-01', mql_at: '2026-03-02T10:00:00Z', sql_at: '2026-04-01T10:00:01Z' },
    { lead_id: 'next-day', created_at: '2026-03-01', mql_at: '2026-03-02T10:00:00Z', sql_at: '2026-03-03' },
    { lead_id: 'never', created_at: '2026-03-01', mql_at: '2026-03-02T10:00:00Z' },
  ]);
  expect(await metric.nums()).toEqual({ 'at-30d': 1, late: 0, 'next-day': 1, never: 0 });
  expect(await metric.totals()).toEqual({ num: 2, den: 4 });
});

test('a lead belongs to the month of its marketing qualification, not of its acceptance, and matures 30 days after it', async () => {
  await metric.insert('lead', [{ lead_id: 'L', created_at: '2026-01-15', mql_at: '2026-02-01T02:00:00Z', sql_at: '2026-02-20' }]);
  const [row] = await metric.observe();
  expect(row).toMatchObject({ day: '2026-01-31', num: 1, matures_on: '2026-03-02' });
});

test('where the source keeps no sales dates at all, the qualification date stands in for them', async () => {
  await metric.insert('lead', [
    { lead_id: 'fit', created_at: '2026-03-01', mql_at: '2026-03-02', qualified_at: '2026-03-05' },
    { lead_id: 'raw', created_at: '2026-03-01', mql_at: '2026-03-02' },
  ]);
  expect(await metric.nums()).toEqual({ fit: 1, raw: 0 });
});

test('where it keeps them, a lead that is only found fit for an offer is not accepted by sales', async () => {
  await metric.insert('lead', [
    { lead_id: 'accepted', created_at: '2026-03-01', mql_at: '2026-03-02', sql_at: '2026-03-04' },
    { lead_id: 'fit', created_at: '2026-03-01', mql_at: '2026-03-02', qualified_at: '2026-03-05' },
    { lead_id: 'late', created_at: '2026-03-01', mql_at: '2026-03-02', sql_at: '2026-06-01', qualified_at: '2026-03-05' },
  ]);
  expect(await metric.nums()).toEqual({ accepted: 1, fit: 0, late: 0 });
});

test('an acceptance recorded before the qualification still counts as accepted', async () => {
  await metric.insert('lead', [{ lead_id: 'L', created_at: '2026-03-01', mql_at: '2026-03-02', sql_at: '2026-03-01T20:00:00Z' }]);
  expect(await metric.nums()).toEqual({ L: 1 });
});

test('leads never qualified by marketing, repeats, tests and leads outside the area are left out', async () => {
  await metric.insert('lead', [
    { lead_id: 'raw', created_at: '2026-03-01', sql_at: '2026-03-05' },
    { lead_id: 'first', created_at: '2026-03-01', email_hash: 'a', mql_at: '2026-03-02' },
    { lead_id: 'again', created_at: '2026-03-10', email_hash: 'a', mql_at: '2026-03-11', sql_at: '2026-03-12' },
    { lead_id: 'test', created_at: '2026-03-01', mql_at: '2026-03-02', is_test: true },
    { lead_id: 'outside', created_at: '2026-03-01', mql_at: '2026-03-02', serviceable: false },
  ]);
  expect(await metric.nums()).toEqual({ first: 0 });
});

test('an acceptance after the as-of day is not known yet', async () => {
  await metric.insert('lead', [{ lead_id: 'L', created_at: '2026-03-01', mql_at: '2026-03-02', sql_at: '2026-03-20' }]);
  expect(await metric.nums('2026-03-15T04:00:00Z')).toEqual({ L: 0 });
  expect(await metric.nums('2026-03-25T04:00:00Z')).toEqual({ L: 1 });
});
