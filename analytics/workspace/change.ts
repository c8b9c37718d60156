import { join } from 'node:path';
import { WeirError } from '../contract/errors.ts';
import type { BatchSummary, ImportReport, ImportRequest, ImportStep } from '../contract/import-report.ts';
import type { UnavailableMetric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';
import {
  type BatchChanges,
  dropWorkingTables,
  type ImportContext,
  importFiles,
  listBatches,
  undoBatch,
} from '../ingest/index.ts';
import { ChangeUnclear, MetricFailed } from '../observe/index.ts';
import { forgetObservations, readFailed, tryFailedAgain } from './failed-metrics.ts';
import { observationsFingerprint, type Workspace, type WorkspaceState } from './open.ts';
import { type ImportedRows, recompute } from './recompute.ts';
import { writeStates } from './state.ts';

export interface ChangeOptions {
  readonly onProgress?: (step: ImportStep) => void;
  readonly signal?: AbortSignal;
  /** Where it is given, files of an import that are refused are left out and noted here, and the others imported. */
  readonly refused?: Map<string, WeirError>;
}

/** What an import in this workspace goes by. */
export function ingestContext(
  { settings, dir, streams }: Workspace,
  { onProgress, signal, refused }: ChangeOptions,
): ImportContext {
  return {
    settings,
    profilesFolder: join(dir, 'profiles'),
    streams: streams.models.map((model) => model.id),
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
    ...(refused ? { refused } : {}),
  };
}

/** Imports files and recomputes what they touch, in one transaction: stopped at any moment, it leaves the workspace as it was. */
export async function importInto(workspace: Workspace, request: ImportRequest, options: ChangeOptions): Promise<ImportReport> {
  const sql = workspace.memory.watching(workspace.writer.until(options.signal));
  const context = ingestContext(workspace, options);
  const report = await change(workspace, sql, (measure) => importFiles(sql, request, { ...context, afterStore: measure }));
  await dropWorkingTables(workspace.writer);
  return report;
}

/** Takes an import back and recomputes what it touched, in one transaction. */
export async function undoIn(workspace: Workspace, batch: number): Promise<BatchSummary> {
  const sql = workspace.memory.watching(workspace.writer);
  await change(workspace, sql, (measure) => undoBatch(sql, batch, (changes) => measure({ ...changes, rejectsGone: true })));
  const summary = (await listBatches(sql)).find((each) => each.batch === batch);
  if (!summary) throw new WeirError('batch-unknown', { batch });
  return summary;
}

/** What a change did; taking an import back takes its rejected rows away too. */
type Changes = BatchChanges & Pick<ImportedRows, 'rejectsGone'>;

/** Brings what is derived up to date, within the transaction of the change. */
type Measure = (changes: Changes) => Promise<void>;

/**
 * Makes a change of the rows together with all that follows from it. A metric whose statement fails over the new rows ends the
 * transaction; it must not take the change with it, so the change is made again without that metric, which loses its
 * observations. Where it cannot be told what the change touches it is made again too, and everything computed anew.
 */
async function change<Value>(workspace: Workspace, sql: Sql, work: (measure: Measure) => Promise<Value>): Promise<Value> {
  const failed = new Map<string, UnavailableMetric>();
  let whole = false;
  for (;;) {
    let reached: WorkspaceState | null = null;
    try {
      const value = await work(async (changes) => {
        reached = await bringUpToDate(workspace, sql, { changes: whole ? { ...changes, rowsGone: true } : changes, failed });
      });
      if (reached) {
        workspace.state = reached;
        await tryFailedAgain(workspace, failed);
      }
      return value;
    } catch (thrown) {
      if (thrown instanceof ChangeUnclear && !whole) {
        whole = true;
        continue;
      }
      if (!(thrown instanceof MetricFailed) || failed.has(thrown.metric.id)) throw thrown;
      failed.set(thrown.metric.id, thrown.metric);
    }
  }
}

async function bringUpToDate(
  workspace: Workspace,
  sql: Sql,
  known: {
    readonly changes: Changes;
    /** Metrics that fail over these rows. */
    readonly failed: ReadonlyMap<string, UnavailableMetric>;
  },
): Promise<WorkspaceState> {
  const { settings, catalogue } = workspace;
  const earlier = (await readFailed(sql)).filter((each) => !known.failed.has(each.id ?? ''));
  const aside = new Set([...earlier.map((each) => each.id), ...known.failed.keys()]);
  const metrics = catalogue.metrics.filter((metric) => !aside.has(metric.id));
  const imported = known.changes.rowsGone ? null : known.changes;
  const { asOf, unavailable } = await recompute(sql, { settings, catalogue: { ...catalogue, metrics } }, imported);
  await forgetObservations(sql, [...known.failed.keys()]);
  const failing = [...earlier, ...known.failed.values(), ...unavailable];
  const dataVersion = workspace.state.dataVersion + 1;
  await writeStates(sql, {
    'failed metrics': JSON.stringify(failing),
    'data version': String(dataVersion),
    'observations of': observationsFingerprint(workspace),
  });
  return { dataVersion, asOf, unavailable: [...catalogue.unavailable, ...failing] };
}
