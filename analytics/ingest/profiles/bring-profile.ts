import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { WeirError } from '../../contract/errors.ts';
import type { SavedProfile } from '../../contract/profile-draft.ts';
import { ownProfileFile, profilesAt } from './find-profile.ts';
import { isProfileName } from './profile-name.ts';
import { parseProfile } from './source-profile.ts';

/** A profile is written by people: a file beyond this size is none. */
const MOST_BYTES = 5_000_000;

/**
 * Copies a profile that someone shared into `folder`, once it is known to be one. Refuses a file that is no valid profile with what
 * is wrong in it, and a name that is taken by another one, unless that is to be replaced.
 */
export async function bringProfile(folder: string, given: string, replace: boolean): Promise<SavedProfile> {
  const facts = await stat(given).catch(() => null);
  if (!facts) throw new WeirError('file-missing', { file: given });
  if (!facts.isFile() || facts.size > MOST_BYTES) {
    throw new WeirError('profile-invalid', {
      file: given,
      reason: 'it is no file of that kind. Choose the .json file of a profile.',
    });
  }
  const text = (await readFile(given, 'utf8')).replace(/^\uFEFF/, '');
  const { name } = parseProfile(given, text);
  if (!isProfileName(name)) throw new WeirError('profile-name', { name: `"${name}"` });
  const there = await ownProfileFile(folder, name);
  const target = there ?? path.join(folder, `${name}.json`);
  if (there !== null && (path.resolve(there) === path.resolve(given) || (await readFile(there, 'utf8')) === text)) {
    return { name, path: there };
  }
  const taken = (await profilesAt(folder)).find((each) => each.name === name);
  if (taken && !replace) throw new WeirError('profile-exists', { name, title: taken.title });
  await mkdir(folder, { recursive: true });
  await writeFile(`${target}.new`, text, 'utf8');
  await rename(`${target}.new`, target);
  return { name, path: target };
}
