import type { Asset, World } from '../records.ts';
import { type Column, type Extract, extractOf, instant } from './csv.ts';

const ASSET: readonly Column<Asset>[] = [
  ['asset_id', (row) => row.id],
  ['parent_id', (row) => row.parent],
  ['asset_type', (row) => row.kind],
  ['journey_id', (row) => row.caseId],
  ['site_id', (row) => row.site],
  ['connector_no', (row) => row.connector],
  ['model', (row) => row.model],
  ['firmware_version', (row) => row.firmware],
  ['power_kw', (row) => row.kw],
  ['installed_at', (row) => instant(row.installedAt)],
  ['in_service_at', (row) => instant(row.inServiceAt)],
  ['activated_at', (row) => instant(row.activatedAt)],
  ['first_online_at', (row) => instant(row.firstOnlineAt)],
  ['first_session_at', (row) => instant(row.firstSessionAt)],
  ['retired_at', (row) => instant(row.retiredAt)],
];

/** The asset register, the charger log as a central system exports OCPP 1.6 messages, the hub log, and what excuses outages. */
export function telemetryExtracts({ assets, chargerLog, hubLog, exclusions }: World): Extract[] {
  const charging = assets.filter((asset) => asset.kind === 'charger' || asset.kind === 'port');
  const home = assets.filter((asset) => asset.kind === 'hub' || asset.kind === 'device');
  return [
    extractOf({ file: 'asset_charging.csv.gz', table: 'asset', system: 'Asset register' }, charging, ASSET),
    extractOf({ file: 'asset_home.csv.gz', table: 'asset', system: 'Asset register' }, home, ASSET),
    extractOf({ file: 'ocpp_log.csv.gz', table: 'device_event', system: 'Charging network' }, chargerLog, [
      ['charge_box_id', (row) => row.charger],
      ['connector_id', (row) => row.connector],
      ['message_type', (row) => row.message],
      ['status', (row) => row.status],
      ['error_code', (row) => row.error],
      ['fw_version', (row) => row.firmware],
      ['status_timestamp', (row) => instant(row.at)],
      ['server_time', (row) => instant(row.receivedAt)],
    ]),
    extractOf({ file: 'hub_log.csv.gz', table: 'device_event', system: 'Home platform' }, hubLog, [
      ['device_id', (row) => row.device],
      ['ts', (row) => instant(row.at)],
      ['type', (row) => row.type],
      ['fw_version', (row) => row.firmware],
    ]),
    extractOf({ file: 'device_exclusion.csv', table: 'device_exclusion', system: 'Charging network' }, exclusions, [
      ['exclusion_id', (row) => row.id],
      ['asset', (row) => row.asset],
      ['start_at', (row) => instant(row.from)],
      ['end_at', (row) => instant(row.to)],
      ['cause', (row) => row.reason],
      ['approved', (row) => row.approved],
      ['evidence', (row) => row.evidence],
    ]),
  ];
}
