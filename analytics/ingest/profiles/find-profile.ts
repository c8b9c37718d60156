import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { WeirError } from '../../contract/errors.ts';
import { parseProfile, type SourceProfile } from './source-profile.ts';

const builtInFiles = import.meta.glob<string>('./*.json', { query: '?raw', import: 'default', eager: true });

/** The profiles that come with Weir. */
export const BUILT_IN_PROFILES: readonly SourceProfile[] = Object.entries(builtInFiles).map(([file, text]) =>
  parseProfile(file, text),
);

/** The profiles at hand: the workspace's own, then those built in whose names it does not use. Refuses an own one that is not valid. */
export async function profilesAt(folder: string | null): Promise<readonly SourceProfile[]> {
  const own = folder === null ? [] : await readFolder(folder);
  const names = new Set(own.map((profile) => profile.name));
  return [...own, ...BUILT_IN_PROFILES.filter((profile) => !names.has(profile.name))];
}

/** The profile a user named, among `profiles` or by the path of its file; refuses with the list of profiles. */
export async function profileNamed(name: string, profiles: readonly SourceProfile[]): Promise<SourceProfile> {
  const profile = profiles.find((each) => each.name === name);
  if (profile) return profile;
  if (/[\\/]|\.json$/i.test(name)) return readProfile(name);
  throw new WeirError('profile-unknown', { profile: name, known: profiles.map((each) => each.name).join(', ') });
}

/** The file in `folder` that holds the profile called `name`, whatever the file is called; null where none does. */
export async function ownProfileFile(folder: string, name: string): Promise<string | null> {
  const files = await profileFiles(folder);
  const profiles = await Promise.all(files.map(readProfile));
  return files[profiles.findIndex((profile) => profile.name === name)] ?? null;
}

async function readFolder(folder: string): Promise<SourceProfile[]> {
  return Promise.all((await profileFiles(folder)).map(readProfile));
}

async function profileFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.toLowerCase().endsWith('.json'))
    .sort()
    .map((name) => path.join(folder, name));
}

async function readProfile(file: string): Promise<SourceProfile> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WeirError('file-missing', { file });
  });
  const version = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return parseProfile(file, text.replace(/^\uFEFF/, ''), version);
}
