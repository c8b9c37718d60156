import { expect, test } from 'vitest';
import { metricUnderTest } from '../../support/metric-under-test.ts';

const metric = metricUnderTest('ncv-02.6/net-promoter-score');

test('60 promoters, 25 passives and 15 detractors are +45 points', async () => {
  const scores = [...Array(60).fill(9), ...Array(25).fill(8), ...Array(15).fill(6)] as number[];
  await metric.insert(
    'survey_response',
    scores.map((score, index) => ({
      survey_id: `S${index}`,
      case_id: `J${index}`,
      touchpoint: 'post_install',
      instrument: 'nps',
      sent_at: '2026-02-20',
      responded_at: '2026-02-21',
      score,
      scale_min: 0,
      scale_max: 10,
    })),
  );
  await metric.insert('survey_response', [
    {
      survey_id: 'csat',
      touchpoint: 'post_install',
      instrument: 'csat',
      sent_at: '2026-02-20',
      responded_at: '2026-02-21',
      score: 5,
    },
  ]);
  expect(await metric.totals()).toEqual({ num: 45, den: 100 });
});
