import { WeirError } from '../../contract/errors.ts';
import type { LayoutChoices } from '../../contract/file-choices.ts';
import type { ImportFinding } from '../../contract/import-report.ts';
import { TABLES } from '../../tables/index.ts';
import { encodingNamed } from '../bytes/encoding.ts';
import { finding } from '../finding.ts';
import { matchTable } from '../matching/choose-table.ts';
import { headersKnown, recognisedTable, recogniseSource } from '../profiles/recognise.ts';
import type { SourceProfile } from '../profiles/source-profile.ts';
import { hasMadeHeader, headerLineOf } from '../reading/dialect.ts';
import { RecordReader } from '../reading/records.ts';
import { takeSamples } from '../reading/sample.ts';
import { cutBy, type LaidOut, type LayoutTask, readBy } from './read-layout.ts';

/** How a file was laid out in the end, and what there is to say of it. */
export interface ProfiledLayout extends LaidOut {
  /** The profile without whose layout the headers would not be known; null where they are known anyway, or by none. */
  readonly profile: SourceProfile | null;
  readonly findings: readonly ImportFinding[];
}

const NOTHING_SAID: LayoutChoices = {};

/**
 * The file by the layout of the profile that its headers are known by, where it fits so at least as well as read without it; else
 * as `plain`, with a finding. Where no headers are known, or where the file could not even be opened, by the layout of that profile
 * of the user's own which knows the headers that come out. Rejects with `plain` where that is why it could not be opened.
 */
export async function byProfileLayout(
  task: LayoutTask,
  plain: LaidOut | WeirError,
  remembered: string | undefined,
): Promise<ProfiledLayout> {
  const own = task.profiles.filter((profile) => Object.keys(profile.layout).length > 0);
  if (plain instanceof WeirError) {
    const found = await firstKnown(task, null, own);
    if (found) return found;
    throw plain;
  }
  if (own.length === 0) return { ...plain, profile: null, findings: [] };
  const { headers } = plain.layout;
  const named = own.find((profile) => profile.name === remembered);
  const source = named ?? recogniseSource(headers, task.profiles)?.profile ?? null;
  if (source) return own.includes(source) ? fitting(task, plain, source) : { ...plain, profile: null, findings: [] };
  const fitsTable = TABLES.some(
    (table) => matchTable(table, headers, { profile: null, columns: new Map() }).missing.length === 0,
  );
  const found = fitsTable ? null : await firstKnown(task, plain, own);
  return found ?? { ...plain, profile: null, findings: [] };
}

/** The reading by the first layout that brings out headers which its profile knows; null where none does. */
async function firstKnown(
  task: LayoutTask,
  plain: LaidOut | null,
  profiles: readonly SourceProfile[],
): Promise<ProfiledLayout | null> {
  for (const profile of profiles) {
    const told = unsaid(task, profile);
    if (plain && Object.keys(differing(told, plain)).length === 0) continue;
    const reading = await attempt(task, told, { plain, profile });
    if (reading && recognisedTable(reading.layout.headers, profile) !== null) {
      return { ...reading, profile, findings: [takenFinding(profile, told)] };
    }
  }
  return null;
}

/** The reading by the layout of a profile that knows the headers already, or without it where that fits better. */
async function fitting(task: LayoutTask, plain: LaidOut, profile: SourceProfile): Promise<ProfiledLayout> {
  const told = unsaid(task, profile);
  const { encoding, ...cut } = differing(told, plain);
  // Bytes that are one encoding beyond doubt are no other one.
  const isOpen = plain.text.encoding.assumed || encoding === undefined;
  const wanted = isOpen ? { ...cut, ...(encoding === undefined ? {} : { encoding }) } : cut;
  const unfit: LayoutChoices = isOpen || encoding === undefined ? NOTHING_SAID : { encoding };
  if (Object.keys(wanted).length === 0) return { ...plain, profile: null, findings: unfitFindings(profile, unfit) };
  const reading = await attempt(task, { ...told, ...(isOpen ? {} : { encoding: undefined }) }, { plain, profile });
  if (reading && (await fitsAsWell(reading, plain, profile))) {
    return { ...reading, profile: null, findings: [takenFinding(profile, wanted), ...unfitFindings(profile, unfit)] };
  }
  return { ...plain, profile: null, findings: unfitFindings(profile, { ...wanted, ...unfit }) };
}

/** What the profile says of the layout and the user does not. */
function unsaid({ choices }: LayoutTask, { layout }: SourceProfile): LayoutChoices {
  const said = choices as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(layout).filter(([key]) => said[key] === undefined));
}

