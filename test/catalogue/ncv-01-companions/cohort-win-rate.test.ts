import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.3/cohort-win-rate');

test('won at day 120 counts, a second later does not, lost and open do not: 1 of 4', async () => {
  const created = { created_at: '2026-01-01T12:00:00Z' };
  await metric.insert('opportunity', [
    { ...created, opp_id: 'at', outcome: 'won', decided_at: '2026-05-01T12:00:00Z' },
    { ...created, opp_id: 'late', outcome: 'won', decided_at: '2026-05-01T12:00:01Z' },
    { ...created, opp_id: 'lost', outcome: 'lost', decided_at: '2026-02-01' },
    { ...created, opp_id: 'open', outcome: 'open' },
    { ...created, opp_id: 'amendment', outcome: 'won', decided_at: '2026-02-01', amendment_of: 'at' },
  ]);
  expect(await metric.nums()).toEqual({ at: 1, late: 0, lost: 0, open: 0 });
});

test('a deal belongs to the month it was opened in and matures 120 days later; later decisions are not known yet', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'O1', created_at: '2026-02-01T03:00:00Z', outcome: 'won', decided_at: '2026-03-10' },
    { opp_id: 'charging', created_at: '2026-02-01T03:00:00Z', outcome: 'won', decided_at: '2026-03-10', stream_id: 'NCV-02' },
  ]);
  const [row, ...others] = await metric.observe('2026-03-01T05:00:00Z');
  expect(row).toMatchObject({ day: '2026-01-31', num: 0, den: 1, matures_on: '2026-05-31' });
  expect(others).toEqual([]);
});
