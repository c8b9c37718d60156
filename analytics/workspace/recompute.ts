import type { Catalogue } from '../catalogue/index.ts';
import type { UnavailableMetric } from '../contract/metric-definition.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { asOfInstant, type DataChange, type DataReach, dataReach, reachAfter, refreshObservations } from '../observe/index.ts';
import { rebuildPortDays, refreshPortDays } from '../telemetry/index.ts';
import { readStates, writeStates } from './state.ts';

/** Port days follow from these: telemetry, and what says in which region, and so in whose days, a port stands. */
const TELEMETRY_TABLES = ['asset', 'device_event', 'device_state', 'device_exclusion', 'journey_case', 'customer'];

/** What was recomputed: the last day the data reaches, and the metrics whose statement failed. */
export interface Recomputed {
  readonly asOf: string | null;
  readonly unavailable: readonly UnavailableMetric[];
}

/** An import whose rows are new or changed, none gone; what is derived was up to date before it. */
export type ImportedRows = Pick<DataChange, 'batch' | 'tables' | 'rejectsGone'>;

/**
 * Brings everything derived from the canonical tables up to date: port days, then the observations of the metrics that may
 * differ, and their facts. `imported` null means that anything may have changed. Within a transaction, which a metric whose
 * statement fails would end, it rejects with `MetricFailed`.
 */
export async function recompute(
  sql: Sql,
  parts: { readonly settings: Settings; readonly catalogue: Catalogue },
  imported: ImportedRows | null,
): Promise<Recomputed> {
  const { settings, catalogue } = parts;
  const before = await readReach(sql);
  const now = new Date();
  const after = imported && before ? await reachAfter(sql, settings, { now, known: before, ...imported }) : null;
  const reach = after ?? (await dataReach(sql, settings, now));
  const revealed = after ? after.revealed : reach.asOf === before?.asOf ? new Set<string>() : null;
  await writeStates(sql, { 'as of': reach.asOf ?? '', 'tables ahead': JSON.stringify(reach.ahead) });
  const { asOf } = reach;
  if (asOf === null) {
    const today = now.toISOString().slice(0, 10);
    return { asOf, unavailable: await refreshObservations(sql, catalogue.metrics, { settings, asOf: today }) };
  }
  const change = imported && before && revealed ? { ...imported, previousAsOf: before.asOf, revealed } : null;
  const ports = await bringPortsUpToDate(sql, settings, { asOf, change });
  const changed: DataChange | null = change && { ...change, ports };
  return { asOf, unavailable: await refreshObservations(sql, catalogue.metrics, { settings, asOf, change: changed }) };
}

/** How far the data reached when it was last measured; null where nothing is known of it. */
async function readReach(sql: Sql): Promise<(DataReach & { readonly asOf: string }) | null> {
  const state = await readStates(sql, ['as of', 'tables ahead']);
  const [asOf, ahead] = [state('as of'), state('tables ahead')];
  return asOf && ahead ? { asOf, ahead: JSON.parse(ahead) as string[] } : null;
}

async function bringPortsUpToDate(
  sql: Sql,
  settings: Settings,
  { asOf, change }: { readonly asOf: string; readonly change: Omit<DataChange, 'ports'> | null },
): Promise<DataChange['ports']> {
  const instant = asOfInstant(asOf, settings);
  if (change) {
    const stays = asOf === change.previousAsOf && !change.tables.some((table) => TELEMETRY_TABLES.includes(table));
    return stays ? { days: null, states: null } : refreshPortDays(sql, settings, { asOf: instant, imported: change });
  }
  await rebuildPortDays(sql, settings, instant);
  return 'all';
}
