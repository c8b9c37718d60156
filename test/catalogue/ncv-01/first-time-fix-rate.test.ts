import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.5/first-time-fix-rate');

function order(id: string, more: object = {}) {
  return { wo_id: id, created_at: '2026-01-01', kind: 'repair', site_id: `site-${id}`, ...more };
}

/** A first visit that completed its job on 10 March at 14:00 UTC, unless `more` says otherwise. */
function visit(id: string, wo: string, more: object = {}) {
  return { visit_id: id, wo_id: wo, visit_no: 1, actual_start: '2026-03-10T14:00:00Z', outcome: 'completed', ...more };
}

test('three done at once and one left undone are 3 of 4', async () => {
  await metric.insert(
    'work_order',
    ['W1', 'W2', 'W3', 'W4'].map((id) => order(id)),
  );
  await metric.insert('visit', [
    visit('V1', 'W1'),
    visit('V2', 'W2'),
    visit('V3', 'W3'),
    visit('V4', 'W4', { outcome: 'incomplete' }),
  ]);
  expect(await metric.totals()).toEqual({ num: 3, den: 4 });
});

test('where the source numbers no visits, the earliest of a job is its first, whether or not somebody came', async () => {
  await metric.insert('work_order', [order('W1'), order('W2')]);
  await metric.insert('visit', [
    visit('again', 'W1', { visit_no: null, actual_start: '2026-03-15T14:00:00Z' }),
    visit('first', 'W1', { visit_no: null, outcome: 'incomplete' }),
    visit('cancelled', 'W2', { visit_no: null, actual_start: null, sched_start: '2026-03-09T14:00:00Z', outcome: 'cancelled' }),
    visit('after', 'W2', { visit_no: null }),
  ]);
  expect(await metric.nums()).toEqual({ first: 0 });
});

test('a second visit of the same order is a repeat whatever its cause code says', async () => {
  await metric.insert('work_order', [order('W1')]);
  await metric.insert('visit', [
    visit('first', 'W1', { cause_code: 'hub' }),
    visit('second', 'W1', { visit_no: 2, cause_code: 'wiring', actual_start: '2026-03-20T14:00:00Z' }),
  ]);
  expect(await metric.nums()).toEqual({ first: 0 });
});

test('a repeat hides behind a new work order number; it is found by the site and is itself a first visit', async () => {
  await metric.insert('work_order', [
    order('W1', { site_id: 'home' }),
    order('W2', { site_id: 'home', created_at: '2026-03-19' }),
  ]);
  await metric.insert('visit', [
    visit('first', 'W1', { cause_code: 'hub' }),
    visit('again', 'W2', { cause_code: 'hub', actual_start: '2026-03-20T14:00:00Z' }),
  ]);
  expect(await metric.nums()).toEqual({ first: 0, again: 1 });
});

test('the failure stays in the month of the first visit, and matures 30 days after it', async () => {
  await metric.insert('work_order', [order('W1', { crew_id: 'desk' })]);
  await metric.insert('visit', [
    visit('first', 'W1', { actual_start: '2026-03-01T04:00:00Z', crew_id: 'A' }),
    visit('second', 'W1', { visit_no: 2, actual_start: '2026-03-20T14:00:00Z', crew_id: 'B' }),
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day, row.num, row.matures_on, row.crew])).toEqual([
    ['first', '2026-02-28', 0, '2026-03-30', 'A'],
  ]);
});

test('a repeat 30 days later to the second counts, one a second later or on day 31 does not', async () => {
  await metric.insert(
    'work_order',
    ['W1', 'W2', 'W3'].map((id) => order(id)),
  );
  await metric.insert('visit', [
    visit('at', 'W1'),
    visit('at-2', 'W1', { visit_no: 2, actual_start: '2026-04-09T14:00:00Z' }),
    visit('beyond', 'W2'),
    visit('beyond-2', 'W2', { visit_no: 2, actual_start: '2026-04-09T14:00:01Z' }),
    visit('day31', 'W3'),
    visit('day31-2', 'W3', { visit_no: 2, actual_start: '2026-04-10T14:00:00Z' }),
  ]);
  expect(await metric.nums()).toEqual({ at: 0, beyond: 1, day31: 1 });
});

