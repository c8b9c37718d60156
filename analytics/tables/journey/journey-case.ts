import { category, factTable, text, timestamp } from '../definition.ts';

export const journeyCase = factTable({
  name: 'journey_case',
  title: 'Journeys',
  grain: 'one journey of one customer through one value stream',
  key: ['case_id'],
  happensAt: 'opened_at',
  links: [{ column: 'customer_id', table: 'customer' }],
  columns: [
    text('case_id', 'Journey id', { required: true, aliases: ['case', 'journey id', 'journey_id'] }),
    text('stream_id', 'Value stream the journey runs through, for example NCV-01', {
      required: true,
      aliases: ['stream', 'value stream', 'value_stream_id'],
    }),
    text('customer_id', 'Account id', { aliases: ['account id', 'accountid'] }),
    timestamp('opened_at', 'When the journey began', { required: true, aliases: ['opened', 'open date', 'started at'] }),
    timestamp('closed_at', 'When the journey ended', { since: 'opened_at', aliases: ['closed', 'close date'] }),
    category('outcome', 'How the journey ended', {
      completed: ['won', 'done'],
      dropped: ['lost', 'cancelled', 'abandoned'],
      open: [],
    }),
  ],
  checks: [
    {
      code: 'closed-before-opened',
      sql: 'closed_at IS NULL OR closed_at >= opened_at',
      message: 'The journey closes before it opens; it is left out of durations.',
    },
  ],
});
