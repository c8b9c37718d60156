import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** What tells one state of a file from another. */
export interface FileIdentity {
  readonly bytes: number;
  /** The last change of content or rights, in milliseconds. */
  readonly changedAt: number;
}

export interface Candidate extends FileIdentity {
  readonly file: string;
}

/** Names of files that are hidden, that lock another, or that a program is still writing under another name than their own. */
const UNFINISHED = /^\.|^~\$|~$|\.(part|partial|tmp|temp|crdownload|download|filepart|swp|lock)$/i;

/** Whether a file of this name may be an extract that is complete. */
export function isCandidateName(file: string): boolean {
  return !UNFINISHED.test(basename(file));
}

/**
 * The ordinary files of a folder that may be extracts, the oldest first, so that later versions come over earlier ones. Links to
 * files count as files; folders within are folders of their own. Rejects where the folder cannot be listed.
 */
export async function candidatesIn(folder: string): Promise<readonly Candidate[]> {
  const names = (await readdir(folder)).filter(isCandidateName);
  const found = await Promise.all(
    names.map(async (name): Promise<Candidate | null> => {
      const file = join(folder, name);
      const identity = await identityOf(file);
      return identity && { file, ...identity };
    }),
  );
  return found.filter((each) => each !== null).sort((a, b) => a.changedAt - b.changedAt || (a.file < b.file ? -1 : 1));
}

/** The state of an ordinary file, links followed; null where there is none. */
export async function identityOf(file: string): Promise<FileIdentity | null> {
  const facts = await stat(file).catch(() => null);
  return facts?.isFile() ? { bytes: facts.size, changedAt: Math.max(facts.mtimeMs, facts.ctimeMs) } : null;
}

export function isSame(one: FileIdentity | null, other: FileIdentity | null): boolean {
  return one !== null && other !== null && one.bytes === other.bytes && one.changedAt === other.changedAt;
}
