import { describe, expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

/** The default calendar: Monday to Friday, 09:00 to 17:00 in New York (13:00 to 21:00 UTC in June). 1 June 2026 is a Monday. */
const calendars = {
  default: { weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00', holidays: ['2026-06-19'] },
  always: { weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' },
};
const metric = metricUnderTest('ncv-01.7/support-resolution-time', { calendars });

function ticket(id: string, opened: string, resolved: string | null, more: object = {}) {
  return { ticket_id: id, opened_at: opened, resolved_at: resolved, ...more };
}
function wait(id: string, seq: number, start: string, end: string | null, state = 'wait_customer') {
  return { ticket_id: id, seq, state, start_at: start, end_at: end };
}

test('only opening hours count: Friday 16:00 to Monday 10:00 is 2 hours', async () => {
  await metric.insert('support_ticket', [ticket('T1', '2026-06-05T20:00:00Z', '2026-06-08T14:00:00Z')]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day, row.num, row.den])).toEqual([['T1', '2026-06-08', 2, 1]]);
});

test('a holiday has no hours: Thursday 16:00 over Friday 19 June to Monday 10:00 is 2 hours', async () => {
  await metric.insert('support_ticket', [ticket('T1', '2026-06-18T20:00:00Z', '2026-06-22T14:00:00Z')]);
  expect(await metric.nums()).toEqual({ T1: 2 });
});

test('opened and resolved outside hours on one weekend is 0 hours, not a missing ticket', async () => {
  await metric.insert('support_ticket', [ticket('T1', '2026-06-06T15:00:00Z', '2026-06-07T15:00:00Z')]);
  expect(await metric.nums()).toEqual({ T1: 0 });
});

test('waits that overlap stop the clock once: 09:00 to 17:00 less 10:00 to 13:00 is 5 hours', async () => {
  await metric.insert('support_ticket', [ticket('T1', '2026-06-01T13:00:00Z', '2026-06-01T21:00:00Z')]);
  await metric.insert('ticket_state', [
    wait('T1', 1, '2026-06-01T14:00:00Z', '2026-06-01T16:00:00Z'),
    wait('T1', 2, '2026-06-01T15:00:00Z', '2026-06-01T17:00:00Z'),
    wait('T1', 3, '2026-06-01T14:30:00Z', '2026-06-01T15:30:00Z'),
  ]);
  expect(await metric.nums()).toEqual({ T1: 5 });
});

test('a wait outside hours takes nothing off: Monday 16:00 to Tuesday 10:00 with a wait from 17:30 to 09:30 is 1.5 hours', async () => {
  await metric.insert('support_ticket', [ticket('T1', '2026-06-01T20:00:00Z', '2026-06-02T14:00:00Z')]);
  await metric.insert('ticket_state', [wait('T1', 1, '2026-06-01T21:30:00Z', '2026-06-02T13:30:00Z')]);
  expect(await metric.nums()).toEqual({ T1: 1.5 });
});

test('a wait is cut to the life of the ticket, and one that never ended ends with it', async () => {
  await metric.insert('support_ticket', [
    ticket('early', '2026-06-01T14:00:00Z', '2026-06-01T18:00:00Z'),
    ticket('open-end', '2026-06-01T14:00:00Z', '2026-06-01T18:00:00Z'),
    ticket('afterwards', '2026-06-01T14:00:00Z', '2026-06-01T18:00:00Z'),
  ]);
  await metric.insert('ticket_state', [
    wait('early', 1, '2026-06-01T13:00:00Z', '2026-06-01T15:00:00Z'),
    wait('open-end', 1, '2026-06-01T17:00:00Z', null),
    wait('afterwards', 1, '2026-06-01T18:00:00Z', '2026-06-03T18:00:00Z'),
    wait('afterwards', 2, '2026-06-01T17:00:00Z', '2026-06-01T16:00:00Z'),
  ]);
  expect(await metric.nums()).toEqual({ early: 3, 'open-end': 3, afterwards: 4 });
});

test('a ticket that was reopened runs to its final resolution, and its own closing days later changes nothing', async () => {
  await metric.insert('support_ticket', [
    ticket('T1', '2026-06-01T13:00:00Z', '2026-06-02T15:00:00Z', { reopen_count: 1, closed_at: '2026-06-09T15:00:00Z' }),
  ]);
  await metric.insert('ticket_state', [wait('T1', 1, '2026-06-01T17:00:00Z', '2026-06-01T18:00:00Z', 'resolved')]);
  expect(await metric.nums()).toEqual({ T1: 10 });
});

test('waiting for a vendor does not stop the clock by default', async () => {
  await metric.insert('support_ticket', [ticket('T1', '2026-06-01T13:00:00Z', '2026-06-01T21:00:00Z')]);
  await metric.insert('ticket_state', [wait('T1', 1, '2026-06-01T14:00:00Z', '2026-06-01T16:00:00Z', 'wait_vendor')]);
  expect(await metric.nums()).toEqual({ T1: 8 });
});

test('the calendar of the ticket rules; a calendar nobody set up reads as the default', async () => {
  await metric.insert('support_ticket', [
    ticket('round-the-clock', '2026-06-05T20:00:00Z', '2026-06-08T14:00:00Z', { calendar_id: 'always' }),
    ticket('unknown', '2026-06-05T20:00:00Z', '2026-06-08T14:00:00Z', { calendar_id: 'moon' }),
  ]);
  await metric.insert('ticket_state', [wait('round-the-clock', 1, '2026-06-06T00:00:00Z', '2026-06-07T00:00:00Z')]);
  expect(await metric.nums()).toEqual({ 'round-the-clock': 42, unknown: 2 });
});

test('a full business day has 8 hours in the week the clocks change as well', async () => {
  await metric.insert('support_ticket', [
    ticket('spring', '2026-03-06T14:00:00Z', '2026-03-09T21:00:00Z'),
    ticket('spring-always', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z', { calendar_id: 'always' }),
  ]);
  expect(await metric.nums()).toEqual({ spring: 16, 'spring-always': 23 });
});

test('spam, merged, open and turned tickets and those of the other stream are left out', async () => {
  await metric.insert('support_ticket', [
    ticket('spam', '2026-06-01T13:00:00Z', '2026-06-01T14:00:00Z', { is_spam: true }),
    ticket('merged', '2026-06-01T13:00:00Z', '2026-06-01T14:00:00Z', { merged_into: 'kept' }),
    ticket('open', '2026-06-01T13:00:00Z', null),
    ticket('turned', '2026-06-02T13:00:00Z', '2026-06-01T14:00:00Z'),
    ticket('charging', '2026-06-01T13:00:00Z', '2026-06-01T14:00:00Z', { stream_id: 'NCV-02' }),
    ticket('kept', '2026-06-01T13:00:00Z', '2026-06-01T14:00:00Z', { is_spam: false }),
  ]);
  expect(await metric.nums()).toEqual({ kept: 1 });
});

test('a ticket resolved after the as-of day is still open on it', async () => {
  await metric.insert('support_ticket', [ticket('T1', '2026-06-01T13:00:00Z', '2026-06-10T14:00:00Z')]);
  expect(await metric.nums('2026-06-05T04:00:00Z')).toEqual({});
});

describe('where vendor holds pause', () => {
  const holding = metricUnderTest('ncv-01.7/support-resolution-time', { calendars, rules: { vendorHoldPauses: true } });

  test('waiting for a vendor and for the customer at once stops the clock once: 8 less 3 hours', async () => {
    await holding.insert('support_ticket', [ticket('T1', '2026-06-01T13:00:00Z', '2026-06-01T21:00:00Z')]);
    await holding.insert('ticket_state', [
      wait('T1', 1, '2026-06-01T14:00:00Z', '2026-06-01T16:00:00Z', 'wait_vendor'),
      wait('T1', 2, '2026-06-01T15:00:00Z', '2026-06-01T17:00:00Z'),
    ]);
    expect(await holding.nums()).toEqual({ T1: 5 });
  });
});
