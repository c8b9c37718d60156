import type { Catalogue } from '../catalogue/index.ts';
import type { UnavailableMetric } from '../contract/metric-definition.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { asOfInstant, type DataChange, latestDay, reachAfter, refreshObservations } from '../observe/index.ts';
import { rebuildPortDays, refreshPortDays } from '../telemetry/index.ts';
import { readState, writeState } from './state.ts';

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
  const before = (await readState(sql, 'as of')) || null;
  const now = new Date();
  const reach =
    imported !== null && before !== null ? await reachAfter(sql, settings, { now, known: before, batch: imported.batch }) : null;
  const asOf = reach?.asOf ?? (await latestDay(sql, settings, now));
  if (asOf === null) {
    const today = new Date().toISOString().slice(0, 10);
    const unavailable = await refreshObservations(sql, catalogue.metrics, { settings, asOf: today });
    await writeState(sql, 'as of', '');
    return { asOf, unavailable };
  }
  const change =
    imported !== null && before !== null && reach !== null
      ? { ...imported, previousAsOf: before, revealed: reach.revealed }
      : null;
  const ports = await bringPortsUpToDate(sql, settings, { asOf, change });
  const changed: DataChange | null = change && { ...change, ports };
  const unavailable = await refreshObservations(sql, catalogue.metrics, { settings, asOf, change: changed });
  await writeState(sql, 'as of', asOf);
  return { asOf, unavailable };
}

async function bringPortsUpToDate(
  sql: Sql,
  settings: Settings,
  { asOf, change }: { readonly asOf: string; readonly change: Omit<DataChange, 'ports'> | null },
): Promise<DataChange['ports']> {
  const instant = asOfInstant(asOf, settings);
  if (change) {
    const stays = asOf === change.previousAsOf && !change.tables.some((table) => TELEMETRY_TABLES.includes(table));
    return stays ? 'none' : refreshPortDays(sql, settings, { asOf: instant, imported: change });
  }
  await rebuildPortDays(sql, settings, instant);
  return 'all';
}
