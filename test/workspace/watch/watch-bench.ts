import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportProgress } from '../../../analytics/contract/import-report.ts';
import type { WatchedFile, WatchSetting } from '../../../analytics/contract/watch.ts';
import { createWorkspace } from '../../../analytics/workspace/create.ts';
import { openWorkspace, type Workspace } from '../../../analytics/workspace/open.ts';
import { changeSetting } from '../../../analytics/workspace/settings-file.ts';
import { type Watch, watchFolders } from '../../../analytics/workspace/watch/index.ts';

export const HEADER = 'lead_id,stream_id,created_at,region,updated_at';

/** A line of an extract of leads. */
export function lead(id: string, region = 'North', updated = '2026-01-06'): string {
  return `${id},NCV-01,2026-01-05T10:00:00Z,${region},${updated}T00:00:00Z`;
}

export const leads = (...lines: readonly string[]) => `${[HEADER, ...lines].join('\n')}\n`;

/** A watched folder that runs, and what it tells. */
export interface RunningWatch {
  readonly workspace: Workspace;
  readonly watch: Watch;
  /** The next file of which it is told what became of it. */
  next(): Promise<WatchedFile>;
  /** Resolves once a folder stands so. */
  standing(path: string, state: string): Promise<void>;
  close(): Promise<void>;
}

/** A workspace whose folder `in` may be watched, and several watches of it after one another. */
export interface WatchBench {
  readonly folder: string;
  readonly dir: string;
  readonly inbox: string;
  /** Puts a file into the folder. */
  drop(name: string, text: string): Promise<string>;
  run(options?: { readonly settings?: Partial<WatchSetting>; progress?(progress: ImportProgress): void }): Promise<RunningWatch>;
  close(): Promise<void>;
}

export async function watchBench(): Promise<WatchBench> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-watch-'));
  const dir = join(folder, 'workspace');
  const inbox = join(folder, 'in');
  await createWorkspace(dir, { sample: false });
  await mkdir(inbox);
  return {
    folder,
    dir,
    inbox,
    async drop(name, text) {
      await writeFile(join(inbox, name), text);
      return join(inbox, name);
    },
    async run({ settings = {}, progress = () => undefined } = {}) {
      await changeSetting(dir, 'watch', [{ folder: '../in', ...settings }]);
      return running(await openWorkspace(dir), progress);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function running(workspace: Workspace, progress: (progress: ImportProgress) => void): RunningWatch {
  const told: WatchedFile[] = [];
  let wake: () => void = () => undefined;
  const news = () => new Promise<void>((resolve) => (wake = resolve));
  const watched = (file: WatchedFile | null) => {
    if (file) told.push(file);
    wake();
  };
  const watch = watchFolders(workspace, { progress, changed: () => undefined, watched }, { settleMs: 100, lookMs: 150 });
  watch.start();
  return {
    workspace,
    watch,
    async next() {
      for (;;) {
        const first = told.shift();
        if (first) return first;
        await news();
      }
    },
    async standing(path, state) {
      for (;;) {
        const heard = news();
        if ((await watch.folders()).some((folder) => folder.path === path && folder.state === state)) return;
        await heard;
      }
    },
    async close() {
      await watch.close();
      workspace.close();
    },
  };
}
