import { create } from 'zustand';
import type { FileChoices } from '../../analytics/contract/file-choices.ts';
import type { ImportProgress, ImportReport } from '../../analytics/contract/import-report.ts';
import { useNavigation } from '../place/navigation.ts';
import { ask, isCancelled, shell } from './ask.ts';
import { type FileDraft, importRequests, type ReadyPreview, sameSource, saying } from './file-draft.ts';

/** The import that is looked at, runs, or ran last. */
export type ImportState =
  | { readonly kind: 'idle' }
  /** `stopped` says why an import that was begun brought nothing. */
  | {
      readonly kind: 'review';
      readonly drafts: readonly FileDraft[];
      readonly stopped: 'cancelled' | { readonly failure: string } | null;
    }
  | { readonly kind: 'running'; readonly drafts: readonly FileDraft[] }
  | { readonly kind: 'done'; readonly report: ImportReport };

interface ImportRun {
  readonly state: ImportState;
  /** How far the engine is with a preview or an import. */
  readonly progress: ImportProgress | null;
  readonly heard: (progress: ImportProgress) => void;
  /** Adds files to look at. */
  readonly review: (files: readonly string[]) => Promise<void>;
  /** Says something of one file, and looks at it again. */
  readonly say: (file: string, change: FileChoices) => Promise<void>;
  /** Says it of all files with the same headers, so that it is said once for a source. */
  readonly saySource: (file: string, change: FileChoices) => Promise<void>;
  /** Takes back all that was said of a file. */
  readonly startOver: (file: string, choices: FileChoices) => Promise<void>;
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
  const look = async (file: string, choices: FileChoices) => {
    put(file, { choices, asking: true });
    try {
      const preview = await ask('import.preview', { file, ...choices }, previewView(file));
      const { report } = preview;
      const seen =
        report === null ? { kind: 'open', preview } : { kind: 'ready', preview: { ...preview, report } satisfies ReadyPreview };
      put(file, { asking: false, seen: seen as FileDraft['seen'] });
    } catch (error) {
      if (!isCancelled(error)) put(file, { asking: false, seen: { kind: 'refused', message: messageOf(error) } });
    }
  };
  const say = (file: string, change: FileChoices) => {
    const draft = drafts().find((each) => each.file === file);
    return draft ? look(file, saying(draft.choices, change)) : Promise.resolve();
  };
  return {
    state: { kind: 'idle' },
    progress: null,
    heard: (progress) => set({ progress }),
    review: async (files) => {
      if (files.length === 0 || get().state.kind === 'running') return;
      const known = new Set(drafts().map((draft) => draft.file));
      const added = [...new Set(files)].filter((file) => !known.has(file));
      const fresh = added.map((file): FileDraft => ({ file, choices: {}, asking: true, seen: { kind: 'nothing' } }));
      set({ progress: null, state: { kind: 'review', drafts: [...drafts(), ...fresh], stopped: null } });
      if (useNavigation.getState().place?.view !== 'imports') useNavigation.getState().go({ view: 'imports' });
      for (const file of added) await look(file, {});
    },
    say,
    saySource: async (file, change) => {
      const meant = sameSource(drafts(), file).map((draft) => draft.file);
      await Promise.all(meant.map((each) => say(each, change)));
    },
    startOver: look,
    leaveOut: (file) => {
      shell().cancel('import.preview', previewView(file));
      const left = drafts().filter((draft) => draft.file !== file);
      set({ state: left.length === 0 ? { kind: 'idle' } : { kind: 'review', drafts: left, stopped: null } });
    },
    commit: async () => {
      const all = drafts();
      const [request] = importRequests(all);
      if (request === undefined) return;
      set({ state: { kind: 'running', drafts: all }, progress: null });
      try {
        set({ state: { kind: 'done', report: await ask('import.files', request, VIEW) } });
      } catch (error) {
        const stopped = isCancelled(error) ? 'cancelled' : { failure: messageOf(error) };
        set({ state: { kind: 'review', drafts: all, stopped } });
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

function previewView(file: string): string {
  return `preview of ${file}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
