import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WeirError } from '../contract/errors.ts';
import type { ImportProgress, ImportReport } from '../contract/import-report.ts';
import { settingsSchema } from '../contract/settings.ts';
import { importInto } from './change.ts';
import { openWorkspace } from './open.ts';
import { packageRoot } from './package-root.ts';
import { reporting } from './running/reporting.ts';
import { settingsPath, writeSettings } from './settings-file.ts';

export interface CreateOptions {
  /** Whether the sample extracts are imported. */
  readonly sample: boolean;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Makes a workspace in `dir`; gives the report of the sample's import, or null without it. Rejects with `workspace-exists`. */
export async function createWorkspace(dir: string, options: CreateOptions): Promise<ImportReport | null> {
  if (existsSync(settingsPath(dir))) throw new WeirError('workspace-exists', { dir });
  await mkdir(join(dir, 'streams'), { recursive: true });
  await mkdir(join(dir, 'metrics'), { recursive: true });
  await mkdir(join(dir, 'reviews'), { recursive: true });
  if (!options.sample) {
    await writeSettings(dir, { timeZone: 'UTC', currency: 'USD' });
    (await openWorkspace(dir)).close();
    return null;
  }
  const sample = join(packageRoot(), 'sample-data');
  await writeSettings(dir, settingsSchema.parse(JSON.parse(await readFile(join(sample, 'weir.json'), 'utf8'))));
  const extracts = join(sample, 'extracts');
  const files = (await readdir(extracts)).sort().map((name) => join(extracts, name));
  const workspace = await openWorkspace(dir);
  try {
    const progress = options.onProgress ?? (() => undefined);
    return await reporting(workspace.writer, { signal: undefined, files, progress }, (watched) =>
      importInto(workspace, { files, dryRun: false }, watched),
    );
  } finally {
    workspace.close();
  }
}
