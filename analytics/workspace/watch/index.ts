import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { WeirError } from '../../contract/errors.ts';
import type { WatchedFile, WatchedFolder, WatchSetting } from '../../contract/watch.ts';
import type { Workspace } from '../open.ts';
import { changeSetting } from '../settings-file.ts';
import { candidatesIn, identityOf, isSame } from './candidates.ts';
import { type FolderListener, hearFolder, WATCH_TIMING, type WatchTiming } from './folder-events.ts';
import { importQueue, isWithin, type QueueEvents, type Source } from './import-queue.ts';
import { rememberedFiles } from './memory.ts';

/** The watched folders of an open workspace. Their files are read, and never moved, changed or deleted. */
export interface Watch {
  folders(): Promise<readonly WatchedFolder[]>;
  /** Rejects with `watch-no-folder`, `watch-own-folder` or `watch-twice`. */
  add(setting: WatchSetting): Promise<void>;
  /** Ends watching a folder named as in the settings; what came from it stays. Rejects with `watch-unknown`. */
  remove(folder: string): Promise<void>;
  /** Tries a file again as it lies there. Rejects with `watch-unknown` where it lies in no watched folder. */
  retry(file: string): Promise<void>;
  /** Watches from now on, until closed. */
  start(): void;
  /** Imports what lies in the folders now and is written; rejects with `watch-nothing` where no folder is watched. */
  importAll(): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  readonly source: Source;
  end: (() => Promise<void>) | null;
}

export function watchFolders(workspace: Workspace, events: QueueEvents, timing: WatchTiming = WATCH_TIMING): Watch {
  const queue = importQueue(workspace, events);
  const { dir } = workspace;
  const entries: Entry[] = workspace.settings.watch.map((setting) => entryOf(dir, setting));
  let started = false;

  function begin(entry: Entry): void {
    const { source } = entry;
    if (isOwn(dir, source)) return;
    const look = twoLooks(source, (file) => queue.add(source, file));
    const listener: FolderListener = {
      arrived: (file) => queue.add(source, file),
      present: () => events.watched(null),
      look: () => void look(),
    };
    entry.end = hearFolder(source.path, timing, listener);
  }

  async function save(): Promise<void> {
    await changeSetting(
      dir,
      'watch',
      entries.map(({ source: { path: _, ...setting } }) => setting),
    );
  }

  return {
    async folders() {
      const remembered = await rememberedFiles(workspace.reader);
      return Promise.all(
        entries.map(async ({ source, end }): Promise<WatchedFolder> => {
          const own = remembered.filter((each) => isWithin(each.file, source));
          const refused: WatchedFile[] = [];
          for (const each of own) {
            if (each.outcome === 'refused' && isSame(each, await identityOf(each.file))) refused.push(told(each));
          }
          const last = own.at(-1);
          const { importing, waiting } = queue.standing(source);
          const reason = await reasonAgainst(dir, source);
          const state = importing ? 'importing' : reason ? 'missing' : end === null ? 'stopped' : 'watching';
          return { ...source, state, reason, importing, waiting, last: last ? told(last) : null, refused };
        }),
      );
    },
    async add(setting) {
      const path = resolve(dir, setting.folder);
      const inside = relative(dir, path);
      const folder = inside === '' || inside.startsWith('..') || resolve(inside) === inside ? path : inside;
      const entry = entryOf(dir, { ...setting, folder });
      if (!(await isFolder(path))) throw new WeirError('watch-no-folder', { folder: path });
      if (isOwn(dir, entry.source)) throw new WeirError('watch-own-folder', { folder: path });
      if (entries.some((each) => each.source.path === path)) throw new WeirError('watch-twice', { folder: path });
      entries.push(entry);
      await save();
      if (started) begin(entry);
      events.watched(null);
    },
    async remove(folder) {
      const at = entries.findIndex(({ source }) => source.folder === folder || source.path === folder);
      const [entry] = at < 0 ? [] : entries.splice(at, 1);
      if (!entry) throw new WeirError('watch-unknown', { folder });
      await save();
      await entry.end?.();
      queue.drop(entry.source);
      events.watched(null);
    },
    async retry(file) {
      const entry = entries.find(({ source }) => isWithin(file, source));
      if (!entry) throw new WeirError('watch-unknown', { folder: file });
      await queue.retry(entry.source, file);
    },
    start() {
      if (started) return;
      started = true;
      for (const entry of entries) begin(entry);
    },
    async importAll() {
      if (entries.length === 0) throw new WeirError('watch-nothing', { dir });
      for (const { source } of entries) {
        if (isOwn(dir, source)) throw new WeirError('watch-own-folder', { folder: source.path });
        for (const file of await writtenFiles(source, timing)) queue.add(source, file);
        await queue.idle();
      }
    },
    async close() {
      await Promise.all(entries.map((entry) => entry.end?.()));
      await queue.close();
    },
  };
}

function entryOf(dir: string, setting: WatchSetting): Entry {
  return { source: { ...setting, path: resolve(dir, setting.folder) }, end: null };
}

function isOwn(dir: string, { path }: Source): boolean {
  return path === resolve(dir) || path === join(resolve(dir), '.spill');
}

async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts?.isDirectory() ?? false;
}

async function reasonAgainst(dir: string, source: Source): Promise<string | null> {
  if (isOwn(dir, source)) return new WeirError('watch-own-folder', { folder: source.path }).message;
  if (await isFolder(source.path)) return null;
  return `There is no folder at ${source.path} now. Its files are imported once it is there again.`;
}

function told({ bytes: _, changedAt: __, code: ___, ...file }: Awaited<ReturnType<typeof rememberedFiles>>[number]): WatchedFile {
  return file;
}

/** Looks through a folder; gives each file that is as it was at the look before. */
function twoLooks({ path }: Source, written: (file: string) => void): () => Promise<void> {
  let before = new Map<string, { readonly bytes: number; readonly changedAt: number }>();
  return async () => {
    const found = await candidatesIn(path).catch(() => []);
    const earlier = before;
    before = new Map(found.map((each) => [each.file, each]));
    for (const each of found) if (isSame(each, earlier.get(each.file) ?? null)) written(each.file);
  };
}

/** How often a file that is being written is waited for. */
const MOST_WAITS = 10;

/** The files of a folder that stay as they are for long enough; none where the folder is not there. */
async function writtenFiles({ path }: Source, { settleMs }: WatchTiming): Promise<readonly string[]> {
  let found = await candidatesIn(path).catch(() => []);
  const isOld = (changedAt: number) => changedAt <= Date.now() - settleMs;
  let written = found.filter((each) => isOld(each.changedAt));
  for (let wait = 0; written.length < found.length && wait < MOST_WAITS; wait++) {
    const before = new Map(found.map((each) => [each.file, each]));
    await new Promise((later) => setTimeout(later, settleMs));
    found = await candidatesIn(path).catch(() => []);
    written = found.filter((each) => isOld(each.changedAt) || isSame(each, before.get(each.file) ?? null));
  }
  return written.map((each) => each.file);
}
