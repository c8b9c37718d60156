import { addressTable, category, date, decimal, text } from '../definition.ts';

const hours = { unit: 'hours', range: [0, 24] } as const;

export const resourceDay = addressTable({
  name: 'resource_day',
  title: 'Technician days',
  grain: 'one technician on one day',
  key: ['resource_id', 'work_date'],
  happensAt: null,
  links: [],
  columns: [
    text('resource_id', 'Technician', {
      required: true,
      aliases: ['resource', 'technician', 'technician id', 'serviceresourceid'],
    }),
    date('work_date', 'Day worked', { required: true, aliases: ['date', 'day', 'work date'] }),
    category('employer', 'Own staff or contractor', {
      own: ['employee', 'internal'],
      contractor: ['external', 'subcontractor', 'temp'],
    }),
    decimal('available_h', 'Rostered hours less leave and training', { ...hours, aliases: ['available hours', 'planned hours'] }),
    decimal('work_h', 'Hours of on-site work', { ...hours, aliases: ['work hours', 'labour hours', 'labor hours'] }),
    decimal('travel_h', 'Hours of travel', { ...hours, aliases: ['travel hours'] }),
    decimal('overtime_h', 'Hours beyond the roster, contained in work and travel', {
      ...hours,
      aliases: ['overtime hours', 'overtime'],
    }),
    decimal('exposure_h', 'Hours actually worked, for incident rates; empty means available and overtime hours', {
      ...hours,
      aliases: ['hours worked', 'worked hours'],
    }),
  ],
  checks: [],
});
