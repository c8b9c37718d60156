import { category, decimal, factTable, text, timestamp } from '../definition.ts';

export const surveyResponse = factTable({
  name: 'survey_response',
  title: 'Survey responses',
  grain: 'one survey sent, with its answer where there is one',
  key: ['survey_id'],
  happensAt: null,
  links: [
    { column: 'case_id', table: 'journey_case' },
    { column: 'customer_id', table: 'customer' },
  ],
  columns: [
    text('survey_id', 'Id of the survey', { required: true, aliases: ['id', 'response id', 'survey'] }),
    text('case_id', 'Journey of the customer', { aliases: ['case', 'journey id'] }),
    text('customer_id', 'Account id', { aliases: ['account id', 'customer'] }),
    category(
      'touchpoint',
      'After what it was asked',
      {
        onboarding: ['onboarded'],
        post_install: ['installation', 'install', 'post-installation', 'post installation'],
        support: ['ticket', 'service'],
      },
      { aliases: ['survey type', 'event'] },
    ),
    timestamp('sent_at', 'When it was sent', { aliases: ['sent', 'sent date'] }),
    timestamp('responded_at', 'When it was answered; empty without an answer', {
      aliases: ['responded', 'response date', 'submitted at', 'answered at'],
    }),
    decimal('score', 'The answer', { aliases: ['rating', 'answer'] }),
    decimal('scale_min', 'Worst answer of the scale; empty means 1', { aliases: ['scale min'] }),
    decimal('scale_max', 'Best answer of the scale; empty means 5', { aliases: ['scale max', 'scale'] }),
    category(
      'instrument',
      'Which question',
      { csat: ['satisfaction'], nps: ['net promoter score'] },
      { aliases: ['question type', 'metric'] },
    ),
  ],
  checks: [
    {
      code: 'score-off-scale',
      sql: "score IS NULL OR (score >= coalesce(scale_min, 1) AND score <= coalesce(scale_max, 5)) OR instrument = 'nps' AND score BETWEEN 0 AND 10",
      message: 'The score lies outside its scale; it is left out of satisfaction.',
    },
  ],
});
