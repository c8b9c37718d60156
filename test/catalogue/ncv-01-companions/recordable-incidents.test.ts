import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.5/recordable-incidents');

test('of six incidents the four recordable classes count, each on its business day', async () => {
  const severities = ['near_miss', 'first_aid', 'recordable', 'restricted', 'days_away', 'fatality'];
  await metric.insert(
    'safety_incident',
    severities.map((severity) => ({ incident_id: severity, occurred_at: '2026-04-01T02:00:00Z', severity })),
  );
  expect(await metric.nums()).toEqual({ recordable: 1, restricted: 1, days_away: 1, fatality: 1 });
  expect((await metric.observe()).map((row) => row.day)).toEqual(Array.from({ length: 4 }, () => '2026-03-31'));
});
