import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.7/support-reopen-rate');

test('one of three resolved tickets was reopened, however often; spam, merged, open and unrecorded ones are left out', async () => {
  const resolved = { opened_at: '2026-03-01', resolved_at: '2026-03-05', reopen_count: 0 };
  await metric.insert('support_ticket', [
    { ...resolved, ticket_id: 'plain' },
    { ...resolved, ticket_id: 'plain-too' },
    { ...resolved, ticket_id: 'again', reopen_count: 3 },
    { ...resolved, ticket_id: 'unrecorded', reopen_count: null },
    { ...resolved, ticket_id: 'spam', reopen_count: 1, is_spam: true },
    { ...resolved, ticket_id: 'merged', reopen_count: 1, merged_into: 'again' },
    { ...resolved, ticket_id: 'open', reopen_count: 1, resolved_at: null },
    { ...resolved, ticket_id: 'charging', reopen_count: 1, stream_id: 'NCV-02' },
  ]);
  expect(await metric.nums()).toEqual({ plain: 0, 'plain-too': 0, again: 1 });
});
