import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { EngineArguments } from './engine/engine-channel.ts';

const rememberedSchema = z.object({ workspace: z.string().min(1) });

/**
 * Which workspace to open: the one that `WEIR_WORKSPACE` names, else the last one opened, else the sample workspace,
 * which is made on first use. `userData` is the app's own folder.
 */
export function chooseWorkspace(userData: string, named: string | undefined): EngineArguments {
  if (named !== undefined && named !== '') return { dir: named, sampleWhereMissing: false };
  const sample = sampleWorkspace(userData);
  const dir = remembered(userData) ?? sample.dir;
  return { dir, sampleWhereMissing: dir === sample.dir };
}

/** The sample workspace in the app's own folder. */
export function sampleWorkspace(userData: string): EngineArguments {
  return { dir: join(userData, 'sample-workspace'), sampleWhereMissing: true };
}

/** Remembers the workspace for the next start. */
export function rememberWorkspace(userData: string, dir: string): void {
  writeFileSync(memoryFile(userData), JSON.stringify({ workspace: dir }));
}

function remembered(userData: string): string | null {
  try {
    return rememberedSchema.parse(JSON.parse(readFileSync(memoryFile(userData), 'utf8'))).workspace;
  } catch {
    return null;
  }
}

function memoryFile(userData: string): string {
  return join(userData, 'last-workspace.json');
}
