import type { FileChoices } from '../../analytics/contract/file-choices.ts';
import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import type { FileReport } from '../../analytics/contract/import-report.ts';
import type { MethodInput } from '../../analytics/contract/methods.ts';

export type ReadyPreview = ImportPreview & { readonly report: FileReport };

/** A file that waits to be imported: what the user says of it, and what an import of it would do. */
export interface FileDraft {
  readonly file: string;
  readonly choices: FileChoices;
  /** True while it is looked at; `seen` is then what was seen before. */
  readonly asking: boolean;
  readonly seen:
    | { readonly kind: 'nothing' }
    | { readonly kind: 'ready'; readonly preview: ReadyPreview }
    /** It can be shown, but a question is open or it is refused. */
    | { readonly kind: 'open'; readonly preview: ImportPreview }
    | { readonly kind: 'refused'; readonly message: string };
}

/** What is known of the draft, as far as it could be read. */
export function previewOf({ seen }: FileDraft): ImportPreview | null {
  return seen.kind === 'ready' || seen.kind === 'open' ? seen.preview : null;
}

/** Whether an import of the file is known to go through. */
export function isReady({ asking, seen }: FileDraft): boolean {
  return !asking && seen.kind === 'ready';
}

/** Rows that the drafts hold that can be imported. */
export function rowsReady(drafts: readonly FileDraft[]): number {
  return drafts.reduce((sum, { seen }) => sum + (seen.kind === 'ready' ? seen.preview.report.rows.read : 0), 0);
}

/** What is asked of the engine to import the files that can be, all of them together; nothing where none can. */
export function importRequests(drafts: readonly FileDraft[]): readonly MethodInput<'import.files'>[] {
  const ready = drafts.filter(isReady);
  if (ready.length === 0) return [];
  const said = ready.filter((draft) => Object.keys(draft.choices).length > 0);
  const choices = Object.fromEntries(said.map((draft) => [draft.file, draft.choices]));
  return [{ files: ready.map((draft) => draft.file), ...(said.length > 0 ? { choices } : {}) }];
}

/** Files of one source by their headers, the draft itself among them. */
export function sameSource(drafts: readonly FileDraft[], file: string): readonly FileDraft[] {
  const headers = (draft: FileDraft) =>
    JSON.stringify(previewOf(draft)?.columns.flatMap((each) => (each.made ? [] : [each.header])) ?? null);
  const own = drafts.find((draft) => draft.file === file);
  if (!own) return [];
  return drafts.filter((draft) => draft === own || (previewOf(draft) !== null && headers(draft) === headers(own)));
}

/** What is said with something more said: a column keeps what was said of it before, an absent value takes a word back. */
export function saying(choices: FileChoices, change: FileChoices): FileChoices {
  const columns = { ...choices.columns };
  for (const [header, said] of Object.entries(change.columns ?? {})) columns[header] = { ...columns[header], ...said };
  const all = { ...choices, ...change, ...(Object.keys(columns).length > 0 ? { columns } : {}) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as FileChoices;
}
