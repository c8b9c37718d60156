import { date, decimal, type TableDefinition, text } from '../definition.ts';

const minutes = { unit: 'minutes' } as const;

/** How the minutes of a charging port were spent. */
export const PORT_MINUTES = [
  decimal('in_service_min', 'Minutes between in service and retired', minutes),
  decimal('unobserved_min', 'Of these, minutes in which nothing could be known', minutes),
  decimal('fault_min', 'Minutes faulted or unavailable', minutes),
  decimal('offline_min', 'Minutes out of contact; never also faulted', minutes),
  decimal('fault_excluded_min', 'Of the faulted minutes, those with an excusable cause', minutes),
  decimal('offline_excluded_min', 'Of the out-of-contact minutes, those with an excusable cause', minutes),
];

/** Minutes of one charging port in one business day, derived from messages, states and exclusions. */
export const portDay: TableDefinition = {
  name: 'port_day',
  title: 'Port days',
  grain: 'one charging port on one business day',
  key: ['asset_id', 'day'],
  happensAt: null,
  links: [{ column: 'asset_id', table: 'asset' }],
  columns: [text('asset_id', 'Charging port'), date('day', 'Business day'), ...PORT_MINUTES],
  checks: [],
};
