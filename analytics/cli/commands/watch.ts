import type { Command } from 'commander';
import { WeirError } from '../../contract/errors.ts';
import type { WatchedFile, WatchedFolder } from '../../contract/watch.ts';
import { type Engine, openEngine } from '../../index.ts';
import { print, printJson, tell } from '../output.ts';
import { progressLine } from '../progress-line.ts';
import { answer } from '../session.ts';
import { folderLine, watchedLine } from '../watch-text.ts';

interface WatchOptions {
  readonly once: boolean;
  readonly json: boolean;
}

/** `weir watch`. */
export function addWatchCommand(program: Command): void {
  program
    .command('watch')
    .description('import files of the watched folders (weir.json) as they appear; prints a line a file')
    .argument('<dir>', 'the workspace')
    .option('--once', 'import what lies there now, and end', false)
    .option('--json', 'print a JSON document a line', false)
    .action(watch);
}

async function watch(dir: string, { once, json }: WatchOptions): Promise<void> {
  const line = progressLine(process.stderr);
  let printed: Promise<void> = Promise.resolve();
  let failures = 0;
  let standing: () => void = () => undefined;
  const watched = (file: WatchedFile | null) => {
    line.clear();
    if (file === null) return standing();
    if (file.outcome === 'refused') failures++;
    printed = printed.then(() => (json ? printJson(file) : print(watchedLine(file))));
  };
  const engine = await openEngine(dir, { progress: line.show, changed: () => undefined, watched });
  try {
    const folders = await answer(engine, 'watch.folders', {});
    if (folders.length === 0) throw new WeirError('watch-nothing', { dir });
    const said = new Map<string, string>();
    const say = (all: readonly WatchedFolder[]) => {
      for (const folder of all) {
        const text = folderLine(folder);
        if (said.get(folder.path) !== text) tell(text);
        said.set(folder.path, text);
      }
    };
    say(folders);
    standing = () => void answer(engine, 'watch.folders', {}).then(say, () => undefined);
    if (once) {
      failures += folders.filter((folder) => folder.reason !== null).length;
      await engine.importWatched();
    } else await untilStopped(engine);
    await printed;
  } finally {
    standing = () => undefined;
    line.clear();
    await engine.close();
  }
  if (once && failures > 0) process.exitCode = 1;
}

async function untilStopped(engine: Engine): Promise<void> {
  const stopped = new Promise<void>((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
  engine.watch();
  tell('Stop with Ctrl+C.');
  await stopped;
}
