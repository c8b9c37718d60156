import { join } from 'node:path';
import { type ErrorData, errorData, isUndecided, type WeirError } from '../../contract/errors.ts';
import type { ImportProgress, ImportReport } from '../../contract/import-report.ts';
import type { WatchedFile, WatchSetting } from '../../contract/watch.ts';
import { profilesAt } from '../../ingest/index.ts';
import { importInto } from '../change.ts';
import type { Workspace } from '../open.ts';
import { reporting } from '../running/reporting.ts';
import { type FileIdentity, identityOf, isSame } from './candidates.ts';
import { forget, type Remembered, remember, rememberedFiles } from './memory.ts';

/** A watched folder: what the settings say of it, and where it is. */
export interface Source extends WatchSetting {
  readonly path: string;
}

export interface QueueEvents {
  progress(progress: ImportProgress): void;
  changed(dataVersion: number): void;
  /** Something waits, begins or ended; `file` is what became of one. */
  watched(file: WatchedFile | null): void;
}

/**
 * Imports files as they come. Those of one folder that are ready together are one import, so that the metrics are measured once
 * for all of them; one that is refused takes no other with it, and what became of each is kept and told.
 */
export interface ImportQueue {
  /** Adds a file, unless it waits already, or was dealt with in the state it is in. */
  add(source: Source, file: string): void;
  /** What is imported and how many files wait, of one folder. */
  standing(source: Source): { readonly importing: string | null; readonly waiting: number };
  /** Forgets what became of a file and adds it again. */
  retry(source: Source, file: string): Promise<void>;
  /** Drops what waits of a folder. */
  drop(source: Source): void;
  /** Resolves once nothing waits. */
  idle(): Promise<void>;
  /** Stops what runs, which leaves the workspace as before it. */
  close(): Promise<void>;
}

interface Task {
  readonly source: Source;
  readonly file: string;
}

interface ReadyFile extends FileIdentity {
  readonly file: string;
}

/** How long files are waited for that come together with the first. */
const GATHERED_MS = 50;
/** A group ends here, so that what is stopped in its midst is not much to do again. */
const MOST_FILES = 200;
const MOST_BYTES = 256 * 1024 * 1024;

