import { Button, Group } from '@mantine/core';
import { type FileDraft, useImportRun } from '../engine/import-run.ts';
import { EffectPanel } from './effect-panel.tsx';
import { FileReview } from './file-review.tsx';
import styles from './imports-view.module.css';

/** Each file with what an import of it would do; nothing is stored until the user says so. */
export function ReviewFiles({ drafts }: { drafts: readonly FileDraft[] }) {
  const commit = useImportRun((run) => run.commit);
  const close = useImportRun((run) => run.close);
  const ready = drafts.filter((draft) => draft.preview.kind === 'ready').length;
  const waiting = drafts.some((draft) => draft.preview.kind === 'asking');
  const refused = drafts.length - ready;
  return (
    <>
      {drafts.map((draft) => (
        <FileReview key={draft.file} draft={draft} />
      ))}
      {ready === 0 ? null : <EffectPanel drafts={drafts} waiting={waiting} />}
      <section className={styles.decide} aria-label="Decision">
        <p aria-live="polite">{waiting ? 'Looking at the files…' : decisionText(ready, refused)}</p>
        <Group gap="xs" wrap="nowrap">
          <Button size="sm" variant="default" onClick={close}>
            Do not import
          </Button>
          <Button size="sm" disabled={waiting || ready === 0} onClick={() => void commit()}>
            Import {ready === 1 ? '1 file' : `${ready} files`}
          </Button>
        </Group>
      </section>
    </>
  );
}

function decisionText(ready: number, refused: number): string {
  const left = refused === 0 ? '' : ` ${refused === 1 ? '1 file is' : `${refused} files are`} refused and stay outside.`;
  if (ready === 0) return `No file can be imported as it is.${left}`;
  return `All rows are accounted for above; nothing has been stored yet.${left}`;
}
