import { boolean, category, type TableDefinition, text, timestamp } from '../definition.ts';
import { EXCLUSION_MEMBERS } from './device-state.ts';

export const deviceExclusion: TableDefinition = {
  name: 'device_exclusion',
  title: 'Excusable outages',
  grain: 'one stretch in which an outage of one port, charger or site is excused',
  key: ['exclusion_id'],
  happensAt: null,
  links: [{ column: 'asset_id', table: 'asset' }],
  columns: [
    text('exclusion_id', 'Id of the entry', { required: true, aliases: ['id'] }),
    text('asset_id', 'Port, charger or site it covers', {
      required: true,
      aliases: ['asset', 'port', 'port_id', 'site_id', 'charge_box_id'],
    }),
    timestamp('start_at', 'When it began', { required: true, aliases: ['start', 'from', 'start_ts', 's'] }),
    timestamp('end_at', 'When it ended', { required: true, aliases: ['end', 'to', 'end_ts', 'e'], planned: true }),
    category('reason', 'Why the outage is excused', EXCLUSION_MEMBERS, { required: true, aliases: ['cause', 'exclusion'] }),
    boolean('approved', 'Whether it was approved; empty means yes', { aliases: ['is approved'] }),
    text('evidence_ref', 'Where it is proved', { aliases: ['evidence'] }),
  ],
  checks: [
    { code: 'end-before-start', sql: 'end_at >= start_at', message: 'The entry ends before it starts; it excuses nothing.' },
  ],
};
