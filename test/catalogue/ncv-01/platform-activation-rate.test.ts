import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.6/platform-activation-rate');

/** Complete on 1 March at 18:00 UTC, so due on 15 March at 18:00 UTC. */
function installation(id: string, devices: number | null) {
  const completed = '2026-03-01T18:00:00Z';
  return {
    wo_id: `W-${id}`,
    case_id: id,
    created_at: '2026-02-01',
    kind: 'install',
    completed_at: completed,
    device_count: devices,
  };
}
function active(id: string, doneAt: string, more: object = {}) {
  return { case_id: id, step: 'platform_active', result: 'pass', done_at: doneAt, attempt_no: 1, ...more };
}
function device(id: string, caseId: string, onlineAt: string | null, more: object = {}) {
  return { asset_id: id, case_id: caseId, kind: 'device', first_online_at: onlineAt, ...more };
}

test('active on the last second counts, a second later does not, and neither does an account without its devices', async () => {
  await metric.insert('work_order', [installation('at', 1), installation('late', 1), installation('silent', 1)]);
  await metric.insert('activation_step', [
    active('at', '2026-03-15T18:00:00Z'),
    active('late', '2026-03-15T18:00:01Z'),
    active('silent', '2026-03-02'),
  ]);
  await metric.insert('asset', [
    device('d1', 'at', '2026-03-02'),
    device('d2', 'late', '2026-03-02'),
    device('d3', 'silent', null),
  ]);
  expect(await metric.nums()).toEqual({ 'W-at': 1, 'W-late': 0, 'W-silent': 0 });
});

test('devices must have been online for a whole day by then: since 14 March 18:00 is enough, a second less is not', async () => {
  await metric.insert('work_order', [installation('day', 1), installation('less', 1)]);
  await metric.insert('activation_step', [active('day', '2026-03-02'), active('less', '2026-03-02')]);
  await metric.insert('asset', [device('d1', 'day', '2026-03-14T18:00:00Z'), device('d2', 'less', '2026-03-14T18:00:01Z')]);
  expect(await metric.nums()).toEqual({ 'W-day': 1, 'W-less': 0 });
});

test('every device installed must be online: 2 of 3 make no home live, hub and device together do', async () => {
  await metric.insert('work_order', [installation('partly', 3), installation('whole', 2)]);
  await metric.insert('activation_step', [active('partly', '2026-03-02'), active('whole', '2026-03-02')]);
  await metric.insert('asset', [
    device('p1', 'partly', '2026-03-02', { kind: 'hub' }),
    device('p2', 'partly', '2026-03-02'),
    device('p3', 'partly', null),
    device('w1', 'whole', '2026-03-02', { kind: 'hub' }),
    device('w2', 'whole', '2026-03-03'),
    device('w3', 'whole', null, { kind: 'site' }),
  ]);
  expect(await metric.nums()).toEqual({ 'W-partly': 0, 'W-whole': 1 });
});

test('where no number of devices is recorded, all that the journey has must be online', async () => {
  await metric.insert('work_order', [installation('all', null), installation('some', null)]);
  await metric.insert('activation_step', [active('all', '2026-03-02'), active('some', '2026-03-02')]);
  await metric.insert('asset', [
    device('a1', 'all', '2026-03-02'),
    device('a2', 'all', '2026-03-02'),
    device('s1', 'some', '2026-03-02'),
    device('s2', 'some', null),
  ]);
  expect(await metric.nums()).toEqual({ 'W-all': 1, 'W-some': 0 });
});

test('a created account, a failed and a skipped activation are none; a second attempt that passes is one', async () => {
  await metric.insert(
    'work_order',
    ['created', 'failed', 'skipped', 'second'].map((id) => installation(id, 0)),
  );
  await metric.insert('activation_step', [
    active('created', '2026-03-02', { step: 'account' }),
    active('failed', '2026-03-02', { result: 'fail' }),
    active('skipped', '2026-03-02', { result: 'skipped' }),
    active('second', '2026-03-02', { result: 'fail' }),
    active('second', '2026-03-03', { attempt_no: 2 }),
  ]);
  expect(await metric.nums()).toEqual({ 'W-created': 0, 'W-failed': 0, 'W-skipped': 0, 'W-second': 1 });
});

test('an activation the day before completion counts as in time', async () => {
  await metric.insert('work_order', [installation('early', 0)]);
  await metric.insert('activation_step', [active('early', '2026-02-28')]);
  expect(await metric.nums()).toEqual({ 'W-early': 1 });
});

test('an installation belongs to its business day and matures 14 days later; open and repair jobs are left out', async () => {
  await metric.insert('work_order', [
    { ...installation('edge', 0), completed_at: '2026-03-01T04:00:00Z' },
    { ...installation('open', 0), completed_at: null },
    { ...installation('repair', 0), kind: 'repair' },
  ]);
  const rows = await metric.observe();
  expect(rows.map((row) => [row.entity_id, row.day, row.num, row.den, row.matures_on])).toEqual([
    ['W-edge', '2026-02-28', 0, 1, '2026-03-14'],
  ]);
});

test('what happens after the as-of day is not known yet', async () => {
  await metric.insert('work_order', [installation('later', 1)]);
  await metric.insert('activation_step', [active('later', '2026-03-08')]);
  await metric.insert('asset', [device('d1', 'later', '2026-03-09')]);
  expect(await metric.nums('2026-03-05T05:00:00Z')).toEqual({ 'W-later': 0 });
  expect(await metric.nums('2026-03-20T04:00:00Z')).toEqual({ 'W-later': 1 });
});
