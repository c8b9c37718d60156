import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.7/support-ticket-resolution-time');

const vendor = metricUnderTest('ncv-02.7/support-ticket-resolution-time', { rules: { vendorHoldPauses: true } });

/** Business hours are 09:00 to 17:00 in New York, 13:00 to 21:00 UTC in June. 5 June 2026 is a Friday. */
const ticket = (ticket_id: string, opened_at: string, resolved_at: string | null, more: object = {}) => ({
  ticket_id,
  opened_at,
  resolved_at,
  ...more,
});
const wait = (ticket_id: string, seq: number, start_at: string, end_at: string | null, state = 'wait_customer') => ({
  ticket_id,
  seq,
  state,
  start_at,
  end_at,
});

test('Friday 16:00 to Monday 10:00 is two business hours, and the clock that never stops counts 66', async () => {
  await metric.insert('support_ticket', [
    ticket('desk', '2026-06-05T20:00:00Z', '2026-06-08T14:00:00Z'),
    ticket('down', '2026-06-05T20:00:00Z', '2026-06-08T14:00:00Z', { calendar_id: 'always' }),
    ticket('odd', '2026-06-05T20:00:00Z', '2026-06-08T14:00:00Z', { calendar_id: 'no such calendar' }),
  ]);
  expect(await metric.nums()).toEqual({ desk: 2, down: 66, odd: 2 });
});

test('waiting for the customer stops the clock once, however often it is written down, and only in business hours', async () => {
  await metric.insert('support_ticket', [ticket('T', '2026-06-05T13:00:00Z', '2026-06-08T21:00:00Z')]);
  await metric.insert('ticket_state', [
    wait('T', 1, '2026-06-05T19:00:00Z', '2026-06-08T14:00:00Z'),
    wait('T', 2, '2026-06-05T20:00:00Z', '2026-06-08T13:30:00Z'),
    wait('T', 3, '2026-06-08T20:00:00Z', '2026-06-20T00:00:00Z'),
  ]);
  expect(await metric.nums()).toEqual({ T: 12 });
});

test('parts on order do not stop the clock, unless the rule says so', async () => {
  const rows = [ticket('T', '2026-06-05T13:00:00Z', '2026-06-05T21:00:00Z')];
  const held = [wait('T', 1, '2026-06-05T14:00:00Z', '2026-06-05T17:00:00Z', 'wait_vendor')];
  await metric.insert('support_ticket', rows);
  await metric.insert('ticket_state', held);
  await vendor.insert('support_ticket', rows);
  await vendor.insert('ticket_state', held);
  expect(await metric.nums()).toEqual({ T: 8 });
  expect(await vendor.nums()).toEqual({ T: 5 });
});

test('one outage with many tickets counts once: merged, spam, open, home and turned tickets are left out', async () => {
  const [opened, resolved] = ['2026-06-05T13:00:00Z', '2026-06-05T15:00:00Z'] as const;
  await metric.insert('support_ticket', [
    ticket('one', opened, resolved, { closed_at: '2026-06-12' }),
    ticket('merged', opened, resolved, { merged_into: 'one' }),
    ticket('spam', opened, resolved, { is_spam: true }),
    ticket('open', opened, null),
    ticket('home', opened, resolved, { stream_id: 'NCV-01' }),
    ticket('turned', resolved, opened),
    ticket('later', opened, '2026-06-20'),
  ]);
  const rows = await metric.observe('2026-06-15T04:00:00Z');
  expect(rows.map((row) => [row.entity_id, row.day, row.num])).toEqual([['one', '2026-06-05', 2]]);
});
