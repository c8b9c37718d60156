import { WeirError } from '../contract/errors.ts';
import type { FileChoices } from '../contract/file-choices.ts';
import type { FileReport, ImportFinding } from '../contract/import-report.ts';
import type { Sql } from '../contract/sql.ts';
import { encodingFindings } from './bytes/encoding.ts';
import { fingerprint } from './bytes/fingerprint.ts';
import { fileState, refuseChanged, type TextFile, unreadable } from './bytes/text-file.ts';
import { type FileSource, sourceOf } from './file-source.ts';
import type { FileTask } from './file-task.ts';
import { counted, finding } from './finding.ts';
import { partsOf } from './formats/parts.ts';
import { byProfileLayout } from './layout/profile-layout.ts';
import { type LaidOut, readBy } from './layout/read-layout.ts';
import { loadFile, sourceSystemOf } from './load-file.ts';
import { chooseTable, importableTable, matchTable } from './matching/choose-table.ts';
import type { ColumnMatch } from './matching/match-columns.ts';
import { type ToldColumns, toldColumns } from './matching/told-columns.ts';
import { choicesOfSource, rememberChoices, rememberedChoices, withRemembered } from './profiles/remembered-choices.ts';
import type { SourceProfile } from './profiles/source-profile.ts';
import { toldProfile } from './profiles/told-profile.ts';
import { headerLineOf, type Layout } from './reading/dialect.ts';
import { sourceHeaders } from './rejects/returned-rows.ts';
import { naiveZone } from './typing/moments.ts';

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

/** Imports one file within the open transaction. Its ledger balances, or the import fails. */
export async function importFile(sql: Sql, task: FileTask): Promise<ImportedFile> {
  task.step('scanning', null);
  const before = await fileState(task.file);
  const { text, layout, choices, noted, profile: toldByLayout } = await layOut(sql, task);
  const sha256 = digestOf(text, task.signal);
  task.step('reading', Math.max(0, text.lines - layout.dialect.headerLine));
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
  const told = wanted.table !== null || source.table === match.table.name;
  const identity = { sha256, table: match.table.name, profile: profile?.identity ?? null, timeZone };
  const done = await loadFile(sql, task, {
    text,
    layout,
    match,
    source: { ...source, profile },
    system: source.profile,
    told,
    identity,
    full,
  });
  const known = done.earlier ? [knownFinding(done.earlier.batch, done.earlier.rows.read)] : [];
  const digest = await sha256;
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
    sha256: digest,
    timeZone,
    sourceSystem: sourceSystemOf(source.profile),
    full,
    removeGone: full && task.removeGone,
    profile: profile?.identity ?? null,
    known: done.earlier !== null,
  };
}

/** The fingerprint of the file's bytes, worked out beside all else. */
function digestOf({ given, bytesPath }: TextFile, signal: AbortSignal | undefined): Promise<string> {
  const digest = fingerprint(bytesPath, signal).catch((thrown: unknown) => {
    throw signal?.aborted ? new WeirError('cancelled') : unreadable(given, thrown);
  });
  // Where the import fails before it asks for the digest, nobody need hear of it.
  digest.catch(() => null);
  return digest;
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

function layoutFindings(text: TextFile, layout: Layout): ImportFinding[] {
  const found = [...encodingFindings(text.encoding), ...text.findings];
  if (layout.preamble > 0) {
    const message = `${counted(layout.preamble, 'line')} above the header ${layout.preamble === 1 ? 'is' : 'are'} no data.`;
    found.push(finding('preamble', null, layout.preamble, { message }));
  }
  return found;
}

function knownFinding(batch: number, rows: number): ImportFinding {
  return finding('file-known', null, rows, { message: `Import ${batch} brought this very file; nothing in it is new.` });
}
