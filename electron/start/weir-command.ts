import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT } from '../runtime/project.ts';

/** The built command line. */
export const WEIR_COMMAND = join(PROJECT, 'out/cli/weir.js');

const run = promisify(execFile);

/** Runs the built command line and gives its standard output; rejects with what it wrote to standard error. */
export async function weir(...args: readonly string[]): Promise<string> {
  if (!existsSync(WEIR_COMMAND)) throw new Error('Weir is not built yet. Build it with: npm run build');
  try {
    const { stdout } = await run(process.execPath, [WEIR_COMMAND, ...args], { cwd: PROJECT, maxBuffer: 256 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`weir ${args.join(' ')} failed:\n${stderr || String(error)}`);
  }
}
