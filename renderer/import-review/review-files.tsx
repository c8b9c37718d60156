import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { type FileDraft, isReady, previewOf } from '../engine/file-draft.ts';
import { useImportRun } from '../engine/import-run.ts';
import { EffectPanel } from '../import-effect/effect-panel.tsx';
import { FileList } from './file-list.tsx';
import { FileReview } from './file-review.tsx';
import styles from './review.module.css';

/** The files of an import, one of them in view, with what the import would do; nothing is stored until the user says so. */
export function ReviewFiles({ drafts }: { drafts: readonly FileDraft[] }) {
  const [picked, setPicked] = useState<string | null>(null);
  const commit = useImportRun((run) => run.commit);
  const close = useImportRun((run) => run.close);
  const ready = drafts.filter(isReady).length;
  const waiting = drafts.some((draft) => draft.asking);
  const shown = drafts.find((draft) => draft.file === picked) ?? drafts.find(needsUser) ?? drafts[0];
  return (
    <>
      <div className={styles.files} data-several={drafts.length > 1}>
        {drafts.length > 1 ? <FileList drafts={drafts} shown={shown?.file ?? null} show={setPicked} /> : null}
        {shown === undefined ? null : <FileReview key={shown.file} draft={shown} keep={() => setPicked(shown.file)} />}
      </div>
      {ready === 0 ? null : <EffectPanel drafts={drafts} waiting={waiting} />}
      <section className={styles.decide} aria-label="Decision">
        <p aria-live="polite">{waiting ? 'Looking at the files…' : decisionText(drafts, ready)}</p>
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

function needsUser(draft: FileDraft): boolean {
  return !draft.asking && draft.seen.kind !== 'ready';
}

function decisionText(drafts: readonly FileDraft[], ready: number): string {
  const asked = drafts.filter((draft) => (previewOf(draft)?.questions.length ?? 0) > 0).length;
  const refused = drafts.length - ready - asked;
  const left = [
    ...(asked === 0 ? [] : [`${asked === 1 ? '1 file waits' : `${asked} files wait`} for an answer.`]),
    ...(refused === 0
      ? []
      : [`${refused === 1 ? '1 file is' : `${refused} files are`} refused and stay${refused === 1 ? 's' : ''} outside.`]),
  ];
  const first =
    ready === 0 ? 'No file can be imported as it is.' : 'All rows are accounted for above; nothing has been stored yet.';
  return [first, ...left].join(' ');
}
