import type { ImportFinding } from '../contract/import-report.ts';
import { finding } from './finding.ts';
import { type AddedColumn, derivedColumns } from './profiles/derived.ts';
import { type RecognisedSource, recognisedTable, recogniseSource } from './profiles/recognise.ts';
import type { SourceProfile } from './profiles/source-profile.ts';

/** What is asked for; null lets the headers decide. */
export interface WantedSource {
  readonly table: string | null;
  readonly profile: SourceProfile | null;
  /** The profiles that headers may decide for. */
  readonly profiles: readonly SourceProfile[];
}

/** Whose file it is, and its headers with those of the columns to be made of them. */
export interface FileSource {
  readonly profile: SourceProfile | null;
  readonly table: string | null;
  readonly headers: readonly string[];
  readonly added: readonly AddedColumn[];
  readonly findings: readonly ImportFinding[];
}

/** Finds the source of a file by its headers, where it is not named. */
export function sourceOf(wanted: WantedSource, headers: readonly string[]): FileSource {
  const found = foundSource(wanted, headers);
  if (!found) return { profile: null, table: null, headers, added: [], findings: [] };
  const added = derivedColumns(headers, found.profile, wanted.table ?? found.table);
  const message = `The headers are those of ${found.profile.title}; the profile ${found.profile.name} was taken.`;
  const fix = 'Choose another profile where this is wrong.';
  return {
    ...found,
    headers: [...headers, ...added.map((column) => column.header)],
    added,
    findings: wanted.profile?.name === found.profile.name ? [] : [finding('profile-recognised', null, 1, { message, fix })],
  };
}

/** The profile asked for; one that says only how values are written is taken together with that of the file's headers. */
function foundSource({ profile, profiles }: WantedSource, headers: readonly string[]): RecognisedSource | null {
  if (profile && Object.keys(profile.tables).length > 0) return { profile, table: recognisedTable(headers, profile) };
  const found = recogniseSource(headers, profiles);
  if (!profile) return found;
  if (!found) return { profile, table: null };
  const { timeZone, dateOrder, decimalMark } = profile;
  const said = {
    ...(timeZone ? { timeZone } : {}),
    ...(dateOrder ? { dateOrder } : {}),
    ...(decimalMark ? { decimalMark } : {}),
  };
  return { ...found, profile: { ...found.profile, ...said, identity: `${found.profile.identity} ${profile.identity}` } };
}
