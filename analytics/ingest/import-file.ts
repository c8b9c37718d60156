import { WeirError } from '../contract/errors.ts';
import type { FileChoices } from '../contract/file-choices.ts';
import type { FileReport, ImportFinding, ImportStep, RowLedger } from '../contract/import-report.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { encodingFindings } from './bytes/encoding.ts';
import { fileState, refuseChanged, type TextFile } from './bytes/text-file.ts';
import { type FileSource, sourceOf } from './file-source.ts';
import { counted, finding } from './finding.ts';
import type { UnpackLimits } from './formats/archive.ts';
import { partsOf } from './formats/parts.ts';
import { byProfileLayout } from './layout/profile-layout.ts';
import { type LaidOut, readBy } from './layout/read-layout.ts';
import { chooseTable, importableTable, matchTable } from './matching/choose-table.ts';
import type { ColumnMatch } from './matching/match-columns.ts';
import { type ToldColumns, toldColumns } from './matching/told-columns.ts';
import { DecisionBook, type Gathered, sourceOfFile } from './profiles/decisions.ts';
import { payloadFindings, withDerived } from './profiles/derived.ts';
import { choicesOfSource, rememberChoices, rememberedChoices, withRemembered } from './profiles/remembered-choices.ts';
import { NO_PROFILE, type SourceProfile } from './profiles/source-profile.ts';
import { toldProfile } from './profiles/told-profile.ts';
import { headerLineOf, type Layout } from './reading/dialect.ts';
import { type LongFile, type StagedFile, sampleLongFile, stageFile } from './reading/stage.ts';
import { isReturned, sourceHeaders, withoutApostrophes } from './rejects/returned-rows.ts';
import { earlierImport } from './storing/earlier-import.ts';
import { NO_SYSTEM, noteSeen } from './storing/gone-rows.ts';
import { rejectRows } from './storing/reject-rows.ts';
import { storeAtOnce } from './storing/store-at-once.ts';
import { storeRows } from './storing/store-rows.ts';
import { keepUnusable } from './storing/unusable-rows.ts';
import { withoutForeign } from './typing/foreign-columns.ts';
import { keptDurations } from './typing/kept-durations.ts';
import { type SupposedFile, supposeLongFile, typeLongFile } from './typing/long-file.ts';
import { naiveZone } from './typing/moments.ts';
import { headerFindings, type TypedFile, typeRows } from './typing/typed-rows.ts';
import type { Portrait } from './understanding/portrait.ts';
import { Undecided } from './understanding/undecided.ts';

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
  /** What else the user says of it. */
  readonly choices: FileChoices;
  /** Gathers what is understood of the file, where someone looks. */
  readonly portrait: Portrait | null;
  /** Whether the file is said to be a full export of its source; null leaves it to its profile. */
  readonly full: boolean | null;
  /** True where rows that are gone are to be taken out. */
  readonly removeGone: boolean;
  /** What the files of this import settled for one another. */
  readonly gathered: Gathered;
  readonly settings: Settings;
  /** A folder for copies, and the name of this file's copies in it. */
  readonly scratch: string;
  /** True where the database failed on the file before. */
  readonly careful: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Whether a long file may be stored while it is read; false where that failed before. */
  readonly atOnce: boolean;
  /** Says how far the file is, and how much of the step is done where that is known; throws where the import is to stop. */
  step(step: ImportStep['step'], rows: number | null, part?: number | null): void;
  /** What an archive may unpack to; the usual limits otherwise. */
  readonly limits?: UnpackLimits;
}

export interface ImportedFile {
  readonly report: FileReport;
  readonly fileId: number;
  readonly headers: readonly string[];
  readonly sha256: string;
  readonly timeZone: string;
  /** What its rows carry as their source. */
  readonly sourceSystem: string;
  /** True where the file, or its profile, is said to be a full export, and where rows that are gone are to be taken out. */
  readonly full: boolean;
  readonly removeGone: boolean;
  /** The profile with its version, where it is the user's own. */
  readonly profile: string | null;
  /** True where this very file was imported before and nothing needed doing. */
  readonly known: boolean;
}

const NOTHING_TYPED: TypedFile = { columns: [], plans: [], troubles: [], hasExtra: false, hasUpdateTime: false, findings: [] };

