import { spawnSync } from 'node:child_process';
import type { Measure } from './measure.ts';
import type { Runtime } from './runtime.ts';
import type { Size } from './sizes.ts';

/** What a process of its own is asked to measure. */
export interface Errand {
  readonly name: 'import' | 'import bare' | 'workspace' | 'bare';
  readonly size: Size;
  readonly runs: number;
}

const MARK = 'BENCH_ERRAND';

/** The errand of this process; null where it is the one that sends others. */
export function ownErrand(): Errand | null {
  const said = process.env[MARK];
  return said ? (JSON.parse(said) as Errand) : null;
}

/** Sends a process of its own, of `runtime`, on an errand, so that what it holds in memory is its own; gives what it measured. */
export function sent(errand: Errand, runtime: Runtime): Measure[] {
  const { stdout, stderr, status } = spawnSync(runtime.executable, [...process.execArgv, ...process.argv.slice(1)], {
    env: { ...process.env, ...runtime.env, [MARK]: JSON.stringify(errand) },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${errand.name} of ${errand.size.messages} messages failed:\n${stderr.slice(-2000)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Measure[];
}
