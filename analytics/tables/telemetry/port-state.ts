import { boolean, category, type TableDefinition, text, timestamp } from '../definition.ts';

/** What one charging port was, stretch by stretch of its service, derived from messages, states and exclusions. */
export const portState: TableDefinition = {
  name: 'port_state',
  title: 'Port states',
  grain: 'one stretch of one charging port in one state',
  key: ['asset_id', 'start_at'],
  happensAt: 'start_at',
  links: [{ column: 'asset_id', table: 'asset' }],
  columns: [
    text('asset_id', 'Charging port'),
    timestamp('start_at', 'When it began'),
    timestamp('end_at', 'When it ended'),
    category('state', 'Whether it could be used; faults go before being out of contact', {
      up: [],
      down: [],
      offline: [],
      unobserved: [],
    }),
    boolean('excused', 'Whether the outage has an excusable cause'),
    timestamp('since_at', 'Since when the port could be used, could not, or nothing was known of it, without a break'),
  ],
  checks: [],
};