/** Imports one file within the open transaction. Its ledger balances, or the import fails. */
export async function importFile(sql: Sql, task: FileTask): Promise<ImportedFile> {
  task.step('scanning', null);
  const before = await fileState(task.file);
  const { text, layout, choices, noted, profile: toldByLayout } = await layOut(sql, task);
  const lines = Math.max(0, text.lines - layout.dialect.headerLine);
  task.step('reading', lines);
  const wanted = wantedSource(task, choices, toldByLayout);
  const source = sourceOf(wanted, layout.headers);
  task.portrait?.seesLayout(layout, choices.remembered?.choices ?? null, source.profile?.name ?? null);
  const columns = toldColumns(task.file, layout.headers, choices.all.columns);
  const match = matchOf(task, { table: wanted.table, source, columns, sheet: await sheetOf(text) });
  const profile = toldProfile(source.profile, choices.all, { match, headers: layout.headers });
  const timeZone = naiveZone({ profile, settings: task.settings, table: match.table });
  task.portrait?.seesTable(match, timeZone, profile?.nullWords);
  const full = task.full ?? profile?.tables[match.table.name]?.fullExport ?? false;
  if (task.portrait) task.portrait.full = full;
  const identity = { sha256: text.sha256, lines, table: match.table.name, profile: profile?.identity ?? null, timeZone };
  const earlier = full ? null : await earlierImport(sql, identity);
  const known = earlier ? [knownFinding(earlier.batch, earlier.rows.read)] : [];
  const told = wanted.table !== null || source.table === match.table.name;
  const understood = { text, layout, match, source: { ...source, profile }, system: source.profile, told, lines, full };
  const done = earlier && !task.portrait ? { rows: earlier.rows, findings: [] } : await loadFile(sql, task, understood);
  const sha256 = (await text.sha256) ?? '';
  await refuseChanged(task.file, before);
  if (Object.keys(choices.own).length > 0) {
    await rememberChoices(
      sql,
      { headers: sourceHeaders(layout.headers), file: task.file, batch: task.batch },
      choicesOfSource(choices.all),
    );
  }
  task.step('done', done.rows.read);
  const report: FileReport = {
    file: task.file,
    table: match.table.name,
    profile: source.profile?.name ?? null,
    encoding: text.encoding.name,
    dialect: { ...layout.dialect, headerLine: headerLineOf(text, layout.dialect) },
    rows: done.rows,
    findings: [...layoutFindings(text, layout), ...noted, ...source.findings, ...choices.findings, ...known, ...done.findings],
  };
  return {
    report,
    fileId: task.fileId,
    headers: layout.headers,
    sha256,
    timeZone,
    sourceSystem: sourceSystemOf(source.profile),
    full,
    removeGone: full && task.removeGone,
    profile: profile?.identity ?? null,
    known: earlier !== null,
  };
}

/** Opens the file and cuts its header, in the way that is said of it where that is said. */
async function layOut(sql: Sql, task: FileTask) {
  const said = ({ layout }: LaidOut) => choicesFor(sql, task, sourceHeaders(layout.headers));
  if (task.profile) {
    const named = await readBy(task, { ...task.profile.layout, ...task.choices }, '');
    return { ...named, profile: task.profile, noted: [], choices: await said(named) };
  }
  const plain = await readBy(task, task.choices, '').catch((thrown: unknown) => {
    if (thrown instanceof WeirError && thrown.code !== 'cancelled') return thrown;
    throw thrown;
  });
  const remembered = plain instanceof WeirError ? undefined : (await said(plain)).all.profile;
  const { findings: noted, ...laid } = await byProfileLayout(task, plain, remembered);
  task.portrait?.seesText(laid.text);
  return { ...laid, noted, choices: await said(laid) };
}

/** What is said of the file, with what was said of its source before. */
async function choicesFor(sql: Sql, task: FileTask, headers: readonly string[]) {
  const own = choicesOfSource(task.choices);
  const remembered = task.choices.afresh ? null : await rememberedChoices(sql, headers);
  const all = withRemembered(remembered?.choices ?? null, own, task.table);
  const message = `What was said of ${remembered?.file}, a file of the same source, holds for this one too.`;
  return { own, remembered, all, findings: remembered ? [finding('choices-remembered', null, 1, { message })] : [] };
}

/** What the file is wanted as: what is said of it goes before what was said of its source. */
function wantedSource(task: FileTask, { all }: { readonly all: FileChoices }, toldByLayout: SourceProfile | null) {
  const { profiles } = task;
  const profile = task.profile ?? profiles.find((each) => each.name === all.profile) ?? toldByLayout;
  return { profile, profiles, table: task.table ?? all.table ?? null };
}

