import { WeirError } from '../contract/errors.ts';
import type { FileReport, ImportFinding, ImportStep, RowLedger } from '../contract/import-report.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { counted, finding } from './finding.ts';
import { chooseTable, recognised } from './matching/choose-table.ts';
import type { ColumnMatch } from './matching/match-columns.ts';
import { DecisionBook, type Gathered, sourceOfFile } from './profiles/decisions.ts';
import { type AddedColumn, derivedColumns, payloadFindings, withDerived } from './profiles/derived.ts';
import { type RecognisedSource, recognisedTable, recogniseSource } from './profiles/recognise.ts';
import { NO_PROFILE, type SourceProfile } from './profiles/source-profile.ts';
import { findLayout, type Layout } from './reading/dialect.ts';
import { encodingFindings } from './reading/encoding.ts';
import { LineTooLong } from './reading/records.ts';
import { type LongFile, type StagedFile, sampleLongFile, stageFile } from './reading/stage.ts';
import { fileState, openTextFile, refuseChanged, type TextFile } from './reading/text-file.ts';
import { isReturned, sourceHeaders, withoutApostrophes } from './rejects/returned-rows.ts';
import { earlierImport } from './storing/earlier-import.ts';
import { NO_SYSTEM, noteSeen } from './storing/gone-rows.ts';
import { rejectRows } from './storing/reject-rows.ts';
import { storeAtOnce } from './storing/store-at-once.ts';
import { storeRows } from './storing/store-rows.ts';
import { keepUnusable } from './storing/unusable-rows.ts';
import { withoutForeign } from './typing/foreign-columns.ts';
import { keptDurations } from './typing/kept-durations.ts';
import { supposeLongFile, typeLongFile } from './typing/long-file.ts';
import { naiveZone } from './typing/moments.ts';
import { headerFindings, type TypedFile, typeRows } from './typing/typed-rows.ts';

export interface FileTask {
  readonly file: string;
  readonly fileId: number;
  readonly batch: number;
  /** The table asked for; null lets the headers decide. */
  readonly table: string | null;
  /** The profile asked for; null lets the headers decide. */
  readonly profile: SourceProfile | null;
  /** The profiles that headers may decide for. */
  readonly profiles: readonly SourceProfile[];
  /** True where the file is said to be a full export of its source. */
  readonly full: boolean;
  /** What the files of this import settled for one another. */
  readonly gathered: Gathered;
  readonly settings: Settings;
  /** A folder for copies, and the name of this file's copies in it. */
  readonly scratch: string;
  /** True where the database failed on the file before. */
  readonly careful: boolean;
  /** Whether a long file may be stored while it is read; false where that failed before. */
  readonly atOnce: boolean;
  /** Says how far the file is, and how much of the step is done where that is known; throws where the import is to stop. */
  step(step: ImportStep['step'], rows: number | null, part?: number | null): void;
}

export interface ImportedFile {
  readonly report: FileReport;
  readonly fileId: number;
  readonly headers: readonly string[];
  readonly sha256: string;
  readonly timeZone: string;
  /** What its rows carry as their source. */
  readonly sourceSystem: string;
  /** True where the file, or its profile, is said to be a full export. */
  readonly full: boolean;
  /** The profile with its version, where it is the user's own. */
  readonly profile: string | null;
  /** True where this very file was imported before and nothing needed doing. */
  readonly known: boolean;
}

const MOST_COLUMNS = 2000;
const NOTHING_TYPED: TypedFile = { columns: [], troubles: [], hasExtra: false, hasUpdateTime: false, findings: [] };

