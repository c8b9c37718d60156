import { errorData, WeirError } from '../../contract/errors.ts';
import type { ImportPreview, PreviewRequest } from '../../contract/import-preview.ts';
import type { FileReport } from '../../contract/import-report.ts';
import { partsOf } from '../../ingest/formats/parts.ts';
import { importFiles } from '../../ingest/index.ts';
import { BUILT_IN_PROFILES, profilesAt } from '../../ingest/profiles/find-profile.ts';
import { headerLineOf } from '../../ingest/reading/dialect.ts';
import { Portrait } from '../../ingest/understanding/portrait.ts';
import { Undecided } from '../../ingest/understanding/undecided.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { TABLES } from '../../tables/index.ts';
import { type ChangeOptions, ingestContext } from '../change.ts';
import type { Workspace } from '../open.ts';

/** What came of the dry run. */
type Outcome = { readonly report: FileReport } | { readonly refused: WeirError };

/**
 * Imports one file as a dry run, and tells what was understood of it. A file that is refused or leaves something open is told as far
 * as it was understood; rejects with a WeirError only where nothing at all can be said of it, and where the work is stopped.
 */
export async function previewFile(workspace: Workspace, request: PreviewRequest, options: ChangeOptions): Promise<ImportPreview> {
  const portrait = new Portrait();
  const outcome = await rehearse(workspace, request, { ...options, portrait });
  const parts = await partsOf(request.file).catch(() => []);
  if ('refused' in outcome && portrait.text === null && parts.length === 0) throw outcome.refused;
  const profiles = await profilesAt(ingestContext(workspace, options).profilesFolder ?? null);
  const { text, layout, table, columns, sample, profile, timeZone, full, nullWords, remembered } = portrait;
  return {
    file: request.file,
    format: text?.format ?? 'text',
    parts,
    part: text?.part ?? null,
    encoding: text?.encoding.name ?? null,
    dialect: text && layout ? { ...layout.dialect, headerLine: headerLineOf(text, layout.dialect) } : null,
    table: table?.name ?? null,
    profile,
    timeZone,
    full,
    nullWords,
    columns,
    sample,
    fields: table === null ? [] : fieldsOf(table),
    remembered,
    ...toldOf(outcome),
    rejects: portrait.rejects,
    tables: TABLES.map((each) => each.name),
    profiles: profiles.map((each) => ({ name: each.name, title: each.title, own: !BUILT_IN_PROFILES.includes(each) })),
  };
}

async function rehearse(
  workspace: Workspace,
  { file, ...choices }: PreviewRequest,
  { portrait, ...options }: ChangeOptions & { readonly portrait: Portrait },
): Promise<Outcome> {
  try {
    const { files } = await importFiles(
      workspace.writer.until(options.signal),
      { files: [file], choices: { [file]: choices }, dryRun: true },
      {
        ...ingestContext(workspace, options),
        portrait,
      },
    );
    const [report] = files;
    if (!report) throw new Error(`No report on ${file}`);
    return { report };
  } catch (thrown) {
    if (thrown instanceof WeirError && thrown.code !== 'cancelled') return { refused: thrown };
    throw thrown;
  }
}

function toldOf(outcome: Outcome): Pick<ImportPreview, 'report' | 'questions' | 'refusal'> {
  if (!('refused' in outcome)) return { ...outcome, questions: [], refusal: null };
  const { refused } = outcome;
  const { code, message } = errorData(refused);
  return {
    report: null,
    questions: refused instanceof Undecided ? refused.questions : [],
    refusal: { code, message },
  };
}

function fieldsOf(table: TableDefinition): ImportPreview['fields'] {
  return [
    ...table.columns.map(({ name, description, type, unit, required }) => ({ name, description, type, unit, required })),
    {
      name: 'updated_at_src',
      description: 'Last change in the source',
      type: 'timestamp',
      unit: null,
      required: false,
    },
  ];
}
