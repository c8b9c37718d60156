import { z } from 'zod';
import { WeirError } from '../../contract/errors.ts';
import { columnReadingSchema, layoutChoicesSchema } from '../../contract/file-choices.ts';
import { isTimeZone } from '../../contract/time-zone.ts';
import { TABLES } from '../../tables/index.ts';
import { UPDATE_COLUMN } from '../matching/told-columns.ts';
import type { DecisionBook } from './decisions.ts';

const words = z.array(z.string().min(1));

/** A column made of others: a field of a JSON payload, several columns joined, or the same text in every row. */
const derivedColumnSchema = z.union(
  [
    z.strictObject({ from: words.min(1), path: words.min(1), else: words.default([]) }),
    z.strictObject({ join: words.min(1), with: z.string().default(' '), clock: z.array(z.string()).default([]) }),
    z.strictObject({ value: z.string() }),
  ],
  { error: 'needs from and path, or join, or value' },
);
export type DerivedColumn = z.infer<typeof derivedColumnSchema>;

const tableProfileSchema = z.strictObject({
  /** Sets of headers; a file that has every header of one set holds this table of this source. */
  recognisedBy: z.array(words.min(1)).default([]),
  /** By column: the source's headers for it. */
  columns: z.record(z.string(), words).default({}),
  /** By column, by member (or true and false): how the source writes it, option-set numbers included. */
  values: z.record(z.string(), z.record(z.string(), words)).default({}),
  /** Whether every file of this table holds all rows that the source has, so that rows it lacks are gone. */
  fullExport: z.boolean().default(false),
  /** By column: how its texts are read where it differs from what holds for the source. */
  readAs: z.record(z.string(), columnReadingSchema).default({}),
  /** By name of a column to make. */
  derived: z.record(z.string(), derivedColumnSchema).default({}),
});
export type TableProfile = z.infer<typeof tableProfileSchema>;

/** A table of which a profile says nothing. */
export const NO_TABLE_PROFILE: TableProfile = tableProfileSchema.parse({});

/** What is known of one source system beforehand, so that its files need not be asked about: the form of a profile file. */
export const sourceProfileSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and dashes'),
  title: z.string().min(1),
  /** Time zone of times written without one; absent means the business time zone. */
  timeZone: z.string().refine(isTimeZone, 'is no IANA time zone, such as Europe/Berlin').optional(),
  /** Order of day and month where the values cannot tell. */
  dateOrder: z.enum(['day-first', 'month-first']).optional(),
  /** The decimal mark where the values cannot tell. */
  decimalMark: z.enum(['.', ',']).optional(),
  /** How the file becomes rows of text, where it does not say so; in force where the profile is named, and where it is recognised and that fits. */
  layout: layoutChoicesSchema.default({}),
  /** Words that mean no value, besides the usual ones. */
  nullWords: words.default([]),
  /** Words that are values, though they usually mean none. */
  valueWords: words.default([]),
  /** Days far away that mean no value, besides 9999-12-31; times begin with them. */
  sentinels: words.default([]),
  /** Beginnings of the lines below a report's data. */
  footers: words.default([]),
  /** Whether years written 0014 stand for 2014. */
  repairYears: z.boolean().default(false),
  /** Whether Excel day numbers count from 1904, as on old Macs. */
  excel1904: z.boolean().default(false),
  /** Whether ids are Salesforce's, of which the 15-character form gets its 3-character ending. */
  salesforceIds: z.boolean().default(false),
  tables: z.record(z.string(), tableProfileSchema).default({}),
});

/** A profile in use. */
export interface SourceProfile extends z.infer<typeof sourceProfileSchema> {
  /** The name, and for a profile of the user's own what tells its contents from others. */
  readonly identity: string;
  /** What files of this source settled for one another; absent outside an import. */
  readonly decisions?: DecisionBook;
}

/** The profile as it holds for one column: what it says of the column goes before what it says of the source. */
export function columnProfile(profile: SourceProfile | null, table: string, column: string): SourceProfile | null {
  const own = profile?.tables[table]?.readAs[column];
  if (!profile || !own) return profile;
  const { dateOrder = profile.dateOrder, decimalMark = profile.decimalMark, timeZone = profile.timeZone } = own;
  return {
    ...profile,
    ...(dateOrder ? { dateOrder } : {}),
    ...(decimalMark ? { decimalMark } : {}),
    ...(timeZone ? { timeZone } : {}),
  };
}

/** A file of no known source. */
export const NO_PROFILE: SourceProfile = {
  ...sourceProfileSchema.parse({ name: 'extract', title: 'Any source' }),
  identity: 'extract',
};

/** The profile that `text` holds; refuses with the file and what is wrong in it. `version` tells an edited profile from its former self. */
export function parseProfile(file: string, text: string, version: string | null = null): SourceProfile {
  const refuse = (reason: string) => new WeirError('profile-invalid', { file, reason });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (thrown) {
    throw refuse(`it is no JSON (${thrown instanceof Error ? thrown.message : String(thrown)}).`);
  }
  const parsed = sourceProfileSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`${issue?.path.join('.') || 'the profile'}: ${issue?.message ?? 'it does not have the form of a profile'}.`);
  }
  const fault = faultIn(parsed.data);
  if (fault !== null) throw refuse(fault);
  return { ...parsed.data, identity: version === null ? parsed.data.name : `${parsed.data.name} ${version}` };
}

function faultIn(profile: z.infer<typeof sourceProfileSchema>): string | null {
  for (const [name, { columns, values, readAs }] of Object.entries(profile.tables)) {
    const table = TABLES.find((each) => each.name === name);
    if (!table) return `tables.${name}: there is no such table. The tables are: ${TABLES.map((each) => each.name).join(', ')}.`;
    const known = table.columns.map((column) => column.name);
    for (const [part, given] of [
      ['columns', columns],
      ['values', values],
      ['readAs', readAs],
    ] as const) {
      const stranger = Object.keys(given).find(
        (column) => !known.includes(column) && !(part === 'readAs' && column === UPDATE_COLUMN),
      );
      if (stranger)
        return `tables.${name}.${part}.${stranger}: ${name} has no such column. Its columns are: ${known.join(', ')}.`;
    }
    for (const [column, spellings] of Object.entries(values)) {
      const definition = table.columns.find((each) => each.name === column);
      const members = definition?.type === 'boolean' ? ['true', 'false'] : Object.keys(definition?.members ?? {});
      const stranger = Object.keys(spellings).find((member) => !members.includes(member));
      if (stranger)
        return `tables.${name}.values.${column}.${stranger}: ${members.length === 0 ? 'the column has no list of values' : `it may hold ${members.join(', ')}`}.`;
    }
  }
  return null;
}
