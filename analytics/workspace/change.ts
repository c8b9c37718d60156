import { join } from 'node:path';
import { WeirError } from '../contract/errors.ts';
import type { BatchSummary, ImportProgress, ImportReport, ImportRequest } from '../contract/import-report.ts';
import { type BatchChanges, type ImportContext, importFiles, listBatches, undoBatch } from '../ingest/index.ts';
import { observationsFingerprint, type Workspace } from './open.ts';
import { type ImportedRows, recompute } from './recompute.ts';
import { OUT_OF_DATE, readState, writeState } from './state.ts';

export interface ChangeOptions {
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
}

/** What an import in this workspace goes by. */
export function ingestContext({ settings, dir }: Workspace, { onProgress, signal }: ChangeOptions): ImportContext {
  return {
    settings,
    profilesFolder: join(dir, 'profiles'),
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  };
}

/** Imports files in one transaction, then recomputes what they touch. */
export async function importInto(workspace: Workspace, request: ImportRequest, options: ChangeOptions): Promise<ImportReport> {
  const touched = touchedTables(workspace);
  const report = await importFiles(workspace.writer, request, {
    ...ingestContext(workspace, options),
    afterStore: touched.note,
  });
  if (report.batch !== null) await bringUpToDate(workspace, touched.imported());
  return report;
}

/** Takes an import back and recomputes what it touched. */
export async function undoIn(workspace: Workspace, batch: number): Promise<BatchSummary> {
  const touched = touchedTables(workspace);
  await undoBatch(workspace.writer, batch, touched.note);
  await bringUpToDate(workspace, null);
  const summary = (await listBatches(workspace.writer)).find((each) => each.batch === batch);
  if (!summary) throw new WeirError('batch-unknown', { batch });
  return summary;
}

/** Hears what a change touches and, in the same transaction, marks what is derived from it as out of date. */
function touchedTables(workspace: Workspace) {
  let imported: ImportedRows | null = { batch: 0, tables: [] };
  return {
    /** What the change touched, or null where what is derived was out of date already and must be made anew whole. */
    imported: () => imported,
    async note(changes: BatchChanges) {
      const isCurrent = (await readState(workspace.writer, 'observations of')) !== OUT_OF_DATE;
      imported = isCurrent && !changes.rowsGone ? changes : null;
      await writeState(workspace.writer, 'observations of', OUT_OF_DATE);
    },
  };
}

async function bringUpToDate(workspace: Workspace, imported: ImportedRows | null): Promise<void> {
  const { asOf, unavailable } = await recompute(workspace.writer, workspace, imported).catch((thrown: unknown) => {
    const isFull = thrown instanceof WeirError && (thrown.code === 'disk-full' || thrown.code === 'memory-full');
    throw isFull ? new WeirError('numbers-pending', { reason: thrown.message }, thrown.detail) : thrown;
  });
  const dataVersion = workspace.state.dataVersion + 1;
  await writeState(workspace.writer, 'data version', String(dataVersion));
  await writeState(workspace.writer, 'observations of', observationsFingerprint(workspace));
  workspace.state = { dataVersion, asOf, unavailable: [...workspace.catalogue.unavailable, ...unavailable] };
}
