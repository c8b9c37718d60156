import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.7/monthly-logo-retention');

function term(id: string, start: string, end: string | null = null, more: object = {}) {
  return { term_id: id, customer_id: id, start_at: start, end_at: end, ...more };
}

async function month(day: string, asOf = '2026-04-01T04:00:00Z') {
  const rows = (await metric.observe(asOf)).filter((row) => row.day === day);
  return Object.fromEntries(rows.map((row) => [row.entity_id, row.num]));
}

test('of those there on 1 March one of three leaves; who comes or is gone before is not asked', async () => {
  await metric.insert('service_term', [
    term('stays', '2026-02-10T12:00:00Z'),
    term('leaves', '2026-02-10T12:00:00Z', '2026-03-31T12:00:00Z'),
    term('leaves-later', '2026-02-10T12:00:00Z', '2026-04-01T12:00:00Z'),
    term('comes', '2026-03-01T12:00:00Z'),
    term('comes-and-goes', '2026-03-02T12:00:00Z', '2026-03-20T12:00:00Z'),
    term('gone', '2026-01-10T12:00:00Z', '2026-02-28T12:00:00Z'),
  ]);
  expect(await month('2026-03-01', '2026-05-01T04:00:00Z')).toEqual({ stays: 1, leaves: 0, 'leaves-later': 1 });
});

test('a move takes the customer out of the month, a renewal within 30 days keeps them in every month', async () => {
  await metric.insert('service_term', [
    term('moved', '2026-01-10T12:00:00Z', '2026-03-10T12:00:00Z', { end_reason: 'moved' }),
    term('renewed', '2026-01-10T12:00:00Z', '2026-02-20T12:00:00Z', { end_reason: 'voluntary' }),
    { ...term('renewed-2', '2026-03-10T12:00:00Z'), customer_id: 'renewed' },
  ]);
  expect(await month('2026-02-01')).toEqual({ moved: 1, renewed: 1 });
  expect(await month('2026-03-01')).toEqual({ renewed: 1 });
});

test('months before the records begin, and after the as-of day, are not counted', async () => {
  await metric.insert('service_term', [term('late', '2025-06-01T12:00:00Z', null, { observed_from: '2026-01-15T12:00:00Z' })]);
  const rows = await metric.observe('2026-04-01T04:00:00Z');
  expect(rows.map((row) => row.day)).toEqual(['2026-02-01', '2026-03-01']);
});

test('of terms beside each other the one that ends last says why the customer left', async () => {
  await metric.insert('service_term', [
    term('long', '2026-01-10T12:00:00Z', '2026-03-20T12:00:00Z', { end_reason: 'moved' }),
    { ...term('short', '2026-02-05T12:00:00Z', '2026-02-15T12:00:00Z', { end_reason: 'voluntary' }), customer_id: 'long' },
  ]);
  expect(await month('2026-02-01')).toEqual({ long: 1 });
  expect(await month('2026-03-01')).toEqual({});
});
