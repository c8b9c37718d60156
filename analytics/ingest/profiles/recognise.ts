import { foldHeader } from '../matching/fold-header.ts';
import { openedObjects } from './derived.ts';
import { BUILT_IN_PROFILES } from './find-profile.ts';
import type { SourceProfile } from './source-profile.ts';

export interface RecognisedSource {
  readonly profile: SourceProfile;
  readonly table: string | null;
}

/**
 * The one source whose headers these are; null where none or several are meant. A built-in profile taken this way says nothing of
 * what differs between installations, the order of dates and the decimal mark: that stays with the values, or is asked.
 */
export function recogniseSource(headers: readonly string[], profiles: readonly SourceProfile[]): RecognisedSource | null {
  const hits = profiles.flatMap((profile) => {
    const table = recognisedTable(headers, profile);
    return table === null ? [] : [{ profile, table }];
  });
  const own = widest(hits.filter((each) => !BUILT_IN_PROFILES.includes(each.profile)));
  if (own) return own;
  const [hit] = hits;
  if (!hit || hits.length > 1) return null;
  const { dateOrder: _order, decimalMark: _mark, ...rest } = hit.profile;
  return { profile: rest, table: hit.table };
}

/** Of a workspace's own profiles, which go before those built in, the one told by most headers; none where two are told by as many. */
function widest(hits: readonly RecognisedSource[]): RecognisedSource | null {
  const size = ({ profile, table }: RecognisedSource) =>
    Math.max(0, ...(profile.tables[table ?? '']?.recognisedBy ?? []).map((set) => set.length));
  const [best, second] = [...hits].sort((a, b) => size(b) - size(a));
  return best && (second === undefined || size(best) > size(second)) ? best : null;
}

/** The one table of `profile` whose headers these are. Where the headers of several fit, the one told by most headers. */
export function recognisedTable(headers: readonly string[], profile: SourceProfile): string | null {
  const folded = new Set(headers.map(foldHeader));
  const opened = openedObjects(headers);
  const hits = Object.entries(profile.tables).flatMap(([table, { recognisedBy, derived }]) => {
    const payloads = new Set(Object.values(derived).flatMap((column) => ('from' in column ? column.from.map(foldHeader) : [])));
    const isThere = (header: string) => folded.has(header) || (payloads.has(header) && opened.has(header));
    const sets = recognisedBy.filter((set) => set.every((header) => isThere(foldHeader(header))));
    return sets.length === 0 ? [] : [{ table, size: Math.max(...sets.map((set) => set.length)) }];
  });
  hits.sort((a, b) => b.size - a.size);
  const [best, second] = hits;
  return best && best.size !== second?.size ? best.table : null;
}

const known = new WeakMap<SourceProfile, readonly ReadonlySet<string>[]>();

/** The most headers any table of any of the profiles knows, by its columns and by what it is recognised by. */
export function headersKnown(headers: readonly string[], profiles: readonly SourceProfile[]): number {
  const folded = [...new Set(headers.map(foldHeader))];
  const counts = profiles.flatMap((profile) => {
    const sets = known.get(profile) ?? headerSets(profile);
    known.set(profile, sets);
    return sets.map((set) => folded.filter((header) => set.has(header)).length);
  });
  return Math.max(0, ...counts);
}

function headerSets(profile: SourceProfile): ReadonlySet<string>[] {
  return Object.values(profile.tables).map(
    ({ recognisedBy, columns }) => new Set([...recognisedBy.flat(), ...Object.values(columns).flat()].map(foldHeader)),
  );
}
