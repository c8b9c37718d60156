import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { versionIn } from './distribution.ts';
import { PROJECT, pinnedElectron } from './project.ts';

const PACKAGE = join(PROJECT, 'node_modules/electron');
const PROBE_MS = 5_000;
const DOWNLOAD_MS = 600_000;

/** The folder of the pinned official binary, fetched if it can be; else the reason why it is not there. */
export async function officialDistribution(): Promise<
  { readonly folder: string; readonly how: string } | { readonly missing: string }
> {
  const folder = join(PACKAGE, 'dist');
  if (versionIn(folder) === pinnedElectron()) return { folder, how: 'the pinned version is installed' };
  const blocked = await whyNotReachable();
  if (blocked !== null) return { missing: blocked };
  await download();
  if (versionIn(folder) === pinnedElectron()) return { folder, how: 'the pinned version was downloaded' };
  return { missing: 'its download failed' };
}

/** Asks for the release's small checksum file first: a blocked network should cost seconds, not minutes. */
async function whyNotReachable(): Promise<string | null> {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/';
  const url = `${base.replace(/\/?$/, '/')}v${pinnedElectron()}/SHASUMS256.txt`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PROBE_MS) });
    await answer.body?.cancel();
    return answer.ok ? null : `its download answers ${answer.status}`;
  } catch {
    return 'its download cannot be reached';
  }
}

/** Runs the package's own installer, which checks the archive's checksum. */
function download(): Promise<void> {
  return new Promise((done) => {
    const installer = spawn(process.execPath, [join(PACKAGE, 'install.js')], {
      cwd: PROJECT,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: DOWNLOAD_MS,
    });
    installer.once('error', () => done());
    installer.once('close', () => done());
  });
}
