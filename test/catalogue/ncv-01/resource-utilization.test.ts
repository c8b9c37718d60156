import { describe, expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.4/resource-utilization');

test('hours are added before they are divided: 8 of 8 and 1 of 2 hours are 0.9, not the mean 0.75', async () => {
  await metric.insert('resource_day', [
    { resource_id: 'T1', work_date: '2026-03-02', available_h: 8, work_h: 8, travel_h: 1, crew_id: 'A' },
    { resource_id: 'T2', work_date: '2026-03-02', available_h: 2, work_h: 1, travel_h: 1, crew_id: 'A' },
  ]);
  expect(await metric.totals()).toEqual({ num: 9, den: 10 });
  const [first] = await metric.observe();
  expect(first).toMatchObject({ entity_id: 'T1|2026-03-02', entity_table: 'resource_day', day: '2026-03-02', crew: 'A' });
});

test('two technicians of one crew are two days of work', async () => {
  await metric.insert('resource_day', [
    { resource_id: 'T1', work_date: '2026-03-02', available_h: 8, work_h: 6, crew_id: 'A' },
    { resource_id: 'T2', work_date: '2026-03-02', available_h: 8, work_h: 6, crew_id: 'A' },
  ]);
  expect(await metric.totals()).toEqual({ num: 12, den: 16 });
});

test('overtime lies within the hours worked and is not added again: 9 worked of 8 rostered', async () => {
  await metric.insert('resource_day', [{ resource_id: 'T1', work_date: '2026-03-02', available_h: 8, work_h: 9, overtime_h: 1 }]);
  expect(await metric.totals()).toEqual({ num: 9, den: 8 });
});

test('who has no available hours recorded counts in neither part; an idle day counts in the second', async () => {
  await metric.insert('resource_day', [
    { resource_id: 'contractor', work_date: '2026-03-02', employer: 'contractor', work_h: 7 },
    { resource_id: 'idle', work_date: '2026-03-02', available_h: 8 },
  ]);
  expect(await metric.totals()).toEqual({ num: 0, den: 8 });
});

test('a date without a time stays on its day, and days after the as-of day and of the other stream are left out', async () => {
  await metric.insert('resource_day', [
    { resource_id: 'T1', work_date: '2026-04-30', available_h: 8, work_h: 6 },
    { resource_id: 'T1', work_date: '2026-05-01', available_h: 8, work_h: 5 },
    { resource_id: 'T2', work_date: '2026-04-30', available_h: 8, work_h: 4, stream_id: 'NCV-02' },
  ]);
  const rows = await metric.observe('2026-05-01T04:00:00Z');
  expect(rows.map((row) => [row.day, row.num])).toEqual([['2026-04-30', 6]]);
});

describe('where travel is productive', () => {
  const travelling = metricUnderTest('ncv-01.4/resource-utilization', { rules: { travelIsProductive: true } });

  test('5 hours on site and 1.5 of travel are 6.5', async () => {
    await travelling.insert('resource_day', [
      { resource_id: 'T1', work_date: '2026-03-02', available_h: 8, work_h: 5, travel_h: 1.5 },
    ]);
    expect(await travelling.totals()).toEqual({ num: 6.5, den: 8 });
  });
});
