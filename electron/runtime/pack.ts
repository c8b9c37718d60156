import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Configuration, Platform } from 'electron-builder';
import { describeRuntime, ensureElectron } from './choice.ts';
import type { ElectronRuntime } from './distribution.ts';
import { CACHE, PROJECT } from './project.ts';

/** `npm run pack`: an unpacked app for this machine in `dist/`, made with the Electron that the runtime program takes. */
const runtime = await ensureElectron();
process.stdout.write(`${describeRuntime(runtime)}\n`);
await build({
  projectDir: PROJECT,
  targets: Platform.current().createTarget('dir'),
  config: await configurationFor(runtime),
  publish: 'never',
});

/** Anything but the pinned Electron says so in the name of the package. */
async function configurationFor(taken: ElectronRuntime): Promise<Configuration> {
  const shared = {
    extends: 'electron-builder.yml',
    electronDist: await cleanDistribution(taken),
    electronVersion: taken.version,
  };
  if (taken.kind === 'official') return shared;
  const name = `weir-development-electron-${taken.version}`;
  return {
    ...shared,
    productName: `Weir (development, Electron ${taken.version})`,
    extraMetadata: { name },
    linux: { executableName: name },
    directories: { output: 'dist/development' },
  };
}

/** The distribution without the link by which it runs this checkout: packed, its app is what the builder puts there. */
async function cleanDistribution(taken: ElectronRuntime): Promise<string> {
  if (taken.kind !== 'registry') return taken.folder;
  const copy = join(CACHE, 'electron-to-pack');
  await rm(copy, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  await cp(taken.folder, copy, { recursive: true, filter: (source) => source !== join(taken.folder, 'resources/app') });
  return copy;
}
