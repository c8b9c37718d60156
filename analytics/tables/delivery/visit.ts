import { ANY_OTHER, boolean, category, decimal, factTable, integer, text, timestamp } from '../definition.ts';

export const visit = factTable({
  name: 'visit',
  title: 'Visits',
  grain: 'one appointment of one work order',
  key: ['visit_id'],
  happensAt: null,
  links: [{ column: 'wo_id', table: 'work_order' }],
  columns: [
    text('visit_id', 'Appointment number', {
      required: true,
      aliases: ['appointmentnumber', 'service appointment', 'booking id', 'appointment id'],
    }),
    text('wo_id', 'Work order', {
      required: true,
      aliases: ['parentrecordid', 'work order', 'work_order_id', 'workordernumber'],
    }),
    integer('visit_no', 'First, second, … visit of the work order', { aliases: ['visit number', 'visit'], range: [1, null] }),
    timestamp('first_sched_start', 'Start first confirmed to the customer', {
      aliases: ['first scheduled start', 'original start', 'first_sched_start__c'],
      planned: true,
    }),
    timestamp('sched_start', 'Start confirmed last', {
      aliases: ['schedstarttime', 'scheduled start', 'starttime'],
      planned: true,
    }),
    timestamp('sched_end', 'End confirmed last', { aliases: ['schedendtime', 'scheduled end', 'endtime'], planned: true }),
    timestamp('window_start', 'Start of the arrival window promised first', {
      aliases: ['arrivalwindowstarttime', 'arrival window start', 'msdyn_timewindowstart'],
      planned: true,
    }),
    timestamp('window_end', 'End of the arrival window promised first', {
      aliases: ['arrivalwindowendtime', 'arrival window end', 'msdyn_timewindowend'],
      planned: true,
    }),
    timestamp('actual_start', 'When work began on site', {
      aliases: ['actualstarttime', 'actual start', 'arrived at', 'msdyn_actualarrivaltime', 'work_start'],
    }),
    timestamp('actual_end', 'When work ended on site', { aliases: ['actualendtime', 'actual end', 'work_end'] }),
    decimal('pause_min', 'Logged pauses', {
      unit: 'minutes',
      aliases: ['pause minutes', 'break minutes', 'pause_min__c'],
      range: [0, null],
    }),
    integer('crew_size', 'People on site', { aliases: ['crew size', 'crew_size__c'], range: [0, 100] }),
    category(
      'outcome',
      'How the visit ended',
      {
        completed: ['complete', 'done', 'fixed'],
        incomplete: ['not completed', 'follow-up', 'follow up', 'cannot complete', 'parts'],
        no_access: ['no access', 'customer absent', 'no-access'],
        cancelled: ['canceled', 'customer cancelled'],
        scheduled: ['open', 'dispatched', 'in progress', ANY_OTHER],
      },
      { aliases: ['status', 'result', 'visit outcome'] },
    ),
    integer('resched_count', 'How often it was moved', {
      aliases: ['reschedules', 'reschedule count', 'resched_count__c'],
      range: [0, null],
    }),
    category(
      'resched_reason',
      'Why it was last moved',
      { company: ['us', 'capacity'], customer: [], materials: ['parts', 'material'], weather: [] },
      { aliases: ['reschedule reason', 'resched_reason__c'] },
    ),
    text('cause_code', 'What the visit was for', { aliases: ['cause', 'cause_code__c'] }),
    boolean('is_planned_multi', 'Whether several visits were planned from the start', {
      aliases: ['planned multi', 'multi visit'],
    }),
  ],
  checks: [
    {
      code: 'end-before-start',
      sql: 'actual_end IS NULL OR actual_start IS NULL OR actual_end >= actual_start',
      message: 'The visit ends before it starts; it is left out of durations.',
    },
  ],
});