/** Imports one file within the open transaction. Its ledger balances, or the import fails. */
export async function importFile(sql: Sql, task: FileTask): Promise<ImportedFile> {
  task.step('scanning', null);
  const before = await fileState(task.file);
  const scanned = (part: number | null) => task.step('scanning', null, part);
  const text = await openTextFile(task.file, task.scratch, `file-${task.fileId}`, { scanned });
  if (text.empty) throw new WeirError('file-unreadable', { file: task.file, reason: 'it is empty.' });
  const layout = await layoutOf(text, task);
  if (!layout) throw new WeirError('file-unreadable', { file: task.file, reason: 'no row of columns could be found in it.' });
  if (layout.headers.length > MOST_COLUMNS) {
    const reason = `it has ${layout.headers.length} columns; at most ${MOST_COLUMNS} can be read.`;
    throw new WeirError('file-unreadable', { file: task.file, reason });
  }
  const lines = Math.max(0, text.lines - layout.dialect.headerLine);
  task.step('reading', lines);
  const source = sourceOf(task, layout.headers);
  const { profile } = source;
  const match = chooseTable(task.file, source.headers, { table: task.table, profile, told: source.table });
  const timeZone = naiveZone({ profile, settings: task.settings, table: match.table });
  const full = task.full || (profile?.tables[match.table.name]?.fullExport ?? false);
  const identity = { sha256: text.sha256, table: match.table.name, profile: profile?.identity ?? null, timeZone };
  const earlier = full ? null : await earlierImport(sql, identity);
  const done = earlier
    ? { rows: earlier.rows, findings: [knownFinding(earlier.batch, earlier.rows.read)] }
    : await loadFile(sql, task, { text, layout, match, source, lines, full });
  await refuseChanged(task.file, before);
  task.step('done', done.rows.read);
  const report: FileReport = {
    file: task.file,
    table: match.table.name,
    profile: profile?.name ?? null,
    encoding: text.encoding.name,
    dialect: layout.dialect,
    rows: done.rows,
    findings: [...layoutFindings(text, layout), ...source.findings, ...done.findings],
  };
  return {
    report,
    fileId: task.fileId,
    headers: layout.headers,
    sha256: text.sha256,
    timeZone,
    sourceSystem: sourceSystemOf(profile),
    full,
    profile: profile?.identity ?? null,
    known: earlier !== null,
  };
}

async function layoutOf(text: TextFile, task: FileTask): Promise<Layout | null> {
  const judge = (cells: readonly string[]) => (cells.length > MOST_COLUMNS ? 0 : recognised(cells, task.profile, task.profiles));
  return findLayout(text, judge).catch((thrown: unknown) => {
    if (thrown instanceof LineTooLong) throw new WeirError('file-unreadable', { file: task.file, reason: thrown.message });
    throw thrown;
  });
}

/** Whose file it is, and its headers with those of the columns to be made of them. */
interface FileSource {
  readonly profile: SourceProfile | null;
  readonly table: string | null;
  readonly headers: readonly string[];
  readonly added: readonly AddedColumn[];
  readonly findings: readonly ImportFinding[];
}

function sourceOf(task: FileTask, headers: readonly string[]): FileSource {
  const found = foundSource(task, headers);
  if (!found) return { profile: null, table: null, headers, added: [], findings: [] };
  const added = derivedColumns(headers, found.profile, task.table ?? found.table);
  const message = `The headers are those of ${found.profile.title}; the profile ${found.profile.name} was taken.`;
  const fix = 'Name another with --profile where this is wrong.';
  return {
    ...found,
    headers: [...headers, ...added.map((column) => column.header)],
    added,
    findings: task.profile?.name === found.profile.name ? [] : [finding('profile-recognised', null, 1, { message, fix })],
  };
}

