import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.7/customer-retention');

function term(id: string, customer: string, start: string, end: string | null = null, more: object = {}) {
  return { term_id: id, customer_id: customer, start_at: start, end_at: end, ...more };
}

async function relations(asOf?: string) {
  const rows = await metric.observe(asOf);
  return rows.map((row) => [row.entity_id, row.day, row.matures_on, row.num, row.den]);
}

test('a loss is an event, a move is not, and who still stays has no end', async () => {
  await metric.insert('service_term', [
    term('left', 'A', '2025-03-01T12:00:00Z', '2026-01-15T12:00:00Z', { end_reason: 'voluntary' }),
    term('moved', 'B', '2025-03-01T12:00:00Z', '2026-01-15T12:00:00Z', { end_reason: 'moved' }),
    term('stays', 'C', '2025-03-01T12:00:00Z'),
    term('unsaid', 'D', '2025-03-01T12:00:00Z', '2026-01-15T12:00:00Z'),
  ]);
  expect(await relations()).toEqual([
    ['left', '2025-03-01', '2026-01-15', 1, -1],
    ['moved', '2025-03-01', '2026-01-15', 0, -1],
    ['stays', '2025-03-01', null, 0, -1],
    ['unsaid', '2025-03-01', '2026-01-15', 1, -1],
  ]);
});

test('a renewal after 30 days continues the relation, after 31 it begins another', async () => {
  await metric.insert('service_term', [
    term('a1', 'A', '2025-01-01T12:00:00Z', '2025-12-31T12:00:00Z', { end_reason: 'other' }),
    term('a2', 'A', '2026-01-30T12:00:00Z', '2026-06-01T12:00:00Z', { end_reason: 'nonpay' }),
    term('b1', 'B', '2025-01-01T12:00:00Z', '2025-12-31T12:00:00Z', { end_reason: 'other' }),
    term('b2', 'B', '2026-01-31T12:00:00Z'),
  ]);
  expect(await relations()).toEqual([
    ['a1', '2025-01-01', '2026-06-01', 1, -1],
    ['b1', '2025-01-01', '2025-12-31', 1, -1],
    ['b2', '2026-01-31', null, 0, -1],
  ]);
});

test('the gap is counted in days of the calendar, so the hour lost to a change of clocks breaks no relation', async () => {
  await metric.insert('service_term', [
    term('a1', 'A', '2025-01-01T05:00:00Z', '2025-10-20T04:00:00Z'),
    term('a2', 'A', '2025-11-19T05:00:00Z'),
  ]);
  expect(await relations()).toEqual([['a1', '2025-01-01', null, 0, -1]]);
});

test('several devices of one household are one customer: the relation lasts as long as the longest term', async () => {
  await metric.insert('service_term', [
    term('long', 'A', '2025-01-01T12:00:00Z', '2026-03-01T12:00:00Z', { end_reason: 'moved' }),
    term('inside', 'A', '2025-02-01T12:00:00Z', '2025-03-01T12:00:00Z', { end_reason: 'voluntary' }),
    term('after', 'A', '2026-03-15T12:00:00Z', '2026-05-01T12:00:00Z', { end_reason: 'voluntary' }),
    term('open', 'B', '2025-01-01T12:00:00Z'),
    term('closed', 'B', '2025-02-01T12:00:00Z', '2025-03-01T12:00:00Z', { end_reason: 'voluntary' }),
  ]);
  expect(await relations()).toEqual([
    ['long', '2025-01-01', '2026-05-01', 1, -1],
    ['open', '2025-01-01', null, 0, -1],
  ]);
});

test('a relation whose records begin on its hundredth day enters at age 100', async () => {
  await metric.insert('service_term', [
    term('late', 'A', '2025-01-01T12:00:00Z', '2026-01-15T12:00:00Z', { observed_from: '2025-04-11T12:00:00Z' }),
    term('earlier', 'B', '2025-01-10T12:00:00Z', null, { observed_from: '2025-01-01T12:00:00Z' }),
  ]);
  expect(await relations()).toEqual([
    ['earlier', '2025-01-10', null, 0, -1],
    ['late', '2025-01-01', '2026-01-15', 1, 100],
  ]);
});

test('terms that end before they begin, and those of the other stream, are left out', async () => {
  await metric.insert('service_term', [
    term('turned', 'A', '2026-01-01', '2025-01-01'),
    term('charging', 'B', '2025-01-01', null, { stream_id: 'NCV-02' }),
  ]);
  expect(await relations()).toEqual([]);
});

test('an end or a renewal after the as-of day is not known yet', async () => {
  await metric.insert('service_term', [
    term('a1', 'A', '2025-01-01T12:00:00Z', '2026-01-15T12:00:00Z', { end_reason: 'voluntary' }),
    term('a2', 'A', '2026-02-01T12:00:00Z'),
  ]);
  expect(await relations('2026-01-01T05:00:00Z')).toEqual([['a1', '2025-01-01', null, 0, -1]]);
  expect(await relations('2026-01-20T05:00:00Z')).toEqual([['a1', '2025-01-01', '2026-01-15', 1, -1]]);
  expect(await relations('2026-03-01T05:00:00Z')).toEqual([['a1', '2025-01-01', null, 0, -1]]);
});

test('days are those of the business zone: 02:00 UTC is the evening before in New York', async () => {
  await metric.insert('service_term', [term('a1', 'A', '2025-03-01T02:00:00Z', '2026-03-01T02:00:00Z')]);
  expect(await relations()).toEqual([['a1', '2025-02-28', '2026-02-28', 1, -1]]);
});
