import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.5/installation-time');

function installation(id: string, more: object = {}) {
  return { wo_id: id, created_at: '2026-02-01', kind: 'install', completed_at: '2026-04-01T02:00:00Z', ...more };
}

test('all visits add up, not the last alone, less pauses: 150 − 30 and 120 minutes are 4 hours', async () => {
  await metric.insert('work_order', [installation('W1')]);
  await metric.insert('visit', [
    {
      visit_id: 'V1',
      wo_id: 'W1',
      visit_no: 1,
      actual_start: '2026-03-30T13:00:00Z',
      actual_end: '2026-03-30T15:30:00Z',
      pause_min: 30,
      crew_id: 'A',
    },
    {
      visit_id: 'V2',
      wo_id: 'W1',
      visit_no: 2,
      actual_start: '2026-03-31T20:00:00Z',
      actual_end: '2026-03-31T22:00:00Z',
      crew_id: 'B',
    },
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day, row.num, row.den, row.crew])).toEqual([['W1', '2026-03-31', 4, 1, 'A']]);
});

test('a clock left running overnight takes the job out, 900 minutes exactly do not', async () => {
  await metric.insert('work_order', [installation('overnight'), installation('long')]);
  await metric.insert('visit', [
    { visit_id: 'V1', wo_id: 'overnight', actual_start: '2026-03-30T13:00:00Z', actual_end: '2026-03-30T15:00:00Z' },
    { visit_id: 'V2', wo_id: 'overnight', actual_start: '2026-03-30T16:00:00Z', actual_end: '2026-03-31T07:01:00Z' },
    { visit_id: 'V3', wo_id: 'long', actual_start: '2026-03-30T06:00:00Z', actual_end: '2026-03-30T21:00:00Z' },
  ]);
  expect(await metric.nums()).toEqual({ long: 15 });
});

test('a job with a visit that has no end, or ends before it begins, is of unknown length', async () => {
  await metric.insert('work_order', [installation('endless'), installation('turned'), installation('overpaused')]);
  await metric.insert('visit', [
    { visit_id: 'V1', wo_id: 'endless', actual_start: '2026-03-30T13:00:00Z', actual_end: '2026-03-30T15:00:00Z' },
    { visit_id: 'V2', wo_id: 'endless', actual_start: '2026-03-31T13:00:00Z' },
    { visit_id: 'V3', wo_id: 'turned', actual_start: '2026-03-30T15:00:00Z', actual_end: '2026-03-30T13:00:00Z' },
    {
      visit_id: 'V4',
      wo_id: 'overpaused',
      actual_start: '2026-03-30T13:00:00Z',
      actual_end: '2026-03-30T14:00:00Z',
      pause_min: 90,
    },
  ]);
  expect(await metric.nums()).toEqual({});
});

test('visits that never began add nothing and harm nothing', async () => {
  await metric.insert('work_order', [installation('W1'), installation('unvisited')]);
  await metric.insert('visit', [
    { visit_id: 'V1', wo_id: 'W1', sched_start: '2026-03-29T13:00:00Z', outcome: 'cancelled' },
    { visit_id: 'V2', wo_id: 'W1', actual_start: '2026-03-30T13:00:00Z', actual_end: '2026-03-30T14:30:00Z' },
  ]);
  expect(await metric.nums()).toEqual({ W1: 1.5 });
});

test('repairs, unfinished jobs, jobs finished after the as-of day and the other stream are left out', async () => {
  await metric.insert('work_order', [
    installation('repair', { kind: 'repair' }),
    installation('unfinished', { completed_at: null }),
    installation('later', { completed_at: '2026-05-02' }),
    installation('charging', { stream_id: 'NCV-02' }),
    installation('done'),
  ]);
  await metric.insert(
    'visit',
    ['repair', 'unfinished', 'later', 'charging', 'done'].map((id) => ({
      visit_id: `V-${id}`,
      wo_id: id,
      actual_start: '2026-03-30T13:00:00Z',
      actual_end: '2026-03-30T14:00:00Z',
    })),
  );
  expect(await metric.nums('2026-05-01T04:00:00Z')).toEqual({ done: 1 });
});
