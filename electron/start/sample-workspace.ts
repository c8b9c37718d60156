import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PROJECT } from '../runtime/project.ts';
import { weir } from './weir-command.ts';

/** What a sample workspace depends on: when any of it changes, the workspace is made anew. */
const SOURCES = ['sample-data/extracts', 'out/cli'];

/** Makes the sample workspace at `dir` where there is none yet or where the one there was made from other sources. */
export async function ensureSampleWorkspace(dir: string): Promise<void> {
  const made = `${dir}.made-from`;
  const sources = await fingerprint();
  if (existsSync(join(dir, 'weir.json')) && existsSync(made) && (await readFile(made, 'utf8')) === sources) return;
  await mkdir(dirname(dir), { recursive: true });
  const draft = `${dir}.draft-${process.pid}`;
  await weir('init', draft, '--sample');
  await rm(dir, { recursive: true, force: true });
  await rename(draft, dir);
  await writeFile(made, sources);
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const folder = join(PROJECT, source);
    if (!existsSync(folder)) continue;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex');
}
