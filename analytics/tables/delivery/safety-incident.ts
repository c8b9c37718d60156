import { addressTable, category, integer, text, timestamp } from '../definition.ts';

export const safetyIncident = addressTable({
  name: 'safety_incident',
  title: 'Safety incidents',
  grain: 'one incident or near miss',
  key: ['incident_id'],
  happensAt: 'occurred_at',
  links: [{ column: 'wo_id', table: 'work_order' }],
  columns: [
    text('incident_id', 'Incident number', { required: true, aliases: ['incident', 'case number', 'incident number'] }),
    timestamp('occurred_at', 'When the injury happened', {
      required: true,
      aliases: ['date of injury', 'occurred', 'incident date', 'injury date'],
    }),
    category(
      'severity',
      'OSHA class',
      {
        near_miss: ['near miss', 'nearmiss'],
        first_aid: ['first aid'],
        recordable: ['medical treatment', 'other recordable'],
        restricted: ['restricted work', 'job transfer'],
        days_away: ['lost time', 'lti', 'days away'],
        fatality: ['death'],
      },
      { required: true, aliases: ['class', 'classification', 'type'] },
    ),
    integer('days_away', 'Days away from work', { unit: 'days', range: [0, null] }),
    text('wo_id', 'Work order it happened on', { aliases: ['work order', 'work_order_id'] }),
  ],
  checks: [],
});
