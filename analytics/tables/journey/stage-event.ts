import { category, factTable, integer, text, timestamp } from '../definition.ts';

export const stageEvent = factTable({
  name: 'stage_event',
  title: 'Stage visits',
  grain: 'one visit of one journey to one stage',
  key: ['case_id', 'stage_id', 'visit_no'],
  happensAt: 'entered_at',
  links: [{ column: 'case_id', table: 'journey_case' }],
  columns: [
    text('case_id', 'Journey id', { required: true, aliases: ['case', 'journey id'] }),
    text('stage_id', 'Stage id as the stage document writes it, for example NCV-01.5', {
      required: true,
      aliases: ['stage', 'value stage'],
    }),
    integer('visit_no', 'First, second, … visit of the journey to the stage', {
      required: true,
      aliases: ['visit', 'attempt'],
      range: [1, null],
    }),
    timestamp('entered_at', 'When the journey entered the stage', {
      required: true,
      aliases: ['entered', 'start', 'entry date'],
    }),
    timestamp('exited_at', 'When it left; empty while it is there', {
      since: 'entered_at',
      aliases: ['exited', 'end', 'exit date'],
    }),
    category('outcome', 'How it left; empty while it is there', {
      passed: ['pass', 'completed'],
      dropped: ['drop', 'lost', 'cancelled'],
      returned: ['return', 'rework', 'sent back'],
    }),
    text('reason', 'Why it dropped out or was sent back'),
    text('source', 'System that recorded the change'),
  ],
  checks: [
    {
      code: 'exit-before-entry',
      sql: 'exited_at IS NULL OR exited_at >= entered_at',
      message: 'The stage is left before it is entered; the visit is left out of durations.',
    },
  ],
});