/** The profile asked for; one that says only how values are written is taken together with that of the file's headers. */
function foundSource({ profile, profiles }: FileTask, headers: readonly string[]): RecognisedSource | null {
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

/** A profile that says only how values are written is no system. */
function sourceSystemOf(profile: SourceProfile | null): string {
  return profile && Object.keys(profile.tables).length > 0 ? profile.name : NO_SYSTEM;
}

interface Understood {
  readonly source: FileSource;
  readonly text: TextFile;
  readonly layout: Layout;
  readonly match: ColumnMatch;
  readonly full: boolean;
  /** How many lines there are below the header. */
  readonly lines: number;
}

async function loadFile(
  sql: Sql,
  task: FileTask,
  understood: Understood,
): Promise<{ rows: RowLedger; findings: ImportFinding[] }> {
  const { text, layout, match, source } = understood;
  const { file, settings, batch, fileId } = task;
  const { profile, headers } = source;
  const decisions = new DecisionBook(sql, sourceOfFile(sourceHeaders(layout.headers), profile), {
    batch,
    gathered: task.gathered,
  });
  const known = { file, headers, match, settings, profile: { ...(profile ?? NO_PROFILE), decisions } };
  const asItStands = source.added.length === 0 && !isReturned(layout.headers);
  const long = asItStands ? await sampleLongFile(sql, text, layout, task) : null;
  const supposed = long && (await supposeLongFile(sql, known, long));
  if (long && supposed && task.atOnce && !understood.full) {
    const sourceSystem = sourceSystemOf(profile);
    const inserted = await storeAtOnce(sql, {
      typing: supposed.request,
      long,
      rows: supposed.atOnce,
      batch,
      fileId,
      sourceSystem,
    });
    if (inserted !== null) {
      const rows: RowLedger = { read: inserted, inserted, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 };
      return { rows, findings: headerFindings(supposed.request) };
    }
  }
  const typedAtOnce = long && supposed && (await typeLongFile(sql, supposed, long));
  if (long && typedAtOnce) return storeTyped(sql, task, { ...understood, typed: typedAtOnce, staged: wholeFile(long) });
  const staged = await stageFile(sql, text, layout, { ...task, read: (part) => task.step('reading', understood.lines, part) });
  task.step('checking', staged.read);
  const width = layout.headers.length;
  const relation = isReturned(layout.headers) ? await withoutApostrophes(sql, staged.relation, width) : staged.relation;
  if (staged.read === staged.malformed) {
    await keepUnusable(sql, { batch, fileId, relation, headers: layout.headers, match, typed: NOTHING_TYPED });
    const rejected = await rejectRows(sql, {
      batch,
      fileId,
      relation,
      width,
      delimiter: layout.dialect.delimiter,
      typed: NOTHING_TYPED,
    });
    return {
      rows: { read: staged.read, inserted: 0, updated: 0, unchanged: 0, duplicate: 0, rejected },
      findings: [...staged.findings],
    };
  }
  const request = { ...known, relation: await withDerived(sql, relation, width, source.added) };
  const told = task.table !== null || source.table === match.table.name;
  const content = await withoutForeign(sql, request, { told });
  const typed = await typeRows(sql, { ...request, match: content.match });
  const durations = await keptDurations(sql, { ...request, match: content.match });
  const broken = await payloadFindings(sql, relation, { headers, added: source.added });
  const findings = [...staged.findings, ...broken, ...content.findings, ...durations];
  return storeTyped(sql, task, { ...understood, typed, staged: { ...staged, relation, findings } });
}

/** A file that was typed while it was read, and of which nothing is staged. */
function wholeFile(long: LongFile): StagedFile {
  return { relation: long.sample, read: long.rows, malformed: 0, findings: [] };
}

async function storeTyped(
  sql: Sql,
  task: FileTask,
  { layout, match, source, typed, staged, full }: Understood & { readonly typed: TypedFile; readonly staged: StagedFile },
): Promise<{ rows: RowLedger; findings: ImportFinding[] }> {
  const { file, batch, fileId } = task;
  const { profile } = source;
  const { relation } = staged;
  const width = layout.headers.length;
  task.step('storing', staged.read);
  const rejected = await rejectRows(sql, { batch, fileId, relation, width, delimiter: layout.dialect.delimiter, typed });
  await keepUnusable(sql, { batch, fileId, relation, headers: layout.headers, match, typed });
  if (full) await noteSeen(sql, fileId, { typed, delimiter: layout.dialect.delimiter });
  const from = { sourceSystem: sourceSystemOf(profile), currency: task.settings.currency };
  const stored = await storeRows(sql, { table: match.table, typed, batch, fileId, ...from });
  const { inserted, updated, unchanged, duplicate } = stored;
  const rows: RowLedger = { read: staged.read, inserted, updated, unchanged, duplicate, rejected };
  if (rows.read !== inserted + updated + unchanged + duplicate + rejected) {
    throw new WeirError('unexpected', {
      reason: `the rows of ${file} do not add up: ${JSON.stringify(rows)}. Nothing was imported.`,
    });
  }
  return { rows, findings: [...staged.findings, ...typed.findings, ...stored.findings] };
}

function layoutFindings(text: TextFile, layout: Layout): ImportFinding[] {
  const found = encodingFindings(text.encoding);
  if (layout.preamble > 0) {
    const message = `${counted(layout.preamble, 'line')} above the header ${layout.preamble === 1 ? 'is' : 'are'} no data.`;
    found.push(finding('preamble', null, layout.preamble, { message }));
  }
  return found;
}

function knownFinding(batch: number, rows: number): ImportFinding {
  return finding('file-known', null, rows, { message: `Import ${batch} brought this very file; nothing in it is new.` });
}
