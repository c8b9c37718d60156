import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconLoader2 } from '@tabler/icons-react';
import { type FileDraft, previewOf } from '../engine/file-draft.ts';
import { counted } from './counted.ts';
import styles from './file-list.module.css';
import { fileName } from './ledger.ts';

interface FileListProps {
  readonly drafts: readonly FileDraft[];
  readonly shown: string | null;
  readonly show: (file: string) => void;
}

/** All files of the import, each with how it stands; one of them is in view. */
export function FileList({ drafts, shown, show }: FileListProps) {
  return (
    <nav className={styles.list} aria-label="Files to import">
      {drafts.map((draft) => {
        const { state, text } = standing(draft);
        const Icon = ICONS[state];
        return (
          <button
            key={draft.file}
            type="button"
            className={styles.file}
            aria-current={draft.file === shown ? 'true' : undefined}
            title={draft.file}
            onClick={() => show(draft.file)}
          >
            <Icon size={18} stroke={1.6} className={styles.mark} data-state={state} aria-hidden="true" />
            <span>
              <b>{fileName(draft.file)}</b>
              <small>{text}</small>
            </span>
          </button>
        );
      })}
    </nav>
  );
}

const ICONS = { asking: IconLoader2, ready: IconCircleCheck, question: IconHelpCircle, refused: IconAlertTriangle } as const;

function standing(draft: FileDraft): { readonly state: keyof typeof ICONS; readonly text: string } {
  if (draft.asking) return { state: 'asking', text: 'Looking at it…' };
  if (draft.seen.kind === 'ready') {
    const { report } = draft.seen.preview;
    return { state: 'ready', text: `${report.table} · ${counted(report.rows.read, 'row')}` };
  }
  const questions = previewOf(draft)?.questions.length ?? 0;
  if (questions > 0) return { state: 'question', text: counted(questions, 'open question') };
  return { state: 'refused', text: 'Cannot be imported yet' };
}
