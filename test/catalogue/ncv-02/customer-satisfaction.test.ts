import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.6/customer-satisfaction');

const answer = (survey_id: string, score: number | null, more: object = {}) => ({
  survey_id,
  case_id: survey_id,
  touchpoint: 'post_install',
  instrument: 'csat',
  sent_at: '2026-02-20',
  responded_at: score === null ? null : '2026-03-01T03:00:00Z',
  score,
  ...more,
});

test('4 and 5 of 5 are satisfied, 3 is not, and no answer is missing rather than neutral', async () => {
  await metric.insert('survey_response', [answer('A', 5), answer('B', 4), answer('C', 3), answer('D', null)]);
  expect(await metric.nums()).toEqual({ A: 1, B: 1, C: 0 });
  expect((await metric.observe())[0]?.day).toBe('2026-02-28');
});

test('scales are not mixed: 7 of 1 to 10 is two thirds of the way, 8 is more than three quarters', async () => {
  const ten = { scale_min: 1, scale_max: 10 };
  await metric.insert('survey_response', [
    answer('seven', 7, ten),
    answer('eight', 8, ten),
    answer('thumb', 1, { scale_min: 0, scale_max: 1 }),
    answer('off', 8),
    answer('broken', 3, { scale_min: 5, scale_max: 5 }),
  ]);
  expect(await metric.nums()).toEqual({ seven: 0, eight: 1, thumb: 1 });
});

test('the last answer of a journey within 30 days of sending speaks for it, so that a fleet is one voice', async () => {
  await metric.insert('survey_response', [
    answer('first', 5, { case_id: 'fleet' }),
    answer('last', 2, { case_id: 'fleet', responded_at: '2026-03-05' }),
    answer('too-late', 5, { case_id: 'fleet', responded_at: '2026-03-23' }),
  ]);
  expect(await metric.nums()).toEqual({ last: 0 });
});

test('other touchpoints, the recommendation question and the home stream are other measures; no question named is this one', async () => {
  await metric.insert('survey_response', [
    answer('support', 5, { touchpoint: 'support' }),
    answer('nps', 5, { instrument: 'nps' }),
    answer('home', 5, { stream_id: 'NCV-01' }),
    answer('unnamed', 5, { instrument: null }),
  ]);
  expect(await metric.nums()).toEqual({ unnamed: 1 });
});

test('an answer after the as-of day is not there yet and hides no earlier one', async () => {
  await metric.insert('survey_response', [
    answer('first', 5, { case_id: 'J' }),
    answer('later', 1, { case_id: 'J', responded_at: '2026-03-10' }),
  ]);
  expect(await metric.nums('2026-03-05T05:00:00Z')).toEqual({ first: 1 });
});
