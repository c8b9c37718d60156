import { beforeEach, expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.4/scheduling-efficiency');

beforeEach(() =>
  metric.insert('work_order', [
    { wo_id: 'W1', created_at: '2026-02-01', kind: 'install' },
    { wo_id: 'W2', created_at: '2026-02-01', kind: 'repair' },
    { wo_id: 'W3', created_at: '2026-02-01', kind: 'install', stream_id: 'NCV-02' },
  ]),
);

/** Promised for 10 March, 08:00 to 10:00 in New York. */
const promised = {
  wo_id: 'W1',
  visit_no: 1,
  first_sched_start: '2026-03-10T12:00:00Z',
  window_start: '2026-03-10T12:00:00Z',
  window_end: '2026-03-10T14:00:00Z',
};

test('arriving at either edge of the window is kept, a minute outside is not: 2 of 4', async () => {
  await metric.insert('visit', [
    { visit_id: 'opening', ...promised, actual_start: '2026-03-10T12:00:00Z' },
    { visit_id: 'closing', ...promised, actual_start: '2026-03-10T14:00:00Z' },
    { visit_id: 'early', ...promised, actual_start: '2026-03-10T11:59:00Z' },
    { visit_id: 'late', ...promised, actual_start: '2026-03-10T14:01:00Z' },
  ]);
  expect(await metric.nums()).toEqual({ opening: 1, closing: 1, early: 0, late: 0 });
});

test('a moved job counts against its first date, whoever moved it, and in the month of that date', async () => {
  await metric.insert('visit', [
    {
      visit_id: 'moved',
      ...promised,
      first_sched_start: '2026-02-28T14:00:00Z',
      sched_start: '2026-03-10T12:00:00Z',
      actual_start: '2026-03-10T13:00:00Z',
      resched_count: 1,
      resched_reason: 'customer',
    },
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.day, row.num, row.den])).toEqual([['2026-02-28', 0, 1]]);
});

test('a job that never took place, or was promised no window, is not kept', async () => {
  await metric.insert('visit', [
    { visit_id: 'never', ...promised },
    {
      visit_id: 'no-window',
      wo_id: 'W1',
      visit_no: 1,
      first_sched_start: '2026-03-10T12:00:00Z',
      actual_start: '2026-03-10T12:00:00Z',
    },
  ]);
  expect(await metric.nums()).toEqual({ never: 0, 'no-window': 0 });
});

test('where the source numbers no visits, the one promised first is the first', async () => {
  const { visit_no: _, ...unnumbered } = promised;
  await metric.insert('visit', [
    { visit_id: 'A', ...unnumbered, first_sched_start: '2026-03-20T12:00:00Z' },
    { visit_id: 'B', ...unnumbered, actual_start: '2026-03-10T12:30:00Z' },
  ]);
  expect(await metric.nums()).toEqual({ B: 1 });
});

test('the day is the business day: a job at 20:30 New York time starts on the next UTC day and is kept all the same', async () => {
  await metric.insert('visit', [
    {
      visit_id: 'evening',
      wo_id: 'W1',
      visit_no: 1,
      first_sched_start: '2026-03-31T23:30:00Z',
      window_start: '2026-03-31T23:30:00Z',
      window_end: '2026-04-01T02:00:00Z',
      actual_start: '2026-04-01T00:30:00Z',
    },
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.day, row.num])).toEqual([['2026-03-31', 1]]);
});

test('appointments still to come, second visits, repairs and the other stream are left out', async () => {
  await metric.insert('visit', [
    { visit_id: 'second', ...promised, visit_no: 2 },
    { visit_id: 'repair', ...promised, wo_id: 'W2' },
    { visit_id: 'charging', ...promised, wo_id: 'W3' },
    { visit_id: 'unpromised', wo_id: 'W1', visit_no: 1, actual_start: '2026-03-10T12:00:00Z' },
    { visit_id: 'to-come', ...promised, first_sched_start: '2026-03-11T04:00:00Z' },
    { visit_id: 'today', ...promised, actual_start: '2026-03-10T12:30:00Z' },
  ]);
  expect(await metric.nums('2026-03-11T04:00:00Z')).toEqual({ today: 1 });
});
