import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.6/customer-onboarding-satisfaction');

/** Sent on 1 March and answered four days later with `score`, unless `more` says otherwise. */
function survey(id: string, score: number | null, more: object = {}) {
  return {
    survey_id: id,
    case_id: `C-${id}`,
    touchpoint: 'onboarding',
    sent_at: '2026-03-01',
    responded_at: '2026-03-05',
    score,
    ...more,
  };
}

test('answers 5, 4, 3 and 1 of 5 are 2 of 4 satisfied; the one that never answered is missing, not neutral', async () => {
  await metric.insert('survey_response', [
    survey('five', 5),
    survey('four', 4),
    survey('three', 3),
    survey('one', 1),
    survey('silent', null, { responded_at: null }),
    survey('blank', null),
  ]);
  expect(await metric.nums()).toEqual({ five: 1, four: 1, three: 0, one: 0 });
});

test('scales are compared by their share: of 1 to 10 it takes 8, of 0 to 1 a 1, and 5 of 10 is not satisfied', async () => {
  const ten = { scale_min: 1, scale_max: 10 };
  await metric.insert('survey_response', [
    survey('five', 5, ten),
    survey('seven', 7, ten),
    survey('eight', 8, ten),
    survey('thumb-up', 1, { scale_min: 0, scale_max: 1 }),
    survey('thumb-down', 0, { scale_min: 0, scale_max: 1 }),
  ]);
  expect(await metric.nums()).toEqual({ five: 0, seven: 0, eight: 1, 'thumb-up': 1, 'thumb-down': 0 });
});

test('scores off their scale, and scales without width, say nothing', async () => {
  await metric.insert('survey_response', [
    survey('high', 9),
    survey('low', 0),
    survey('flat', 1, { scale_min: 1, scale_max: 1 }),
    survey('good', 4),
  ]);
  expect(await metric.nums()).toEqual({ good: 1 });
});

test('only the last answer of a journey counts, and an answer off the scale is no last answer', async () => {
  await metric.insert('survey_response', [
    survey('first', 1, { case_id: 'C', responded_at: '2026-03-05' }),
    survey('last', 5, { case_id: 'C', responded_at: '2026-03-06' }),
    survey('slip', 50, { case_id: 'C', responded_at: '2026-03-07' }),
    survey('stray1', 5, { case_id: null }),
    survey('stray2', 5, { case_id: null }),
  ]);
  expect(await metric.nums()).toEqual({ last: 1, stray1: 1, stray2: 1 });
});

test('30 days after sending is in time, a second later is not', async () => {
  await metric.insert('survey_response', [
    survey('at', 5, { responded_at: '2026-03-31T00:00:00Z' }),
    survey('late', 5, { responded_at: '2026-03-31T00:00:01Z' }),
    survey('unsent', 5, { sent_at: null }),
  ]);
  expect(await metric.nums()).toEqual({ at: 1 });
});

test('other touchpoints, the recommendation question and the other stream are left out', async () => {
  await metric.insert('survey_response', [
    survey('install', 5, { touchpoint: 'post_install' }),
    survey('nps', 10, { instrument: 'nps', scale_min: 0, scale_max: 10 }),
    survey('charging', 5, { stream_id: 'NCV-02' }),
    survey('csat', 5, { instrument: 'csat' }),
  ]);
  expect(await metric.nums()).toEqual({ csat: 1 });
});

test('an answer counts in the month it was given, of its business day; later answers are not known yet', async () => {
  await metric.insert('survey_response', [
    survey('edge', 4, { case_id: 'C', sent_at: '2026-03-20', responded_at: '2026-04-01T02:00:00Z' }),
    survey('later', 1, { case_id: 'C', sent_at: '2026-03-20', responded_at: '2026-04-10' }),
  ]);
  const rows = await metric.observe('2026-04-02T04:00:00Z');
  expect(rows.map((row) => [row.entity_id, row.day, row.num])).toEqual([['edge', '2026-03-31', 1]]);
});
