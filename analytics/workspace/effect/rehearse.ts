import type { ImportEffect } from '../../contract/import-effect.ts';
import type { ImportReport, ImportRequest } from '../../contract/import-report.ts';
import type { UnavailableMetric } from '../../contract/metric-definition.ts';
import type { MetricRow } from '../../contract/metric-query.ts';
import type { Sql } from '../../contract/sql.ts';
import { type BatchChanges, importFiles } from '../../ingest/index.ts';
import { ChangeUnclear, MetricFailed } from '../../observe/index.ts';
import { monthlyValues } from '../../query/index.ts';
import { type ChangeOptions, ingestContext } from '../change.ts';
import { readFailed } from '../failed-metrics.ts';
import type { Workspace } from '../open.ts';
import { recompute } from '../recompute.ts';
import { changedValues } from './changed-values.ts';

/**
 * Imports the files as a dry run and tells what the import would do to the metrics: in the one transaction that is taken back,
 * everything that follows from the rows is brought up to date by the same statements as after an import, and every metric is
 * asked by month before and after. The figures are therefore those that the import would show, and the workspace stays as it
 * is. All files are judged together. Rejects as {@link importFiles} does, and with `cancelled`.
 */
export async function rehearseImport(
  workspace: Workspace,
  request: ImportRequest,
  options: ChangeOptions,
): Promise<ImportReport> {
  const failed = new Map<string, UnavailableMetric>();
  // Those that fail over the data as it is have nothing that an import could change.
  for (const each of await readFailed(workspace.reader)) if (each.id !== null) failed.set(each.id, each);
  let whole = false;
  for (;;) {
    try {
      return await rehearse(workspace, request, { ...options, failed, whole });
    } catch (thrown) {
      if (thrown instanceof ChangeUnclear && !whole) {
        whole = true;
        continue;
      }
      // A metric that fails over the new rows ends the transaction: the rehearsal is done again without it.
      if (!(thrown instanceof MetricFailed) || failed.has(thrown.metric.id)) throw thrown;
      failed.set(thrown.metric.id, thrown.metric);
    }
  }
}

interface Rehearsal extends ChangeOptions {
  /** Metrics that are known to fail over these rows. */
  readonly failed: ReadonlyMap<string, UnavailableMetric>;
  /** Whether everything is to be computed anew. */
  readonly whole: boolean;
}

async function rehearse(workspace: Workspace, request: ImportRequest, options: Rehearsal): Promise<ImportReport> {
  const { asOf } = workspace.state;
  const { currency } = workspace.settings;
  let effect: ImportEffect = { asOf: { from: asOf, to: asOf }, currency, changes: [], unavailable: [] };
  const sql = workspace.memory.watching(workspace.writer.until(options.signal));
  const afterStore = async (changes: BatchChanges) => {
    effect = await effectOf(workspace, changes, options);
  };
  const report = await importFiles(sql, { ...request, dryRun: true }, { ...ingestContext(workspace, options), afterStore });
  return { ...report, ...effect };
}

/** To be called within the transaction that stored the rows and takes them back. */
async function effectOf(
  workspace: Workspace,
  changes: BatchChanges,
  { failed, signal, whole }: Rehearsal,
): Promise<ImportEffect> {
  const sql = workspace.memory.watching(workspace.writer.until(signal));
  const { settings, catalogue, state } = workspace;
  const metrics = catalogue.metrics.filter((metric) => !failed.has(metric.id));
  const before = await valuesOn(sql, workspace, { metrics, asOf: state.asOf });
  const made = await recompute(
    sql,
    { settings, catalogue: { ...catalogue, metrics } },
    changes.rowsGone || whole ? null : changes,
  );
  const lost = [...failed.values(), ...made.unavailable];
  const usable = metrics.filter((metric) => !lost.some((each) => each.id === metric.id));
  const after = await valuesOn(sql, workspace, { metrics: usable, asOf: made.asOf });
  const lostBefore = new Set(state.unavailable.map((each) => each.id));
  return {
    asOf: { from: state.asOf, to: made.asOf },
    currency: settings.currency,
    changes: changedValues(
      before.filter((row) => usable.some((metric) => metric.id === row.metric)),
      after,
    ),
    unavailable: lost.filter((each) => !lostBefore.has(each.id)),
  };
}

async function valuesOn(
  sql: Sql,
  { settings }: Workspace,
  known: { readonly metrics: Workspace['catalogue']['metrics']; readonly asOf: string | null },
): Promise<readonly MetricRow[]> {
  return known.asOf === null ? [] : monthlyValues(sql, { settings, metrics: known.metrics, asOf: known.asOf });
}
