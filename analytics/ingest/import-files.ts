import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ErrorCode, isUndecided, WeirError } from '../contract/errors.ts';
import type { FileReport, ImportFinding, ImportReport, ImportRequest, ImportStep } from '../contract/import-report.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { nearKeyFindings } from './checking/near-keys.ts';
import { orphanFindings } from './checking/orphans.ts';
import { spellingFindings } from './checking/spellings.ts';
import { streamFindings } from './checking/streams.ts';
import type { UnpackLimits } from './formats/archive.ts';
import { type ImportedFile, importFile } from './import-file.ts';
import { importableTable } from './matching/choose-table.ts';
import { createDecisions, type Gathered } from './profiles/decisions.ts';
import { profileNamed, profilesAt } from './profiles/find-profile.ts';
import type { SourceProfile } from './profiles/source-profile.ts';
import { NeedsCare } from './reading/stage.ts';
import { goneRows, startSeen } from './storing/gone-rows.ts';
import { NotAsSampled } from './storing/store-at-once.ts';
import type { Portrait } from './understanding/portrait.ts';

/** What an import changed: whoever derives data from the tables makes it anew from these. */
export interface BatchChanges {
  readonly batch: number;
  readonly tables: readonly string[];
  /** True where rows may have gone, not only come or changed. */
  readonly rowsGone: boolean;
}

export interface ImportContext {
  readonly settings: Settings;
  /** The folder of the workspace's own source profiles; absent where it has none. */
  readonly profilesFolder?: string;
  /** The ids of its value streams; where absent, nothing is said of those that rows name. */
  readonly streams?: readonly string[];
  readonly onProgress?: (step: ImportStep) => void;
  readonly signal?: AbortSignal;
  /** What an archive may unpack to; the usual limits otherwise. */
  readonly limits?: UnpackLimits;
  /** Where it is given, a file that is refused is left out and noted here, instead of all files being refused with it. */
  readonly refused?: Map<string, WeirError>;
  /** Gathers what is understood of the one file of a dry run. */
  readonly portrait?: Portrait;
  /** Runs inside the transaction, once all rows are stored and where any are new, rejected ones included. */
  readonly afterStore?: (changes: BatchChanges) => Promise<void>;
}

/** Carries the report out of a transaction that is rolled back on purpose. */
class NothingKept extends Error {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    super('Nothing is kept of this import');
    this.report = report;
  }
}

/** Thrown where a file is left out: what was done of it is taken back, and the import is done again without it. */
class LeftOut extends Error {}

/** Thrown where a later file settled what an earlier one of its source could not: the import is done again, knowing it. */
class SettledLater extends Error {}

/**
 * Imports all files of the request in one transaction: all of them or, where one is refused, none, unless `refused` is there to take
 * it. Gives each file's balanced
 * ledger and findings; `batch` is null for a dry run, which does the same and takes it back, and where nothing was new.
 * Rejects with a WeirError whose sentence names the file, and leaves the workspace as it was. Not to be called within a transaction.
 */