export function importQueue(workspace: Workspace, events: QueueEvents): ImportQueue {
  const waiting: Task[] = [];
  const stop = new AbortController();
  let current: Task | null = null;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;

  function add(source: Source, file: string): void {
    if (stop.signal.aborted || waiting.some((each) => each.file === file)) return;
    waiting.push({ source, file });
    if (isRunning) return;
    isRunning = true;
    running = run();
  }

  async function run(): Promise<void> {
    await new Promise((later) => setTimeout(later, GATHERED_MS));
    while (waiting.length > 0 && !stop.signal.aborted) {
      const source = waiting[0]?.source;
      if (!source) break;
      const { ready, seen } = await nextGroup(source);
      const taken = new Set(seen);
      waiting.splice(0, waiting.length, ...waiting.filter((each) => !taken.has(each.file)));
      if (ready.length > 0) await deal(source, ready);
    }
    if (stop.signal.aborted) waiting.length = 0;
    isRunning = false;
  }

  /** The files that are imported next, and with them those seen that need not be. */
  async function nextGroup(source: Source): Promise<{ readonly ready: readonly ReadyFile[]; readonly seen: readonly string[] }> {
    const remembered = new Map((await rememberedFiles(workspace.writer)).map((each) => [each.file, each]));
    const most = (await mayBeFull(workspace, source)) ? 1 : MOST_FILES;
    const ready: ReadyFile[] = [];
    const seen: string[] = [];
    let bytes = 0;
    for (const { file } of waiting.filter((each) => each.source.path === source.path)) {
      const identity = await identityOf(file);
      const isReady = identity !== null && !isSame(identity, remembered.get(file) ?? null);
      if (isReady && ready.length > 0 && (ready.length >= most || bytes + identity.bytes > MOST_BYTES)) break;
      seen.push(file);
      if (!isReady) continue;
      ready.push({ file, ...identity });
      bytes += identity.bytes;
    }
    return { ready, seen };
  }

  async function deal(source: Source, ready: readonly ReadyFile[]): Promise<void> {
    current = { source, file: ready[0]?.file ?? '' };
    events.watched(null);
    const outcomes = await importGroup(source, ready).catch((thrown: unknown) =>
      ready.map((each) => refused(each, errorData(thrown))),
    );
    current = null;
    if (outcomes.length === 0) events.watched(null);
    for (const outcome of outcomes) {
      await remember(workspace.writer, outcome).catch(() => undefined);
      const { bytes: _, changedAt: __, code: ___, ...told } = outcome;
      if (!stop.signal.aborted) events.watched(told);
    }
    if (outcomes.some(({ outcome }) => outcome === 'imported')) await tryUndecided(source);
  }

  /** What became of the files; nothing of those that were written to meanwhile, nor where the work was stopped. */
  async function importGroup(source: Source, ready: readonly ReadyFile[]): Promise<readonly Remembered[]> {
    const { table, profile, full } = source;
    const files = ready.map((each) => each.file);
    const request = {
      files,
      dryRun: false,
      ...(table ? { table } : {}),
      ...(profile ? { profile } : {}),
      ...(full ? { full } : {}),
    };
    const progress = (standing: ImportProgress) => {
      if (current) current = { source, file: standing.file };
      events.progress(standing);
    };
    const errors = new Map<string, WeirError>();
    const watch = { signal: stop.signal, files, progress };
    const outcomes: Remembered[] = [];
    try {
      const report = await reporting(workspace.writer, watch, (options) =>
        importInto(workspace, request, { ...options, refused: errors }),
      );
      if (report.batch !== null) events.changed(workspace.state.dataVersion);
      for (const each of ready) {
        const error = errors.get(each.file);
        if (!error) outcomes.push(imported(each, report));
        else if (isSame(each, await identityOf(each.file))) outcomes.push(refused(each, errorData(error)));
      }
    } catch (thrown) {
      if (stop.signal.aborted) return [];
      for (const each of ready) {
        // What fails for all of them may be the fault of one.
        const error = errors.get(each.file) ?? (ready.length === 1 ? thrown : null);
        if (error === null) outcomes.push(...(await importGroup(source, [each])));
        else if (isSame(each, await identityOf(each.file))) outcomes.push(refused(each, errorData(error)));
      }
    }
    return outcomes;
  }

  /** What the values of one file leave open another file of its source may have settled. */
  async function tryUndecided(source: Source): Promise<void> {
    for (const { file, code } of await rememberedFiles(workspace.writer)) {
      if (!isUndecided(code) || !isWithin(file, source)) continue;
      await forget(workspace.writer, file);
      add(source, file);
    }
  }

  return {
    add,
    standing: (source) => ({
      importing: current?.source.path === source.path ? current.file : null,
      waiting: waiting.filter((each) => each.source.path === source.path).length,
    }),
    async retry(source, file) {
      await forget(workspace.writer, file);
      add(source, file);
    },
    drop(source) {
      const left = waiting.filter((each) => each.source.path !== source.path);
      waiting.splice(0, waiting.length, ...left);
    },
    idle: () => running,
    async close() {
      stop.abort();
      waiting.length = 0;
      await running;
    },
  };
}

function refused(file: ReadyFile, { code, message }: Pick<ErrorData, 'code' | 'message'>): Remembered {
  return { ...file, outcome: 'refused', at: new Date().toISOString(), batch: null, table: null, rows: null, message, code };
}

/** What became of a file of an import that went through: of some of its files nothing may have been new. */
function imported(file: ReadyFile, { batch, files }: ImportReport): Remembered {
  const report = files.find((each) => each.file === file.file);
  const rows = report?.rows ?? null;
  const isKnown = report?.findings.some(({ code }) => code === 'file-known') ?? false;
  const isNew = batch !== null && !isKnown && rows !== null && rows.inserted + rows.updated + rows.rejected > 0;
  const at = new Date().toISOString();
  const facts = { batch: isNew ? batch : null, table: report?.table ?? null, rows };
  return { ...file, outcome: isNew ? 'imported' : 'known', at, ...facts, message: null, code: null };
}

/** Whether files of the folder may be full exports: each of them is one by itself, and they are no parts of one. */
async function mayBeFull({ dir }: Workspace, { full }: Source): Promise<boolean> {
  if (full) return true;
  const profiles = await profilesAt(join(dir, 'profiles')).catch(() => []);
  return profiles.some(({ tables }) => Object.values(tables).some((table) => table.fullExport));
}

/** Whether the file lies in the folder itself. */
export function isWithin(file: string, { path }: Source): boolean {
  const [cut, rest] = [file.slice(0, path.length), file.slice(path.length).replace(/^[\\/]/, '')];
  return cut === path && rest !== '' && !/[\\/]/.test(rest);
}
