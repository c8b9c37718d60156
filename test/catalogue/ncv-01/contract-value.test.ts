import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.3/contract-value', { exchangeRates: { EUR: { '2026-03': 1.1, '2026-04': 1.2 } } });

function contract(id: string, terms: object) {
  return { opp_id: id, created_at: '2026-02-01', signed_at: '2026-03-10T15:00:00Z', outcome: 'won', ...terms };
}

test('1,200 once and 30 a month for 24 months are worth 1,920', async () => {
  await metric.insert('opportunity', [contract('O1', { one_off_net: 1200, recurring_net_month: 30, term_months: 24 })]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day, row.num, row.den])).toEqual([['O1', '2026-03-10', 1920, null]]);
});

test('a contract of one part only counts with that part', async () => {
  await metric.insert('opportunity', [
    contract('hardware', { one_off_net: 500 }),
    contract('service', { recurring_net_month: 20, term_months: 12 }),
  ]);
  expect(await metric.nums()).toEqual({ hardware: 500, service: 240 });
});

test('a contract without amounts is unknown, not 0, and so is a monthly amount without a term', async () => {
  await metric.insert('opportunity', [
    contract('blank', { term_months: 24, amount_net: 999 }),
    contract('endless', { one_off_net: 100, recurring_net_month: 20 }),
    contract('zero', { one_off_net: 0 }),
  ]);
  expect(await metric.nums()).toEqual({ zero: 0 });
});

test('a contract cancelled within its 14 days of cooling-off is taken back in the month of cancellation', async () => {
  await metric.insert('opportunity', [
    contract('regretted', { one_off_net: 700, signed_at: '2026-03-25T15:00:00Z', cancelled_at: '2026-04-08T15:00:00Z' }),
    contract('left-later', { one_off_net: 900, signed_at: '2026-03-25T15:00:00Z', cancelled_at: '2026-04-08T15:00:01Z' }),
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day, row.num])).toEqual([
    ['left-later', '2026-03-25', 900],
    ['regretted', '2026-03-25', 700],
    ['regretted', '2026-04-08', -700],
  ]);
});

test('a cancellation after the as-of day has taken nothing back yet', async () => {
  await metric.insert('opportunity', [contract('O1', { one_off_net: 700, cancelled_at: '2026-03-20' })]);
  expect(await metric.totals('2026-03-15T04:00:00Z')).toEqual({ num: 700, den: 0 });
  expect(await metric.totals('2026-04-01T04:00:00Z')).toEqual({ num: 0, den: 0 });
});

test('an amendment is a change of its own in its own month and restates nothing', async () => {
  await metric.insert('opportunity', [
    contract('O1', { one_off_net: 1000 }),
    contract('O2', { one_off_net: -150, signed_at: '2026-05-02', amendment_of: 'O1' }),
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.day.slice(0, 7), row.num])).toEqual([
    ['2026-03', 1000],
    ['2026-05', -150],
  ]);
});

test('a reversal takes back what was booked, at the rate of signing; an amount without a rate is unknown', async () => {
  await metric.insert('opportunity', [
    contract('euro', { one_off_net: 100, currency: 'EUR', signed_at: '2026-03-30T15:00:00Z', cancelled_at: '2026-04-05' }),
    contract('yen', { one_off_net: 100, currency: 'JPY' }),
  ]);
  const rows = await metric.observe();
  expect(rows[0]?.num).toBeCloseTo(110, 9);
  expect(rows[1]?.num).toBeCloseTo(-110, 9);
  expect(rows[2]).toMatchObject({ entity_id: 'yen', num: null });
});

test('unsigned deals have no contract value', async () => {
  await metric.insert('opportunity', [{ opp_id: 'O1', created_at: '2026-02-01', outcome: 'open', one_off_net: 1000 }]);
  expect(await metric.observe()).toEqual([]);
});
