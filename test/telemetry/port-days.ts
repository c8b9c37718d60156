import { rebuildPortDays } from '../../analytics/telemetry/index.ts';
import type { MemoryWorkspace, Row } from '../support/memory-workspace.ts';

/** The minutes of one port in one day or, summed, in a span of days. */
export interface PortMinutes {
  readonly in_service_min: number;
  readonly unobserved_min: number;
  readonly fault_min: number;
  readonly offline_min: number;
  readonly fault_excluded_min: number;
  readonly offline_excluded_min: number;
}

/** One charger `CB` with the connectors named, in service since May, and its journey; more assets can be inserted beside it. */
export async function oneCharger(
  workspace: MemoryWorkspace,
  ports: readonly Row[] = [{ asset_id: 'P1', connector_no: 1 }],
): Promise<void> {
  await workspace.insert('journey_case', [
    { case_id: 'J', stream_id: 'NCV-02', opened_at: '2026-01-01', segment: 'fleet', region: 'West' },
  ]);
  await workspace.insert('asset', [{ asset_id: 'SITE', kind: 'site' }]);
  await workspace.insert('asset', [{ asset_id: 'CB', kind: 'charger', parent_id: 'SITE', site_id: 'SITE', case_id: 'J' }]);
  await workspace.insert(
    'asset',
    ports.map((port) => ({ kind: 'port', parent_id: 'CB', case_id: 'J', in_service_at: '2026-05-01', ...port })),
  );
}

/** Status messages of charger `CB`: `[time, connector, status]`, received at once. */
export function statuses(...said: readonly (readonly [at: string, connector: number, status: string])[]): Row[] {
  return said.map(([happened_at, connector_no, status]) => ({
    asset_id: 'CB',
    connector_no,
    happened_at,
    event: 'status',
    status,
  }));
}

/** Rebuilds the port days as known at `asOf`. */
export async function rebuild(workspace: MemoryWorkspace, asOf = '2026-07-01T00:00:00Z'): Promise<void> {
  await rebuildPortDays(workspace.sql, workspace.settings, asOf);
}

/** A port's minutes summed over the days `from` to `to`, both included. */
export async function minutes(workspace: MemoryWorkspace, port: string, from: string, to = from): Promise<PortMinutes> {
  const columns = ['in_service_min', 'unobserved_min', 'fault_min', 'offline_min', 'fault_excluded_min', 'offline_excluded_min'];
  const [row] = await workspace.sql.rows<PortMinutes>({
    text: `SELECT ${columns.map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(', ')} FROM port_day
      WHERE asset_id = $port AND day BETWEEN CAST($from AS DATE) AND CAST($to AS DATE)`,
    params: { port, from, to },
  });
  if (!row) throw new Error('a sum without a row');
  return row;
}