test('another cause is no repeat; a cause that is not recorded may be', async () => {
  await metric.insert(
    'work_order',
    ['W1', 'W2', 'W3'].flatMap((id) => [order(id), order(`${id}-2`, { kind: 'rework', site_id: `site-${id}` })]),
  );
  const later = { actual_start: '2026-03-15T14:00:00Z' };
  await metric.insert('visit', [
    visit('other', 'W1', { cause_code: 'hub' }),
    visit('other-2', 'W1-2', { ...later, cause_code: 'battery' }),
    visit('unsaid', 'W2', { cause_code: 'hub' }),
    visit('unsaid-2', 'W2-2', later),
    visit('never-said', 'W3'),
    visit('never-said-2', 'W3-2', { ...later, cause_code: 'hub' }),
  ]);
  expect(await metric.nums()).toEqual({ other: 1, unsaid: 0, 'never-said': 0 });
});

test('planned maintenance at the site is no repeat, a rework is', async () => {
  await metric.insert('work_order', [
    order('W1', { site_id: 'a', kind: 'install' }),
    order('M1', { site_id: 'a', kind: 'maintenance' }),
    order('W2', { site_id: 'b', kind: 'install' }),
    order('R2', { site_id: 'b', kind: 'rework' }),
  ]);
  const later = { actual_start: '2026-03-15T14:00:00Z' };
  await metric.insert('visit', [visit('V1', 'W1'), visit('M', 'M1', later), visit('V2', 'W2'), visit('R', 'R2', later)]);
  expect(await metric.nums()).toEqual({ V1: 1, V2: 0 });
});

test('no access and cancelled at the door are in neither part, nor are jobs planned for several visits', async () => {
  await metric.insert('work_order', [...['W1', 'W2', 'W3', 'W5'].map((id) => order(id)), order('W4', { planned_visits: 2 })]);
  await metric.insert('visit', [
    visit('absent', 'W1', { outcome: 'no_access' }),
    visit('cancelled', 'W2', { outcome: 'cancelled' }),
    visit('multi', 'W3', { is_planned_multi: true, outcome: 'incomplete' }),
    visit('planned', 'W4', { outcome: 'incomplete' }),
    visit('counted', 'W5', { is_planned_multi: false }),
  ]);
  expect(await metric.nums()).toEqual({ counted: 1 });
});

test('jobs without a site are matched by what they worked on, then by their number, never with each other', async () => {
  await metric.insert('work_order', [
    order('W1', { site_id: null, asset_id: 'hub-7' }),
    order('W2', { site_id: null, asset_id: 'hub-7' }),
    order('W3', { site_id: null }),
    order('W4', { site_id: null }),
  ]);
  const later = { actual_start: '2026-03-12T14:00:00Z' };
  await metric.insert('visit', [visit('V1', 'W1'), visit('V2', 'W2', later), visit('V3', 'W3'), visit('V4', 'W4', later)]);
  expect(await metric.nums()).toEqual({ V1: 0, V2: 1, V3: 1, V4: 1 });
});

test('a repeat after the as-of day is not known yet: the early figure is the better one, which is why it is provisional', async () => {
  await metric.insert('work_order', [order('W1')]);
  await metric.insert('visit', [visit('V1', 'W1'), visit('V2', 'W1', { visit_no: 2, actual_start: '2026-03-28T14:00:00Z' })]);
  expect(await metric.nums('2026-03-15T04:00:00Z')).toEqual({ V1: 1 });
  expect(await metric.nums('2026-04-15T04:00:00Z')).toEqual({ V1: 0 });
});

test('first visits of maintenance, of the other stream and without a start are left out', async () => {
  await metric.insert('work_order', [order('W1', { kind: 'maintenance' }), order('W2', { stream_id: 'NCV-02' }), order('W3')]);
  await metric.insert('visit', [visit('V1', 'W1'), visit('V2', 'W2'), visit('V3', 'W3', { actual_start: null })]);
  expect(await metric.nums()).toEqual({});
});
