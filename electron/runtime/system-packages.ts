import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A shared library or program that Electron needs on Linux, and the Debian package that brings it (newer name first). */
interface Need {
  readonly name: string;
  readonly packages: readonly string[];
}

const LIBRARIES: readonly Need[] = [
  { name: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { name: 'libnss3.so', packages: ['libnss3'] },
  { name: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { name: 'libgbm.so.1', packages: ['libgbm1'] },
  { name: 'libXss.so.1', packages: ['libxss1'] },
];
const VIRTUAL_DISPLAY: Need = { name: 'Xvfb', packages: ['xvfb'] };

/**
 * Sees to it that the machine can run Electron, with a virtual display where `virtualDisplay` is asked for.
 * Root on Debian installs what is lacking; elsewhere it throws with the exact command that does.
 */
export function ensureSystemPackages(virtualDisplay: boolean): void {
  const lacking = lackingNeeds(virtualDisplay);
  if (lacking.length === 0) return;
  if (!mayInstall()) throw new Error(sentence(lacking, packagesFor(lacking)));
  apt(['update', '-qq']);
  const packages = packagesFor(lacking);
  process.stderr.write(`Installing system packages that Electron needs: ${packages.join(' ')}\n`);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  const still = lackingNeeds(virtualDisplay);
  if (still.length > 0) throw new Error(sentence(still, packagesFor(still)));
}

function lackingNeeds(virtualDisplay: boolean): readonly Need[] {
  if (process.platform !== 'linux') return [];
  const known = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  const lacking = LIBRARIES.filter(({ name }) => known !== '' && !known.includes(`${name} `));
  return virtualDisplay && !isOnPath('Xvfb') ? [...lacking, VIRTUAL_DISPLAY] : lacking;
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && isOnPath('apt-get');
}

function packagesFor(needs: readonly Need[]): readonly string[] {
  return needs.map(({ packages }) => packages.find(isOffered) ?? packages.at(-1) ?? '');
}

function isOffered(name: string): boolean {
  const policy = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '';
  return /Candidate: (?!\(none\))/.test(policy);
}

function apt(args: readonly string[]): void {
  const { status, stderr } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${stderr}`);
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function sentence(needs: readonly Need[], packages: readonly string[]): string {
  const names = needs.map(({ name }) => name).join(', ');
  return `This machine lacks ${names}, which Electron needs. Install: sudo apt-get install -y ${packages.join(' ')}`;
}
