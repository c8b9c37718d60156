import { createHash } from 'node:crypto';
import { type FileChoices, headerLabel } from '../../contract/file-choices.ts';
import type { ColumnMatch } from '../matching/match-columns.ts';
import { UPDATE_COLUMN } from '../matching/told-columns.ts';
import { withWords } from './null-words.ts';
import { NO_PROFILE, NO_TABLE_PROFILE, type SourceProfile, type TableProfile } from './source-profile.ts';

/** The profile of a file with what a user says of it, which goes before what the profile says; itself where nothing is said. */
export function toldProfile(
  profile: SourceProfile | null,
  choices: FileChoices,
  { match, headers }: { readonly match: ColumnMatch; readonly headers: readonly string[] },
): SourceProfile | null {
  if (Object.keys(choices).length === 0) return profile;
  const base = profile ?? NO_PROFILE;
  const { dateOrder, decimalMark, timeZone } = choices;
  const { nullWords = [], valueWords = [] } = withWords(base, choices);
  const digest = createHash('sha256').update(JSON.stringify(choices)).digest('hex').slice(0, 8);
  return {
    ...base,
    ...(dateOrder ? { dateOrder } : {}),
    ...(decimalMark ? { decimalMark } : {}),
    ...(timeZone ? { timeZone } : {}),
    nullWords,
    valueWords,
    tables: { ...base.tables, [match.table.name]: toldTable(base.tables[match.table.name], choices, { match, headers }) },
    identity: `${base.identity} told ${digest}`,
  };
}

function toldTable(
  table: TableProfile = NO_TABLE_PROFILE,
  { columns: said = {}, ...whole }: FileChoices,
  { match, headers }: { readonly match: ColumnMatch; readonly headers: readonly string[] },
): TableProfile {
  const columns: Record<string, string[]> = { ...table.columns };
  const readAs = Object.fromEntries(Object.entries(table.readAs).map(([name, each]) => [name, { ...each, ...ofFile(whole) }]));
  const positions = new Map([...match.columns, ...(match.updatedAt === null ? [] : [[UPDATE_COLUMN, match.updatedAt] as const])]);
  for (const [name, position] of positions) {
    const { column, ...reading } = said[headerLabel(headers, position)] ?? {};
    if (Object.keys(reading).length > 0)
      readAs[name] = { ...readAs[name], ...reading, ...withWords(readAs[name] ?? {}, reading) };
    // A column that was mapped by hand is named: what its cells hold is no reason to leave it out.
    if (column) columns[name] = [headers[position] ?? ''];
  }
  return { ...table, columns, readAs };
}

function ofFile({ dateOrder, decimalMark, timeZone }: FileChoices) {
  return {
    ...(dateOrder ? { dateOrder } : {}),
    ...(decimalMark ? { decimalMark } : {}),
    ...(timeZone ? { timeZone } : {}),
  };
}
