import type { UnavailableMetric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';
import { refreshObservations } from '../observe/index.ts';
import { TABLES_OF_METRICS } from '../tables/fact-tables.ts';
import type { Workspace } from './open.ts';
import { readState, writeStates } from './state.ts';

/** The metrics whose statement failed over the data as it is. They have no observations, and are computed whole when they are next tried. */
export async function readFailed(sql: Sql): Promise<readonly UnavailableMetric[]> {
  return JSON.parse((await readState(sql, 'failed metrics')) ?? '[]') as UnavailableMetric[];
}

/** Takes away what was observed of these metrics: it no longer holds. */
export async function forgetObservations(sql: Sql, metrics: readonly string[]): Promise<void> {
  if (metrics.length === 0) return;
  for (const table of ['observation', ...TABLES_OF_METRICS.map((each) => `observation${each}`)]) {
    await sql.run({ text: `DELETE FROM ${table} WHERE list_contains($metrics, metric)`, params: { metrics } });
  }
}

/** Computes the metrics that failed before a change, but not those that failed over it. To be called once the change is committed, for one that fails again ends a transaction. */
export async function tryFailedAgain(workspace: Workspace, failedNow: ReadonlyMap<string, unknown>): Promise<void> {
  const { writer, settings, catalogue, state } = workspace;
  const failed = await readFailed(writer);
  const again = catalogue.metrics.filter(({ id }) => !failedNow.has(id) && failed.some((each) => each.id === id));
  if (again.length === 0 || state.asOf === null) return;
  const still = await refreshObservations(writer, again, { settings, asOf: state.asOf });
  if (still.length === again.length) return;
  const left = [...failed.filter((each) => failedNow.has(each.id ?? '')), ...still];
  const dataVersion = state.dataVersion + 1;
  await writeStates(writer, { 'failed metrics': JSON.stringify(left), 'data version': String(dataVersion) });
  workspace.state = { ...state, dataVersion, unavailable: [...catalogue.unavailable, ...left] };
}
