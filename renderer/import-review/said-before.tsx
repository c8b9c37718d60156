import { Button } from '@mantine/core';
import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import type { FileDraft } from '../engine/file-draft.ts';
import { useImportRun } from '../engine/import-run.ts';
import styles from './review.module.css';

/** Says that choices are in force which the file itself does not explain, and takes them back. */
export function SaidBefore({ draft, preview }: { draft: FileDraft; preview: ImportPreview }) {
  const startOver = useImportRun((run) => run.startOver);
  const { afresh, ...own } = draft.choices;
  const remembered = preview.remembered !== null;
  const changed = Object.keys(own).length > 0;
  if (!remembered && !changed && !afresh) return null;
  return (
    <div className={styles.said}>
      <p>
        {changed ? 'You have changed how this file is read. ' : ''}
        {remembered ? 'What you said of an earlier file of this source holds for it too.' : ''}
        {afresh ? 'What you said of earlier files of this source is left aside.' : ''}
      </p>
      {changed ? (
        <Button size="compact-xs" variant="default" onClick={() => void startOver(draft.file, afresh ? { afresh } : {})}>
          Take my changes back
        </Button>
      ) : null}
      {remembered ? (
        <Button size="compact-xs" variant="default" onClick={() => void startOver(draft.file, { afresh: true })}>
          Read it afresh
        </Button>
      ) : null}
    </div>
  );
}
