import { stat } from 'node:fs/promises';
import { type FSWatcher, watch } from 'chokidar';
import { isCandidateName } from './candidates.ts';

/** How long a file must stay as it is to count as written, and how often a folder is looked at. */
export interface WatchTiming {
  readonly settleMs: number;
  readonly lookMs: number;
}

export const WATCH_TIMING: WatchTiming = { settleMs: 2000, lookMs: 15_000 };

export interface FolderListener {
  /** A file is there, or another than before, and is written. */
  arrived(file: string): void;
  /** The folder has come or gone. */
  present(): void;
  /** Time to look through the whole folder: systems do not tell of every change, those of network drives least. */
  look(): void;
}

/** Hears what happens in a folder, which may come and go. Gives the function that ends it. */
export function hearFolder(folder: string, timing: WatchTiming, listener: FolderListener): () => Promise<void> {
  let events: FSWatcher | null = null;
  let isThere: boolean | null = null;
  const look = async () => {
    const facts = await stat(folder).catch(() => null);
    const found = facts?.isDirectory() ?? false;
    if (found !== isThere) {
      isThere = found;
      await events?.close();
      events = found ? open(folder, timing, listener) : null;
      listener.present();
    }
    if (found) listener.look();
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, timing.lookMs);
  return async () => {
    clearInterval(timer);
    await looking;
    await events?.close();
  };
}

function open(folder: string, { settleMs }: WatchTiming, listener: FolderListener): FSWatcher {
  const events = watch(folder, {
    depth: 0,
    ignored: (file) => file !== folder && !isCandidateName(file),
    ignorePermissionErrors: true,
    awaitWriteFinish: { stabilityThreshold: settleMs, pollInterval: Math.max(20, Math.round(settleMs / 10)) },
  });
  events.on('add', listener.arrived);
  events.on('change', listener.arrived);
  // A folder that cannot be listened to is still looked through from time to time.
  events.on('error', () => undefined);
  return events;
}
