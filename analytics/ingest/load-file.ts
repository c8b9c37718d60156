import { WeirError } from '../contract/errors.ts';
import type { ImportFinding, RowLedger } from '../contract/import-report.ts';
import type { Sql } from '../contract/sql.ts';
import type { TextFile } from './bytes/text-file.ts';
import type { FileSource } from './file-source.ts';
import type { FileTask } from './file-task.ts';
import type { ColumnMatch } from './matching/match-columns.ts';
import { refuseOtherHeader } from './matching/other-header.ts';
import { DecisionBook, sourceOfFile } from './profiles/decisions.ts';
import { payloadFindings, withDerived } from './profiles/derived.ts';
import { NO_PROFILE, type SourceProfile } from './profiles/source-profile.ts';
import type { Layout } from './reading/dialect.ts';
import { type LongFile, type StagedFile, sampleLongFile, stageFile } from './reading/stage.ts';
import { swallowedRows } from './reading/swallowed-rows.ts';
import { isReturned, sourceHeaders, withoutApostrophes } from './rejects/returned-rows.ts';
import { type EarlierImport, earlierImport, type FileIdentity } from './storing/earlier-import.ts';
import { NO_SYSTEM, noteSeen } from './storing/gone-rows.ts';
import { rejectRows } from './storing/reject-rows.ts';
import { NotAsSampled, storeAtOnce } from './storing/store-at-once.ts';
import { storeRows } from './storing/store-rows.ts';
import { keepUnusable } from './storing/unusable-rows.ts';
import { withoutForeign } from './typing/foreign-columns.ts';
import { keptDurations } from './typing/kept-durations.ts';
import { type SupposedFile, supposeLongFile, typeLongFile } from './typing/long-file.ts';
import { type TypedFile, typeRows } from './typing/typed-rows.ts';
import { Undecided } from './understanding/undecided.ts';

const NOTHING_TYPED: TypedFile = { columns: [], plans: [], troubles: [], hasExtra: false, hasUpdateTime: false, findings: [] };

/** What was understood of a file before its rows are read. */
export interface Understood {
  readonly source: FileSource;
  readonly text: TextFile;
  readonly layout: Layout;
  readonly match: ColumnMatch;
  /** The profile as it was found, without what the user says besides. */
  readonly system: SourceProfile | null;
  /** True where the table was named, by the user or by the profile. */
  readonly told: boolean;
  readonly full: boolean;
  readonly identity: Omit<FileIdentity, 'lines'>;
}

/** What became of a file's rows. */
export interface LoadedFile {
  readonly rows: RowLedger;
  readonly findings: readonly ImportFinding[];
  /** The import that brought this very file; null where none did. */
  readonly earlier: EarlierImport | null;
}

/** Loads the rows below the header within the open transaction. Of a file that came before in the same way nothing is done, unless someone looks. */
export async function loadFile(sql: Sql, task: FileTask, understood: Understood): Promise<LoadedFile> {
  const { layout, match, source } = understood;
  const { file, settings, batch, fileId } = task;
  const { profile, headers } = source;
  const decisions = new DecisionBook(sql, sourceOfFile(sourceHeaders(layout.headers), understood.system), {
    batch,
    gathered: task.gathered,
  });
  const made = source.added.flatMap((each) => each.made);
  const known = { file, headers, match, settings, made, profile: { ...(profile ?? NO_PROFILE), decisions } };
  const asItStands = source.added.length === 0 && !isReturned(layout.headers);
  const long = asItStands ? await sampleLongFile(sql, understood.text, layout, task) : null;
  const supposed = long && (await supposeLongFile(sql, known, long));
  const portray = async (file: LongFile, { plans, updatePlan }: SupposedFile) =>
    task.portrait?.seesRows(sql, match, {
      relation: file.sample,
      headers,
      plans: updatePlan ? [...plans, updatePlan] : plans,
      sampledOf: file.rows,
    });
  const seeing = understood.text.settled();
  // Where the import fails before all bytes are seen, nobody need hear of it.
  seeing.catch(() => null);
  if (long && supposed && task.atOnce && !understood.full) {
    const sourceSystem = sourceSystemOf(profile);
    const compact = task.atOnce === 'compact';
    const request = { typing: supposed.request, long, rows: supposed.atOnce, batch, fileId, sourceSystem, compact };
    const inserted = await storeAtOnce(sql, request);
    if (inserted !== null) {
      if (inserted !== linesBelow(layout, asSupposed(task, await seeing))) throw new NotAsSampled(file);
      await portray({ ...long, rows: inserted }, supposed);
      const rows: RowLedger = { read: inserted, inserted, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 };
      return { rows, findings: supposed.findings(inserted), earlier: null };
    }
  }
  const text = asSupposed(task, await seeing);
  const lines = linesBelow(layout, text);
  const earlier = understood.full ? null : await earlierImport(sql, { ...understood.identity, lines });
  if (earlier && !task.portrait) return { rows: earlier.rows, findings: [], earlier };
  const whole = long && { ...long, rows: lines };
  const typedAtOnce = whole && supposed && (await typeLongFile(sql, supposed, whole));
  if (whole && supposed && typedAtOnce) {
    await portray(whole, supposed);
    return { ...(await storeTyped(sql, task, { ...understood, typed: typedAtOnce, staged: wholeFile(whole) })), earlier };
  }
  const staged = await stageFile(sql, text, layout, { ...task, read: (part) => task.step('reading', lines, part) });
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
      earlier,
    };
  }
  await refuseOtherHeader(sql, relation, { file, headers, width, profile });
  // Where rows stand on lines of their own, no cell holds a line break.
  const swallowed = staged.read < lines ? await swallowedRows(sql, relation, layout) : [];
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
  const findings = [...staged.findings, ...swallowed, ...broken, ...content.findings, ...durations];
  return {
    ...(await storeTyped(sql, task, { ...understood, typed, staged: { ...staged, relation: request.relation, findings } })),
    earlier,
  };
}

/** Refuses a file of which all its bytes say otherwise than was supposed: the import is done again without supposing it. */
function asSupposed({ file }: FileTask, text: TextFile | null): TextFile {
  if (text === null) throw new NotAsSampled(file);
  return text;
}

function linesBelow({ dialect }: Layout, { lines }: TextFile): number {
  return Math.max(0, lines - dialect.headerLine);
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

/** A profile that says only how values are written is no system. */
export function sourceSystemOf(profile: SourceProfile | null): string {
  return profile && Object.keys(profile.tables).length > 0 ? profile.name : NO_SYSTEM;
}
