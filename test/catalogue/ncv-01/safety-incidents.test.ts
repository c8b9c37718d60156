import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.5/safety-incidents');

test('two recordable cases over 80,000 hours are a rate of 5.0', async () => {
  await metric.insert('safety_incident', [
    { incident_id: 'I1', occurred_at: '2026-03-05', severity: 'recordable' },
    { incident_id: 'I2', occurred_at: '2026-05-05', severity: 'days_away', days_away: 3 },
  ]);
  await metric.insert(
    'resource_day',
    Array.from({ length: 10 }, (_, technician) => ({ resource_id: `T${technician}`, work_date: '2026-03-05', exposure_h: 8000 })),
  );
  const { num, den } = await metric.totals();
  expect([num, den]).toEqual([2, 80_000]);
  expect((num * 200_000) / den).toBe(5);
});

test('near misses and first aid are not recordable; restricted work and a death are', async () => {
  await metric.insert('safety_incident', [
    { incident_id: 'near', occurred_at: '2026-03-05', severity: 'near_miss' },
    { incident_id: 'plaster', occurred_at: '2026-03-05', severity: 'first_aid' },
    { incident_id: 'restricted', occurred_at: '2026-03-05', severity: 'restricted' },
    { incident_id: 'death', occurred_at: '2026-03-05', severity: 'fatality' },
    { incident_id: 'charging', occurred_at: '2026-03-05', severity: 'recordable', stream_id: 'NCV-02' },
  ]);
  expect(await metric.nums()).toEqual({ restricted: 1, death: 1 });
});

test('hours worked are the recorded ones, else available and overtime hours, contractors included', async () => {
  await metric.insert('resource_day', [
    { resource_id: 'recorded', work_date: '2026-03-02', exposure_h: 7.5, available_h: 8, overtime_h: 2 },
    { resource_id: 'rostered', work_date: '2026-03-02', available_h: 8, overtime_h: 2 },
    { resource_id: 'plain', work_date: '2026-03-02', available_h: 8 },
    { resource_id: 'contractor', work_date: '2026-03-02', exposure_h: 6, employer: 'contractor' },
    { resource_id: 'unknown', work_date: '2026-03-02', work_h: 5 },
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.num, row.den])).toEqual([
    ['contractor|2026-03-02', 0, 6],
    ['plain|2026-03-02', 0, 8],
    ['recorded|2026-03-02', 0, 7.5],
    ['rostered|2026-03-02', 0, 10],
  ]);
});

test('a case counts on its day in the business zone, with the table its record is in', async () => {
  await metric.insert('work_order', [{ wo_id: 'W1', created_at: '2026-01-01', kind: 'install', region: 'North', crew_id: 'A' }]);
  await metric.insert('safety_incident', [
    { incident_id: 'I1', occurred_at: '2026-04-01T01:00:00Z', severity: 'recordable', wo_id: 'W1' },
  ]);
  const [row] = await metric.observe();
  expect(row).toMatchObject({ day: '2026-03-31', region: 'North', crew: 'A', entity_table: 'safety_incident' });
});

test('cases and hours after the as-of day are not known yet', async () => {
  await metric.insert('safety_incident', [{ incident_id: 'I1', occurred_at: '2026-05-02', severity: 'recordable' }]);
  await metric.insert('resource_day', [
    { resource_id: 'T1', work_date: '2026-04-30', exposure_h: 8 },
    { resource_id: 'T1', work_date: '2026-05-01', exposure_h: 8 },
  ]);
  expect(await metric.totals('2026-05-01T04:00:00Z')).toEqual({ num: 0, den: 8 });
});
