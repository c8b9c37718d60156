import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** The project's folder. */
export const PROJECT = resolve(import.meta.dirname, '../..');

/** What is fetched or made for development and may be thrown away at any time; outside version control. */
export const CACHE = join(PROJECT, '.cache');

const packageSchema = z.object({ devDependencies: z.object({ electron: z.string() }) });

/** The Electron version that we ship and type against. */
export function pinnedElectron(): string {
  return packageSchema.parse(JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'))).devDependencies.electron;
}
