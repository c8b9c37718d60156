import { category, decimal, factTable, integer, text, timestamp } from '../definition.ts';

export const asset = factTable({
  name: 'asset',
  title: 'Assets',
  grain: 'one site, charger, charging port, hub or device',
  key: ['asset_id'],
  happensAt: null,
  links: [{ column: 'case_id', table: 'journey_case' }],
  columns: [
    text('asset_id', 'Asset id', { required: true, aliases: ['id', 'asset', 'serial number', 'evse_id', 'device_id'] }),
    text('parent_id', 'The asset it is part of: port to charger, charger to site, device to hub', {
      aliases: ['parent', 'parent asset', 'charge_box_id', 'hub_id'],
    }),
    category(
      'kind',
      'What it is',
      {
        site: ['location'],
        charger: ['charge point', 'station', 'evse charger'],
        port: ['connector', 'evse', 'charging port'],
        hub: ['gateway'],
        device: ['sensor', 'thermostat', 'plug'],
      },
      { required: true, aliases: ['asset type', 'type'] },
    ),
    text('case_id', 'Journey that installed it', { aliases: ['case', 'journey id'] }),
    text('site_id', 'Site it stands on', { aliases: ['site', 'location', 'home_id'] }),
    integer('connector_no', 'Connector number within the charger', {
      aliases: ['connector_id', 'connector', 'connectorid'],
      range: [0, 1000],
    }),
    text('model', 'Model', { aliases: ['product model', 'hardware model'] }),
    text('firmware', 'Firmware version', { aliases: ['fw_version', 'firmware version'] }),
    decimal('power_kw', 'Rated power', { unit: 'kW', aliases: ['power', 'kw', 'max power'], range: [0, 5000] }),
    timestamp('installed_at', 'When it was put in place', { aliases: ['installed', 'install date'] }),
    timestamp('in_service_at', 'When it was opened for use', { aliases: ['in service', 'in service date', 'commissioned_at'] }),
    timestamp('activated_at', 'When its customer could first use it', { aliases: ['activated', 'activation date'] }),
    timestamp('first_online_at', 'When the network first saw it ready', { aliases: ['first online', 'first seen'] }),
    timestamp('first_session_at', 'When it first charged or passed a test transaction', { aliases: ['first session'] }),
    timestamp('retired_at', 'When it was taken out of service', { aliases: ['retired', 'decommissioned at', 'removed at'] }),
    text('open_hours', 'Hours of operation, for example 06:00-22:00; empty means always', {
      aliases: ['opening hours', 'hours'],
    }),
  ],
  checks: [],
});
