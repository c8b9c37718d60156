import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.6/onboarding-completion-rate');

const charger = (asset_id: string, case_id: string, activated_at: string | null, more: object = {}) => ({
  asset_id,
  kind: 'charger',
  case_id,
  activated_at,
  ...more,
});
const step = (case_id: string, name: string, done_at: string | null, more: object = {}) => ({
  case_id,
  step: name,
  attempt_no: 1,
  required: true,
  result: done_at ? 'pass' : 'invited',
  done_at,
  ...more,
});
const ACTIVE = '2026-02-01T12:00:00Z';

test('the steps required differ by segment: a home needs no roster, a fleet does', async () => {
  await metric.insert('asset', [charger('H', 'home', ACTIVE), charger('F', 'fleet', ACTIVE)]);
  await metric.insert('activation_step', [
    step('home', 'account', '2026-02-02'),
    step('home', 'app', '2026-02-03'),
    step('home', 'payment', null, { required: false }),
    step('fleet', 'account', '2026-02-02'),
    step('fleet', 'payment', null),
    step('fleet', 'training', '2026-02-05'),
  ]);
  expect(await metric.nums()).toEqual({ H: 1, F: 0 });
});

test('an invitation or a failed attempt completes nothing, a second attempt that passes does', async () => {
  await metric.insert('asset', [charger('A', 'a', ACTIVE), charger('B', 'b', ACTIVE)]);
  await metric.insert('activation_step', [
    step('a', 'app', '2026-02-02', { result: 'invited' }),
    step('b', 'app', '2026-02-02', { result: 'fail' }),
    step('b', 'app', '2026-02-09', { attempt_no: 2 }),
  ]);
  expect(await metric.nums()).toEqual({ A: 0, B: 1 });
});

test('on day 30 is in time, a second later is not, and before activation is', async () => {
  await metric.insert('asset', [charger('A', 'at', ACTIVE), charger('L', 'late', ACTIVE), charger('E', 'early', ACTIVE)]);
  await metric.insert('activation_step', [
    step('at', 'docs', '2026-03-03T12:00:00Z'),
    step('late', 'docs', '2026-03-03T12:00:01Z'),
    step('early', 'docs', '2026-01-03'),
  ]);
  expect(await metric.nums()).toEqual({ A: 1, L: 0, E: 1 });
});

test('a customer with three chargers counts once, from the first one activated', async () => {
  await metric.insert('asset', [
    charger('second', 'J', '2026-03-05'),
    charger('first', 'J', null, { first_online_at: '2026-02-20', first_session_at: '2026-03-01T03:00:00Z' }),
    charger('third', 'J', null, { first_online_at: '2026-01-20' }),
    charger('port', 'J', '2026-01-01', { kind: 'port' }),
  ]);
  await metric.insert('activation_step', [step('J', 'account', '2026-03-02')]);
  expect((await metric.observe()).map((row) => [row.entity_id, row.day, row.matures_on])).toEqual([
    ['first', '2026-02-28', '2026-03-30'],
  ]);
});

test('customers of whom nothing is required, other steps, and hubs of the home stream are left out', async () => {
  await metric.insert('asset', [
    charger('none', 'none', ACTIVE),
    charger('other', 'other', ACTIVE),
    charger('hub', 'home', ACTIVE, { kind: 'hub' }),
    charger('home', 'home', ACTIVE, { stream_id: 'NCV-01' }),
  ]);
  await metric.insert('activation_step', [
    step('none', 'account', '2026-02-02', { required: false }),
    step('other', 'commission', '2026-02-02'),
    step('home', 'account', '2026-02-02'),
  ]);
  expect(await metric.nums()).toEqual({});
});

test('a step done after the as-of day is still required on that day', async () => {
  await metric.insert('asset', [charger('A', 'a', ACTIVE)]);
  await metric.insert('activation_step', [step('a', 'account', '2026-02-02'), step('a', 'training', '2026-02-20')]);
  expect(await metric.nums('2026-02-10T05:00:00Z')).toEqual({ A: 0 });
});