/** The table of the file. Where it is refused, the columns are shown as those of the table it was wanted as. */
function matchOf(
  task: FileTask,
  {
    table,
    source,
    columns,
    sheet,
  }: { readonly table: string | null; readonly source: FileSource; readonly columns: ToldColumns; readonly sheet: Sheet | null },
): ColumnMatch {
  const { profile, headers } = source;
  const nearest = table ?? source.table;
  if (task.portrait && nearest !== null) {
    task.portrait.seesTable(matchTable(importableTable(nearest), headers, { profile, columns }), null);
  }
  return chooseTable(task.file, headers, { table, profile, columns, sheet, told: source.table });
}

interface Sheet {
  readonly name: string;
  readonly others: readonly string[];
}

/** The sheet that was read, and those that were not; null of a file that is no workbook. */
async function sheetOf({ given, format, compression, part }: TextFile): Promise<Sheet | null> {
  if (format !== 'xlsx' || part === null || compression !== 'none') return null;
  return { name: part, others: (await partsOf(given)).filter((each) => each !== part) };
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
  /** The profile as it was found, without what the user says besides. */
  readonly system: SourceProfile | null;
  /** True where the table was named, by the user or by the profile. */
  readonly told: boolean;
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
  const decisions = new DecisionBook(sql, sourceOfFile(sourceHeaders(layout.headers), understood.system), {
    batch,
    gathered: task.gathered,
  });
  const made = source.added.flatMap((each) => each.made);
  const known = { file, headers, match, settings, made, profile: { ...(profile ?? NO_PROFILE), decisions } };
  const asItStands = source.added.length === 0 && !isReturned(layout.headers);
  const long = asItStands ? await sampleLongFile(sql, text, layout, task) : null;
  const supposed = long && (await supposeLongFile(sql, known, long));
  const portray = async (file: LongFile, { plans, updatePlan }: SupposedFile) =>
    task.portrait?.seesRows(sql, match, {
      relation: file.sample,
      headers,
      plans: updatePlan ? [...plans, updatePlan] : plans,
      sampledOf: file.rows,
    });
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
      await portray(long, supposed);
      const rows: RowLedger = { read: inserted, inserted, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 };
      return { rows, findings: headerFindings(supposed.request) };
    }
  }
  const typedAtOnce = long && supposed && (await typeLongFile(sql, supposed, long));
  if (long && supposed && typedAtOnce) {
    await portray(long, supposed);
    return storeTyped(sql, task, { ...understood, typed: typedAtOnce, staged: wholeFile(long) });
  }
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
    await task.portrait?.seesRejects(sql, task);
    return {
      rows: { read: staged.read, inserted: 0, updated: 0, unchanged: 0, duplicate: 0, rejected },
      findings: [...staged.findings],
    };
  }
  const request = { ...known, relation: await withDerived(sql, relation, width, source.added) };
  const content = await withoutForeign(sql, request, understood);
  const seen = (plans: TypedFile['plans']) =>
    task.portrait?.seesRows(sql, content.match, { relation: request.relation, headers, plans, sampledOf: null });
  const typed = await typeRows(sql, { ...request, match: content.match }).catch(async (thrown: unknown) => {
    if (thrown instanceof Undecided) await seen(thrown.plans);
    throw thrown;
  });
  await seen(typed.plans);
  const durations = await keptDurations(sql, { ...request, match: content.match });
  const broken = await payloadFindings(sql, relation, { headers, added: source.added });
  const findings = [...staged.findings, ...broken, ...content.findings, ...durations];
  return storeTyped(sql, task, { ...understood, typed, staged: { ...staged, relation: request.relation, findings } });
}

/** A file that was typed while it was read, and of which nothing is staged. */
function wholeFile(long: LongFile): StagedFile {
  return { relation: long.sample, read: long.rows, malformed: 0, findings: [] };
}

async function storeTyped(
  sql: Sql,
  task: FileTask,
  { layout, match, system, typed, staged, full }: Understood & { readonly typed: TypedFile; readonly staged: StagedFile },
): Promise<{ rows: RowLedger; findings: ImportFinding[] }> {
  const { file, batch, fileId } = task;
  const { relation } = staged;
  const width = layout.headers.length;
  task.step('storing', staged.read);
  const rejected = await rejectRows(sql, { batch, fileId, relation, width, delimiter: layout.dialect.delimiter, typed });
  await task.portrait?.seesRejects(sql, task);
  await keepUnusable(sql, { batch, fileId, relation, headers: layout.headers, match, typed });
  if (full) await noteSeen(sql, fileId, { typed, delimiter: layout.dialect.delimiter });
  const from = { sourceSystem: sourceSystemOf(system), currency: task.settings.currency };
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
