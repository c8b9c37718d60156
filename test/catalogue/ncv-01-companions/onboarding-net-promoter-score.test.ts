import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-01.6/onboarding-net-promoter-score');

function answer(id: string, score: number, more: object = {}) {
  const asked = { touchpoint: 'onboarding', instrument: 'nps', sent_at: '2026-03-01', responded_at: '2026-03-05' };
  return { survey_id: id, case_id: `C-${id}`, score, ...asked, ...more };
}

test('three promoters, two passives and one detractor of 6 answers are (3 − 1) / 6', async () => {
  await metric.insert('survey_response', [
    answer('ten', 10),
    answer('nine', 9),
    answer('nine-too', 9),
    answer('eight', 8),
    answer('seven', 7),
    answer('six', 6),
  ]);
  expect(await metric.totals()).toEqual({ num: 2, den: 6 });
});

test('the satisfaction question, late answers, numbers off the scale and all but the last answer are left out', async () => {
  await metric.insert('survey_response', [
    answer('csat', 5, { instrument: 'csat' }),
    answer('unnamed', 5, { instrument: null }),
    answer('late', 10, { responded_at: '2026-04-05' }),
    answer('off', 11),
    answer('first', 10, { case_id: 'C' }),
    answer('last', 0, { case_id: 'C', responded_at: '2026-03-06' }),
  ]);
  expect(await metric.nums()).toEqual({ last: -1 });
});
