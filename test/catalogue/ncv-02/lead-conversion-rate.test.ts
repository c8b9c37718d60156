import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.1/lead-conversion-rate');

test('converted within 60 days counts to the second, and a fleet has 120', async () => {
  const created_at = '2026-01-10T12:00:00Z';
  await metric.insert('lead', [
    { lead_id: 'at', created_at, converted_at: '2026-03-11T12:00:00Z', segment: 'residential' },
    { lead_id: 'late', created_at, converted_at: '2026-03-11T12:00:01Z', segment: 'commercial' },
    { lead_id: 'fleet', created_at, converted_at: '2026-05-10T12:00:00Z', segment: 'fleet' },
    { lead_id: 'fleet-late', created_at, converted_at: '2026-05-10T12:00:01Z', segment: 'fleet' },
    { lead_id: 'never', created_at },
  ]);
  expect(await metric.nums()).toEqual({ at: 1, late: 0, fleet: 1, 'fleet-late': 0, never: 0 });
  const rows = await metric.observe();
  expect(Object.fromEntries(rows.map((row) => [row.entity_id, row.matures_on]))).toMatchObject({
    late: '2026-03-11',
    fleet: '2026-05-10',
  });
});

test('a lead stays in the month in which it came in, by local time, however late it converts', async () => {
  await metric.insert('lead', [{ lead_id: 'L', created_at: '2026-03-01T04:30:00Z', converted_at: '2026-04-02' }]);
  const [row] = await metric.observe();
  expect([row?.day, row?.matures_on, row?.num]).toEqual(['2026-02-28', '2026-04-29', 1]);
});

test('a person who asks twice is one lead, so that converting both forms counts once', async () => {
  await metric.insert('lead', [
    { lead_id: 'first', created_at: '2026-01-01', converted_at: '2026-01-20', email_hash: 'e', phone_hash: 'p' },
    { lead_id: 'same-email', created_at: '2026-02-01', converted_at: '2026-02-02', email_hash: 'e' },
    { lead_id: 'same-phone', created_at: '2026-03-01', converted_at: '2026-03-02', phone_hash: 'p' },
    { lead_id: 'marked', created_at: '2026-01-05', is_duplicate_of: 'first' },
    { lead_id: 'day-90', created_at: '2026-05-02', email_hash: 'e' },
    { lead_id: 'after', created_at: '2026-08-01', email_hash: 'e' },
  ]);
  expect(await metric.nums()).toEqual({ first: 1, after: 0 });
});

test('tests, leads out of the area and those of the other stream are no leads here', async () => {
  await metric.insert('lead', [
    { lead_id: 'test', created_at: '2026-01-01', is_test: true },
    { lead_id: 'far', created_at: '2026-01-01', serviceable: false },
    { lead_id: 'home', created_at: '2026-01-01', stream_id: 'NCV-01' },
    { lead_id: 'unsaid', created_at: '2026-01-01' },
  ]);
  expect(await metric.nums()).toEqual({ unsaid: 0 });
});

test('a conversion after the as-of day is not known yet, a conversion before the lead is one', async () => {
  await metric.insert('lead', [
    { lead_id: 'later', created_at: '2026-01-01', converted_at: '2026-01-20' },
    { lead_id: 'turned', created_at: '2026-01-02', converted_at: '2026-01-01' },
  ]);
  expect(await metric.nums('2026-01-15T05:00:00Z')).toEqual({ later: 0, turned: 1 });
});
