import { Button, Progress } from '@mantine/core';
import { progressFacts } from '../../analytics/contract/format-progress.ts';
import type { ImportProgress } from '../../analytics/contract/import-report.ts';
import { useImportRun } from '../engine/import-run.ts';
import { Panel } from '../frame/panel.tsx';
import { fileName } from '../import-review/ledger.ts';
import styles from './imports-view.module.css';

const STEPS: Readonly<Record<ImportProgress['step'], string>> = {
  scanning: 'Looking through',
  reading: 'Reading',
  checking: 'Checking',
  storing: 'Storing',
  measuring: 'Measuring',
  done: 'Done with',
};

/** How far the import is, how fast it goes, how long it will take, and the way to stop it. */
export function ImportProgressPanel({ files }: { files: readonly string[] }) {
  const progress = useImportRun((run) => run.progress);
  const cancel = useImportRun((run) => run.cancel);
  return (
    <Panel title="Importing">
      <Progress value={Math.max(2, (progress?.share ?? 0) * 100)} animated aria-label="Import" />
      <div className={styles.running}>
        <div>
          <p className={styles.step} aria-live="polite">
            {progress === null ? `Waiting to begin with ${fileName(files[0] ?? '')}` : stepText(progress)}
          </p>
          <p className={styles.figures} role="note" aria-label="How the import goes">
            {progress === null ? '' : progressFacts(progress).join(' · ')}
          </p>
        </div>
        <Button size="xs" variant="default" onClick={cancel}>
          Cancel the import
        </Button>
      </div>
    </Panel>
  );
}

function stepText({ step, file, fileIndex, fileCount }: ImportProgress): string {
  if (step === 'measuring') return 'All rows are read. Measuring the metrics anew';
  return `${STEPS[step]} ${fileName(file)}, file ${fileIndex + 1} of ${fileCount}`;
}
