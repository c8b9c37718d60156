import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.2/proposal-win-rate-by-cohort');

test('any version accepted within the window of the first counts, and the window follows the segment', async () => {
  const version = (quote_id: string, opp_id: string, segment: string, issued_at: string, accepted_at: string | null = null) => ({
    quote_id,
    opp_id,
    segment,
    issued_at,
    accepted_at,
  });
  await metric.insert('quote', [
    version('R1', 'res', 'residential', '2026-01-01T12:00:00Z'),
    version('R2', 'res', 'residential', '2026-02-01', '2026-03-02T12:00:00Z'),
    version('L1', 'late', 'residential', '2026-01-01T12:00:00Z', '2026-03-02T12:00:01Z'),
    version('C1', 'com', 'commercial', '2026-01-01T12:00:00Z', '2026-05-01T12:00:00Z'),
    version('F1', 'fleet', 'fleet', '2026-01-01T12:00:00Z', '2026-06-30T12:00:00Z'),
  ]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.num, row.day, row.matures_on])).toEqual([
    ['C1', 1, '2026-01-01', '2026-05-01'],
    ['F1', 1, '2026-01-01', '2026-06-30'],
    ['L1', 0, '2026-01-01', '2026-03-02'],
    ['R1', 1, '2026-01-01', '2026-03-02'],
  ]);
});
