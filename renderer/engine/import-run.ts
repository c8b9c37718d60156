import { create } from 'zustand';
import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import type { ImportProgress, ImportReport } from '../../analytics/contract/import-report.ts';
import type { MethodInput } from '../../analytics/contract/methods.ts';
import { useNavigation } from '../place/navigation.ts';
import { ask, isCancelled, shell } from './ask.ts';

/** What the user chose for a file; null lets its headers decide. */
export interface FileChoice {
  readonly table: string | null;
  readonly profile: string | null;
}

/** A file that waits to be imported, with what an import of it would do. */
export interface FileDraft extends FileChoice {
  readonly file: string;
  readonly preview:
    | { readonly kind: 'asking' }
    | { readonly kind: 'ready'; readonly preview: ImportPreview }
    | { readonly kind: 'refused'; readonly message: string };
}

/** The import that is looked at, runs, or ran last. */
export type ImportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'review'; readonly drafts: readonly FileDraft[]; readonly cancelled: boolean }
  | { readonly kind: 'running'; readonly drafts: readonly FileDraft[] }
  /** Files with choices of their own are imports of their own; where one failed, those before it stand. */
  | { readonly kind: 'done'; readonly reports: readonly ImportReport[]; readonly failure: string | null };

interface ImportRun {
  readonly state: ImportState;
  /** How far the engine is with a preview or an import. */
  readonly progress: ImportProgress | null;
  readonly heard: (progress: ImportProgress) => void;
  /** Adds files to look at. */
  readonly review: (files: readonly string[]) => Promise<void>;
  readonly choose: (file: string, choice: FileChoice) => Promise<void>;
  readonly leaveOut: (file: string) => void;
  readonly commit: () => Promise<void>;
  /** Stops the import that runs; the workspace is then as before, and the files are there to be looked at again. */
  readonly cancel: () => void;
  readonly close: () => void;
}

const VIEW = 'imports';

export const useImportRun = create<ImportRun>()((set, get) => {
  const drafts = (): readonly FileDraft[] => {
    const { state } = get();
    return state.kind === 'review' ? state.drafts : [];
  };
  const put = (file: string, change: Partial<FileDraft>) =>
    set(({ state }) =>
      state.kind !== 'review'
        ? {}
        : { state: { ...state, drafts: state.drafts.map((draft) => (draft.file === file ? { ...draft, ...change } : draft)) } },
    );
  const look = async (file: string, choice: FileChoice) => {
    put(file, { ...choice, preview: { kind: 'asking' } });
    try {
      const preview = await ask('import.preview', { file, ...asked(choice) }, previewView(file));
      put(file, { preview: { kind: 'ready', preview } });
    } catch (error) {
      if (!isCancelled(error)) put(file, { preview: { kind: 'refused', message: messageOf(error) } });
    }
  };
  return {
    state: { kind: 'idle' },
    progress: null,
    heard: (progress) => set({ progress }),
    review: async (files) => {
      if (files.length === 0 || get().state.kind === 'running') return;
      const known = new Set(drafts().map((draft) => draft.file));
      const added = [...new Set(files)].filter((file) => !known.has(file));
      const fresh = added.map((file): FileDraft => ({ file, table: null, profile: null, preview: { kind: 'asking' } }));
      set({ progress: null, state: { kind: 'review', drafts: [...drafts(), ...fresh], cancelled: false } });
      if (useNavigation.getState().place?.view !== 'imports') useNavigation.getState().go({ view: 'imports' });
      for (const file of added) await look(file, { table: null, profile: null });
    },
    choose: look,
    leaveOut: (file) => {
      shell().cancel('import.preview', previewView(file));
      const left = drafts().filter((draft) => draft.file !== file);
      set({ state: left.length === 0 ? { kind: 'idle' } : { kind: 'review', drafts: left, cancelled: false } });
    },
    commit: async () => {
      const all = drafts();
      const reports: ImportReport[] = [];
      set({ state: { kind: 'running', drafts: all }, progress: null });
      try {
        for (const request of importRequests(all)) reports.push(await ask('import.files', request, VIEW));
        set({ state: { kind: 'done', reports, failure: null } });
      } catch (error) {
        if (isCancelled(error) && reports.length === 0) set({ state: { kind: 'review', drafts: all, cancelled: true } });
        else set({ state: { kind: 'done', reports, failure: messageOf(error) } });
      }
    },
    cancel: () => shell().cancel('import.files', VIEW),
    close: () => {
      for (const { file } of drafts()) shell().cancel('import.preview', previewView(file));
      set({ state: { kind: 'idle' } });
    },
  };
});

/** Lets the user choose files and shows what is understood of them. */
export async function importPickedFiles(): Promise<void> {
  await useImportRun.getState().review(await shell().pickFiles());
}

/** The files that can be imported, those under one choice together. */
export function groups(drafts: readonly FileDraft[]): readonly { readonly files: string[]; readonly choice: FileChoice }[] {
  const found = new Map<string, { files: string[]; choice: FileChoice }>();
  for (const { file, table, profile, preview } of drafts) {
    if (preview.kind !== 'ready') continue;
    const key = `${table ?? ''}\u0000${profile ?? ''}`;
    const group = found.get(key) ?? { files: [], choice: { table, profile } };
    group.files.push(file);
    found.set(key, group);
  }
  return [...found.values()];
}

/** What is asked of the engine to import the files that can be: one import for each choice. */
export function importRequests(drafts: readonly FileDraft[]): readonly MethodInput<'import.files'>[] {
  return groups(drafts).map(({ files, choice }) => ({ files, ...asked(choice) }));
}

function previewView(file: string): string {
  return `preview of ${file}`;
}

function asked({ table, profile }: FileChoice): { table?: string; profile?: string } {
  return { ...(table === null ? {} : { table }), ...(profile === null ? {} : { profile }) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
