import { errorData, isUndecided } from '../../contract/errors.ts';
import type { ImportProgress } from '../../contract/import-report.ts';
import type { WatchedFile, WatchSetting } from '../../contract/watch.ts';
import { importInto } from '../change.ts';
import type { Workspace } from '../open.ts';
import { stoppable } from '../running/stoppable.ts';
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

/** Imports files one after another, each by itself: one that is refused takes no other with it, and each can be undone alone. */
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
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      await deal(task).catch((thrown: unknown) => {
        if (!stop.signal.aborted) events.watched(refusal(task.file, errorData(thrown).message));
      });
      current = null;
      if (stop.signal.aborted) waiting.length = 0;
    }
    isRunning = false;
  }

  async function deal(task: Task): Promise<void> {
    const { file, source } = task;
    const before = await identityOf(file);
    const known = (await rememberedFiles(workspace.writer)).find((each) => each.file === file);
    if (before === null || isSame(before, known ?? null)) return;
    current = task;
    events.watched(null);
    const outcome = await importOne(task, before);
    if (outcome === null) {
      current = null;
      events.watched(null);
      return;
    }
    await remember(workspace.writer, outcome);
    current = null;
    const { bytes: _, changedAt: __, code: ___, ...told } = outcome;
    events.watched(told);
    if (outcome.outcome === 'imported') await tryUndecided(source);
  }

  /** What became of the file; null where that is not known yet, since it was written to meanwhile or the work was stopped. */
  async function importOne({ source, file }: Task, before: FileIdentity): Promise<Remembered | null> {
    const { table, profile, full } = source;
    const request = {
      files: [file],
      dryRun: false,
      ...(table ? { table } : {}),
      ...(profile ? { profile } : {}),
      ...(full ? { full } : {}),
    };
    const watch = { signal: stop.signal, files: [file], progress: events.progress };
    try {
      const { batch, files } = await stoppable(workspace.writer, watch, (options) => importInto(workspace, request, options));
      if (batch !== null) events.changed(workspace.state.dataVersion);
      const [report] = files;
      const at = new Date().toISOString();
      const outcome = batch === null ? 'known' : 'imported';
      const facts = { batch, table: report?.table ?? null, rows: report?.rows ?? null };
      return { file, ...before, outcome, at, ...facts, message: null, code: null };
    } catch (thrown) {
      const { code, message } = errorData(thrown);
      if (stop.signal.aborted || !isSame(before, await identityOf(file))) return null;
      return { ...before, ...refusal(file, message), code };
    }
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

function refusal(file: string, message: string): WatchedFile {
  return { file, outcome: 'refused', at: new Date().toISOString(), batch: null, table: null, rows: null, message };
}

/** Whether the file lies in the folder itself. */
export function isWithin(file: string, { path }: Source): boolean {
  const [cut, rest] = [file.slice(0, path.length), file.slice(path.length).replace(/^[\\/]/, '')];
  return cut === path && rest !== '' && !/[\\/]/.test(rest);
}
