import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { WeirError } from '../../contract/errors.ts';
import type { FileChoices, LayoutChoices } from '../../contract/file-choices.ts';
import type { ProfileDraft, SavedProfile } from '../../contract/profile-draft.ts';
import { importableTable } from '../matching/choose-table.ts';
import { matchColumns } from '../matching/match-columns.ts';
import { UPDATE_COLUMN } from '../matching/told-columns.ts';
import { ownProfileFile, profilesAt } from './find-profile.ts';
import { withWords } from './null-words.ts';
import { isProfileName } from './profile-name.ts';
import {
  NO_TABLE_PROFILE,
  parseProfile,
  type SourceProfile,
  type sourceProfileSchema,
  type TableProfile,
} from './source-profile.ts';

type ProfileFile = Omit<z.input<typeof sourceProfileSchema>, 'tables'> & { tables: Record<string, Partial<TableProfile>> };

/**
 * Saves what is in force for a file as a source profile in `folder`, from where it is found again by the file's headers. Refuses a
 * name that is none, that is taken (unless it is to be replaced), and columns that a profile could not tell apart.
 */
export async function saveProfile(folder: string, draft: ProfileDraft): Promise<SavedProfile> {
  const name = draft.name.trim();
  if (!isProfileName(name)) throw new WeirError('profile-name', { name: name === '' ? 'nothing' : `"${name}"` });
  const title = draft.title.trim() || name;
  const profiles = await profilesAt(folder);
  const taken = profiles.find((each) => each.name === name);
  if (taken && !draft.replace) throw new WeirError('profile-exists', { name, title: taken.title });
  const base = profiles.find((each) => each.name === draft.basedOn) ?? null;
  const file = (await ownProfileFile(folder, name)) ?? path.join(folder, `${name}.json`);
  const text = `${JSON.stringify(profileOf({ ...draft, name, title }, base), null, 2)}\n`;
  parseProfile(file, text);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.new`, text, 'utf8');
  await rename(`${file}.new`, file);
  return { name, path: file };
}

function profileOf(draft: ProfileDraft, base: SourceProfile | null): ProfileFile {
  const { choices } = draft;
  const kept = base === null ? {} : withoutDefaults(base);
  const layout = { ...base?.layout, ...layoutOf(choices) };
  return {
    ...kept,
    name: draft.name,
    title: draft.title,
    ...(choices.timeZone ? { timeZone: choices.timeZone } : {}),
    ...(choices.dateOrder ? { dateOrder: choices.dateOrder } : {}),
    ...(choices.decimalMark ? { decimalMark: choices.decimalMark } : {}),
    ...withWords(base ?? {}, choices),
    ...(Object.keys(layout).length > 0 ? { layout } : {}),
    tables: { ...(kept.tables ?? {}), [draft.table]: tableOf(draft, base?.tables[draft.table] ?? NO_TABLE_PROFILE) },
  };
}

function tableOf(draft: ProfileDraft, base: TableProfile): Partial<TableProfile> {
  const { columns, choices } = draft;
  const headers = columns.map(({ header }) => header);
  const filled = columns.flatMap(({ header, column }) => (column === null ? [] : [{ header, column }]));
  for (const { header } of filled) refuseNameless(header, headers);
  const named = Object.fromEntries(
    filled.flatMap(({ header, column }) => (column === UPDATE_COLUMN ? [] : [[column, [header]]])),
  );
  const others = Object.entries(base.columns).filter(([column]) => !(column in named));
  const readAs = { ...base.readAs };
  for (const { header, column } of filled) {
    const { column: _column, ...reading } = choices.columns?.[header] ?? {};
    if (Object.keys(reading).length > 0)
      readAs[column] = { ...readAs[column], ...reading, ...withWords(readAs[column] ?? {}, reading) };
  }
  const { values, derived } = base;
  const fullExport = choices.full ?? base.fullExport;
  return {
    recognisedBy: [filled.map(({ header }) => header).filter((header) => !(header in derived))],
    columns: { ...named, ...Object.fromEntries(others), ...setAside(draft, base, named) },
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(Object.keys(derived).length > 0 ? { derived } : {}),
    ...(Object.keys(readAs).length > 0 ? { readAs } : {}),
    ...(fullExport ? { fullExport } : {}),
  };
}

/** Columns that a header of the file would fill by its name, had it not been set aside by hand: no header fills them. */
function setAside(draft: ProfileDraft, base: TableProfile, named: Readonly<Record<string, readonly string[]>>) {
  const headers = draft.columns.map(({ header }) => header);
  const byName = matchColumns(importableTable(draft.table), headers, base.columns).columns;
  const emptied = [...byName].filter(([column, position]) => !(column in named) && draft.columns[position]?.column === null);
  return Object.fromEntries(emptied.map(([column]) => [column, []]));
}

/** A profile knows columns by their headers alone. */
function refuseNameless(header: string, headers: readonly string[]): void {
  const place = /^(.*) \(\d+\)$/.exec(header);
  if (!/^column \d+$/.test(header) && !(place && headers.includes(place[1] ?? ''))) return;
  const reason = `a profile tells columns by their headers, and ${header} has none of its own. Name it in the file, or keep it beside the row.`;
  throw new WeirError('bad-request', { reason });
}

function layoutOf({ encoding, delimiter, quote, headerLine, part }: FileChoices): LayoutChoices {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(headerLine === undefined ? {} : { headerLine }),
    ...(part === undefined ? {} : { part }),
  };
}

/** What the profile says, without what every profile says that says nothing. */
function withoutDefaults(profile: SourceProfile): Partial<ProfileFile> {
  const { identity: _identity, decisions: _decisions, tables, ...rest } = profile;
  const said = Object.entries(rest).filter(([, value]) => !isNothing(value));
  const tablesSaid = Object.entries(tables).map(([name, table]) => [
    name,
    Object.fromEntries(Object.entries(table).filter(([, value]) => !isNothing(value))),
  ]);
  return { ...Object.fromEntries(said), tables: Object.fromEntries(tablesSaid) };
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === false) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
