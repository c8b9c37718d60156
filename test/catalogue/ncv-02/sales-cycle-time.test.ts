import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.3/sales-cycle-time');

test('days run from opening to signing and count on the local day of signing', async () => {
  await metric.insert('opportunity', [
    { opp_id: 'O', created_at: '2026-02-18T12:00:00Z', signed_at: '2026-03-01T00:00:00Z', outcome: 'won', segment: 'fleet' },
  ]);
  expect((await metric.observe()).map((row) => [row.day, row.num, row.den, row.segment])).toEqual([
    ['2026-02-28', 10.5, 1, 'fleet'],
  ]);
});

test('only signed, won deals of this stream have a cycle: no decision date, no amendment, no forecast', async () => {
  const created_at = '2026-02-01';
  await metric.insert('opportunity', [
    { opp_id: 'won', created_at, signed_at: '2026-03-03', outcome: 'won' },
    { opp_id: 'decided', created_at, decided_at: '2026-03-03', outcome: 'won' },
    { opp_id: 'lost', created_at, signed_at: '2026-03-03', outcome: 'lost' },
    { opp_id: 'forecast', created_at, decided_at: '2026-12-03', outcome: 'open' },
    { opp_id: 'turned', created_at, signed_at: '2026-01-03', outcome: 'won' },
    { opp_id: 'amendment', created_at, signed_at: '2026-02-03', outcome: 'won', amendment_of: 'won' },
    { opp_id: 'home', created_at, signed_at: '2026-03-03', outcome: 'won', stream_id: 'NCV-01' },
    { opp_id: 'later', created_at, signed_at: '2026-12-03', outcome: 'won' },
  ]);
  expect(await metric.nums('2026-12-01T05:00:00Z')).toEqual({ won: 30 });
});
