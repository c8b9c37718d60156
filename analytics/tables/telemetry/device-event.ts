import { category, integer, type TableDefinition, text, timestamp } from '../definition.ts';

export const deviceEvent: TableDefinition = {
  name: 'device_event',
  title: 'Device messages',
  grain: 'one message of one charger, port, hub or device',
  key: ['asset_id', 'connector_no', 'happened_at', 'event', 'status'],
  happensAt: 'happened_at',
  links: [{ column: 'asset_id', table: 'asset' }],
  columns: [
    text('asset_id', 'Charger, port, hub or device that sent it', {
      required: true,
      aliases: ['charge_box_id', 'chargebox id', 'charge point id', 'device_id', 'evse_uid', 'evse_id', 'port', 'port_id'],
    }),
    integer('connector_no', 'Connector number; 0 is the whole charger; empty where the id is the port itself', {
      aliases: ['connector_id', 'connectorid', 'connector'],
      range: [0, 1000],
    }),
    timestamp('happened_at', 'When the device says it happened; the time of receipt where it does not', {
      required: true,
      aliases: ['timestamp', 'status_timestamp', 'ts', 'time', 'last_updated', 'event time'],
    }),
    timestamp('received_at', 'When the central system received it', { aliases: ['received', 'receipt time', 'server_time'] }),
    category(
      'event',
      'Kind of message; empty means status',
      {
        status: ['statusnotification', 'status notification'],
        heartbeat: ['heart beat', 'hb'],
        boot: ['bootnotification'],
        online: ['connected'],
        offline: ['lwt', 'disconnected'],
        session: ['starttransaction', 'transaction'],
      },
      { aliases: ['type', 'message', 'action', 'message_type'] },
    ),
    text('status', 'State as the protocol writes it, for example Available or Faulted', {
      aliases: ['state', 'connector status'],
    }),
    text('error_code', 'Error code of the protocol', { aliases: ['errorcode', 'error'] }),
    text('firmware', 'Firmware version', { aliases: ['fw_version', 'firmware version'] }),
  ],
  checks: [],
  long: true,
};
