import { date, decimal, type TableDefinition, text } from '../definition.ts';
import { PORT_MINUTES } from './port-day.ts';

/** The column of a month's minutes over the twelve months that end with it. */
export function overTwelveMonths(minutes: string): string {
  return `${minutes}_12`;
}

/** The port days of one charging port in one month, and in the twelve that end with it, added up. */
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
    date('service_day', 'First business day of all on which the port was in service'),
    date('first_day', 'First business day of the month on which the port was in service'),
    date('last_observed_day', 'Last business day of the month of which anything could be known; null: none'),
    ...PORT_MINUTES,
    ...PORT_MINUTES.map(({ name, description }) =>
      decimal(overTwelveMonths(name), `${description}; of the twelve months that end with this one`, { unit: 'minutes' }),
    ),
  ],
  checks: [],
};
