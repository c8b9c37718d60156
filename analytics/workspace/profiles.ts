import { join } from 'node:path';
import { BUILT_IN_PROFILES, profileNamed, profilesAt, type SourceProfile } from '../ingest/index.ts';

/** What a source profile is for. */
export interface ProfileSummary {
  readonly name: string;
  readonly title: string;
  /** True where it lies in the workspace's own folder. */
  readonly own: boolean;
  /** The canonical tables whose files it knows; none where it says only how values are written. */
  readonly tables: readonly string[];
}

/** The source profiles at hand in the workspace `dir`, or those built in. Rejects with `profile-invalid`. */
export async function listProfiles(dir: string | null): Promise<ProfileSummary[]> {
  const profiles = await profilesAt(dir === null ? null : join(dir, 'profiles'));
  return profiles.map((profile) => ({
    name: profile.name,
    title: profile.title,
    own: !BUILT_IN_PROFILES.includes(profile),
    tables: Object.keys(profile.tables),
  }));
}

/** One profile as the content of its file, to be read, copied and changed. Rejects with `profile-unknown` and `profile-invalid`. */
export async function showProfile(dir: string | null, name: string): Promise<Omit<SourceProfile, 'identity' | 'decisions'>> {
  const profiles = await profilesAt(dir === null ? null : join(dir, 'profiles'));
  const { identity: _identity, decisions: _decisions, ...content } = await profileNamed(name, profiles);
  return content;
}