/** What of a layout is otherwise than the file was read without it. */
function differing(told: LayoutChoices, { text, layout }: LaidOut): LayoutChoices {
  const { dialect } = layout;
  const { encoding, delimiter, quote, headerLine, part } = told;
  const isText = text.format === 'text';
  const sameEncoding =
    encoding === undefined || text.encoding.plain || encodingNamed(encoding, Buffer.alloc(0)).name === text.encoding.name;
  return {
    ...((isText || text.format === 'json-lines' || text.format === 'message-log') && !sameEncoding ? { encoding } : {}),
    ...(isText && delimiter !== undefined && delimiter !== dialect.delimiter ? { delimiter } : {}),
    ...(isText && quote !== undefined && quote !== dialect.quote ? { quote } : {}),
    ...(headerLine !== undefined && !hasMadeHeader(text) && headerLine !== headerLineOf(text, dialect) ? { headerLine } : {}),
    ...(part !== undefined && text.part !== null && part !== text.part ? { part } : {}),
  };
}

/** The file read by a layout, what the user says of it before that; null where it cannot be read so. */
async function attempt(
  task: LayoutTask,
  told: LayoutChoices,
  { plain, profile }: { readonly plain: LaidOut | null; readonly profile: SourceProfile },
): Promise<LaidOut | null> {
  const { encoding, delimiter, quote, headerLine, part } = { ...told, ...task.choices };
  const all = Object.fromEntries(
    Object.entries({ encoding, delimiter, quote, headerLine, part }).filter(([, value]) => value !== undefined),
  ) as LayoutChoices;
  const { encoding: otherEncoding, part: otherPart } = plain ? differing(all, plain) : all;
  try {
    if (plain && otherEncoding === undefined && otherPart === undefined) {
      return { text: plain.text, layout: await cutBy(task, plain.text, all) };
    }
    return await readBy(task, all, `-${profile.name}`);
  } catch (thrown) {
    if (!(thrown instanceof WeirError) || thrown.code === 'cancelled') throw thrown;
    return null;
  }
}

/** Whether a reading brings out as many headers that the profile knows, and rows at least as even below them. */
async function fitsAsWell(reading: LaidOut, plain: LaidOut, profile: SourceProfile): Promise<boolean> {
  const [known, before] = [reading, plain].map(({ layout }) => headersKnown(layout.headers, [profile])) as [number, number];
  return known > before || (known === before && (await evenShare(reading)) >= (await evenShare(plain)));
}

/** The share of the rows in the samples that have as many cells as the header. */
async function evenShare({ text, layout }: LaidOut): Promise<number> {
  const { pieces, whole } = await takeSamples(text);
  const { headerLine, ...marks } = layout.dialect;
  const rows = pieces.flatMap((piece, index) =>
    [...new RecordReader(marks, null).read(piece, whole)].filter((row) => index > 0 || row.line > headerLine),
  );
  return rows.length === 0 ? 1 : rows.filter((row) => row.cells?.length === layout.headers.length).length / rows.length;
}

function takenFinding(profile: SourceProfile, said: LayoutChoices): ImportFinding {
  const message = `The file was cut as the profile ${profile.name} says: ${inWords(said)}.`;
  return finding('profile-layout', null, 1, { message, fix: 'Say it otherwise for this file where this is wrong.' });
}

function unfitFindings(profile: SourceProfile, said: LayoutChoices): ImportFinding[] {
  if (Object.keys(said).length === 0) return [];
  const message = `The profile ${profile.name} says ${inWords(said)}, which does not fit this file; it was read as its own bytes show.`;
  return [
    finding('layout-unfit', null, 1, { message, fix: 'Say it for this file where this is wrong, or correct the profile.' }),
  ];
}

function inWords({ encoding, delimiter, quote, headerLine, part }: LayoutChoices): string {
  const sign = (text: string) => (text === '\t' ? 'a tab' : text === ' ' ? 'a blank' : `"${text}"`);
  return [
    ...(encoding === undefined ? [] : [`the encoding ${encoding}`]),
    ...(delimiter === undefined ? [] : [`the delimiter ${sign(delimiter)}`]),
    ...(quote === undefined ? [] : [quote === '' ? 'no quotation mark' : `the quotation mark ${quote}`]),
    ...(headerLine === undefined ? [] : [`the header on line ${headerLine}`]),
    ...(part === undefined ? [] : [`the part "${part}"`]),
  ].join(', ');
}
