import { category, type TableDefinition, text, timestamp } from '../definition.ts';

export const EXCLUSION_MEMBERS = {
  none: [],
  grid: ['utility', 'utility interruption', 'grid outage'],
  vehicle: ['vehicle fault'],
  maintenance: ['scheduled maintenance', 'planned maintenance'],
  vandalism: [],
  disaster: ['natural disaster'],
  closed_hours: ['closed hours', 'closed'],
} as const;

export const deviceState: TableDefinition = {
  name: 'device_state',
  title: 'Device states',
  grain: 'one stretch of one port or hub in one state',
  key: ['asset_id', 'start_at'],
  happensAt: 'start_at',
  links: [{ column: 'asset_id', table: 'asset' }],
  columns: [
    text('asset_id', 'Port or hub', { required: true, aliases: ['port', 'port_id', 'evse_id', 'device_id'] }),
    timestamp('start_at', 'When it began', { required: true, aliases: ['start', 'from', 'started at', 's'] }),
    timestamp('end_at', 'When it ended; empty while it lasts', { aliases: ['end', 'to', 'ended at', 'e'] }),
    category(
      'state',
      'Whether it could be used',
      {
        up: ['operative', 'available'],
        down: ['inoperative', 'faulted', 'unavailable', 'outage'],
        offline: ['unknown', 'out of contact'],
        unobserved: ['not observed'],
      },
      { required: true },
    ),
    text('raw_status', 'Status as the source wrote it', { aliases: ['raw status'] }),
    text('error_code', 'Error code of the protocol', { aliases: ['errorcode'] }),
    category('exclusion', 'Cause that excuses the outage', EXCLUSION_MEMBERS, { aliases: ['excluded', 'excluded cause'] }),
    text('evidence_ref', 'Where the cause is proved', { aliases: ['evidence'] }),
  ],
  checks: [
    {
      code: 'end-before-start',
      sql: 'end_at IS NULL OR end_at >= start_at',
      message: 'The state ends before it starts; it counts for nothing.',
    },
  ],
};