export async function importFiles(sql: Sql, request: ImportRequest, context: ImportContext): Promise<ImportReport> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'weir-import-'));
  const careful = new Set<string>();
  const otherwise = new Map<string, 'plain' | null>();
  const gathered: Gathered = new Map();
  try {
    for (;;) {
      try {
        return await sql.transaction(() => importAll(sql, request, { ...context, scratch, careful, otherwise, gathered }));
      } catch (thrown) {
        if (thrown instanceof NothingKept) return thrown.report;
        if (thrown instanceof SettledLater || thrown instanceof LeftOut) continue;
        if (thrown instanceof NotAsSampled && otherwise.get(thrown.file) !== null) {
          otherwise.set(thrown.file, thrown.onlyCompact ? 'plain' : null);
          continue;
        }
        if (!(thrown instanceof NeedsCare) || careful.has(thrown.file)) throw thrown;
        careful.add(thrown.file);
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Attempt extends ImportContext {
  readonly scratch: string;
  /** Files the database failed on in an earlier attempt. */
  readonly careful: ReadonlySet<string>;
  /** Long files that an earlier attempt found to be written otherwise than their samples, and how they may still be stored at once. */
  readonly otherwise: ReadonlyMap<string, 'plain' | null>;
  /** What the values of files settled in this and earlier attempts. */
  readonly gathered: Gathered;
}

async function importAll(sql: Sql, request: ImportRequest, context: Attempt): Promise<ImportReport> {
  await createDecisions(sql);
  await startSeen(sql);
  const profiles = await profilesAt(context.profilesFolder ?? null);
  const [next] = await sql.rows<{ batch: number; file: number }>({
    text: `SELECT (SELECT coalesce(max(batch_id), 0) + 1 FROM import_batch) AS batch, (SELECT coalesce(max(file_id), 0) + 1 FROM import_file) AS file`,
  });
  const batch = next?.batch ?? 1;
  await sql.run({
    text: 'INSERT INTO import_batch VALUES ($batch, $now, NULL)',
    params: { batch, now: new Date().toISOString() },
  });
  const imported: ImportedFile[] = [];
  const stepper =
    (index: number) =>
    (step: ImportStep['step'], rows: number | null, part: number | null = null) => {
      if (context.signal?.aborted) throw new WeirError('cancelled');
      const file = request.files[index] ?? '';
      context.onProgress?.({ file, fileIndex: index, fileCount: request.files.length, step, rows, part });
    };
  const decided = context.gathered.size;
  const undecided = new Map<string, WeirError>();
  for (const [index, file] of request.files.entries()) {
    if (context.refused?.has(file)) continue;
    const fileId = (next?.file ?? 1) + index;
    const { settings, scratch, gathered } = context;
    const careful = context.careful.has(file);
    const told = await toldOf(request, file, profiles).catch((thrown: unknown) => leaveOut(context, file, thrown));
    const removeGone = told.choices.removeGone ?? request.removeGone ?? false;
    const full = told.choices.full ?? (removeGone || request.full ? true : null);
    const portrait = context.portrait ?? null;
    const held = context.otherwise.get(file);
    const atOnce = held === undefined ? ('compact' as const) : held;
    const task = {
      file,
      fileId,
      batch,
      ...told,
      portrait,
      full,
      removeGone,
      gathered,
      settings,
      scratch,
      careful,
      atOnce,
      signal: context.signal,
      step: stepper(index),
      ...(context.limits ? { limits: context.limits } : {}),
    };
    const done = await importFile(sql, task).catch((thrown: unknown) => {
      // Another file of its source may settle it: the rest is still read, to learn what it decides.
      if (!(thrown instanceof WeirError) || !isUndecided(thrown.code) || request.files.length === 1)
        return leaveOut(context, file, thrown);
      undecided.set(file, thrown);
      return null;
    });
    if (!done) continue;
    await noteFile(sql, { batch, fileId, done });
    imported.push(done);
  }
  if (undecided.size > 0) {
    if (context.gathered.size > decided) throw new SettledLater();
    for (const [file, error] of undecided) leaveOut(context, file, error);
  }
  const stored = imported.map((each) => ({ ...each, table: each.report.table, rows: each.report.rows }));
  const gone = await goneRows(sql, stored, batch);
  const reports: FileReport[] = [];
  for (const each of imported)
    reports.push(await withFindings(sql, each, { more: gone.findings.get(each.fileId) ?? [], streams: context.streams ?? null }));
  const touched = reports.filter(({ rows }) => rows.inserted + rows.updated > 0).map((report) => report.table);
  const changed = [...touched, ...gone.tables];
  const last = request.files.length - 1;
  const newRejects = imported.some((each) => !each.known && each.report.rows.rejected > 0);
  const isNew = changed.length > 0 || newRejects;
  if (isNew) {
    stepper(last)('measuring', null);
    await context.afterStore?.({ batch, tables: [...new Set(changed)], rowsGone: gone.tables.length > 0 });
  }
  stepper(last)('done', null);
  if (request.dryRun || !isNew) throw new NothingKept({ batch: null, files: reports });
  return { batch, files: reports };
}

/** The import is done again for each file that is left out; where there are more, each had better be imported by itself. */
const MOST_LEFT_OUT = 5;
/** What is not a fault of one file. */
const OF_ALL: ReadonlySet<ErrorCode> = new Set(['cancelled', 'disk-full', 'memory-full', 'unexpected', 'sql-failed']);

/** Leaves a file out that is refused, where that may be; else refuses all. */
function leaveOut({ refused }: Attempt, file: string, thrown: unknown): never {
  if (!refused || refused.size >= MOST_LEFT_OUT || !(thrown instanceof WeirError) || OF_ALL.has(thrown.code)) throw thrown;
  refused.set(file, thrown);
  throw new LeftOut();
}

/** What is said of one file of the request. */
async function toldOf(request: ImportRequest, file: string, profiles: readonly SourceProfile[]) {
  const choices = request.choices?.[file] ?? {};
  const [profile, table] = [choices.profile ?? request.profile, choices.table ?? request.table];
  return {
    choices,
    profiles,
    profile: profile === undefined ? null : await profileNamed(profile, profiles),
    table: table === undefined ? null : importableTable(table).name,
  };
}

/** The report of a file with `more` and what its rows do not meet, once all files of the import are stored. */
async function withFindings(
  sql: Sql,
  { report, fileId }: ImportedFile,
  { more, streams }: { readonly more: readonly ImportFinding[]; readonly streams: readonly string[] | null },
): Promise<FileReport> {
  const table = importableTable(report.table);
  const isNew = report.rows.inserted + report.rows.updated > 0;
  const unmet: ImportFinding[] = [];
  if (isNew && streams) unmet.push(...(await streamFindings(sql, table, { fileId, streams })));
  if (isNew)
    for (const check of [nearKeyFindings, orphanFindings, spellingFindings]) unmet.push(...(await check(sql, table, fileId)));
  if (more.length + unmet.length === 0) return report;
  const findings = [...report.findings, ...more, ...unmet];
  await sql.run({
    text: 'UPDATE import_file SET findings = $findings WHERE file_id = $fileId',
    params: { findings: JSON.stringify(findings), fileId },
  });
  return { ...report, findings };
}

async function noteFile(
  sql: Sql,
  note: { readonly batch: number; readonly fileId: number; readonly done: ImportedFile },
): Promise<void> {
  const { report, headers, sha256, timeZone, profile } = note.done;
  const { rows } = report satisfies FileReport;
  await sql.run({
    text: `INSERT INTO import_file VALUES ($fileId, $batch, $path, $sha256, $table, $profile, $timeZone, $encoding, $dialect, $findings,
      $read, $inserted, $updated, $unchanged, $duplicate, $rejected)`,
    params: {
      fileId: note.fileId,
      batch: note.batch,
      path: report.file,
      sha256,
      table: report.table,
      profile,
      timeZone,
      encoding: report.encoding,
      dialect: JSON.stringify({ ...report.dialect, headers }),
      findings: JSON.stringify(report.findings),
      ...rows,
    },
  });
}
