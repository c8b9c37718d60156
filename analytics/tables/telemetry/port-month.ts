import { date, type TableDefinition, text } from '../definition.ts';
import { PORT_MINUTES } from './port-day.ts';

/** The port days of one charging port in one month, added up. */
export const portMonth: TableDefinition = {
  name: 'port_month',
  title: 'Port months',
  grain: 'one charging port in one month',
  key: ['asset_id', 'month'],
  happensAt: null,
  links: [{ column: 'asset_id', table: 'asset' }],
  columns: [
    text('asset_id', 'Charging port'),
    date('month', 'First day of the month'),
    date('first_day', 'First business day of the month on which the port was in service'),
    date('last_observed_day', 'Last business day of the month of which anything could be known; null: none'),
    ...PORT_MINUTES,
  ],
  checks: [],
};
