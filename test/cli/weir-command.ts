import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

export const PROGRAM = resolve(import.meta.dirname, '../../out/cli/weir.js');

/** How a run of the command line ended. */
export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line as a user would: a process of its own, without a display. */
export function weir(...args: readonly string[]): Promise<CommandRun> {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  return new Promise((done) => {
    execFile(process.execPath, [PROGRAM, ...args], { env, maxBuffer: 256 * 1024 * 1024 }, (fault, out, err) => {
      done({ code: fault ? Number(fault.code ?? 1) : 0, out, err });
    });
  });
}

/** Runs a command that must succeed and gives the JSON it printed. */
export async function weirJson<Value>(...args: readonly string[]): Promise<Value> {
  const run = await weir(...args, '--json');
  if (run.code !== 0) throw new Error(`weir ${args.join(' ')} ended with ${run.code}: ${run.err}`);
  return JSON.parse(run.out) as Value;
}
