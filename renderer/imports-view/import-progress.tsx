import { Button, Progress } from '@mantine/core';
import type { ImportProgress } from '../../analytics/contract/import-report.ts';
import { useImportRun } from '../engine/import-run.ts';
import { Panel } from '../frame/panel.tsx';
import styles from './imports-view.module.css';
import { fileName } from './ledger.ts';

const STEPS: Readonly<Record<ImportProgress['step'], string>> = {
  reading: 'Reading',
  checking: 'Checking',
  storing: 'Storing',
  measuring: 'Measuring',
  done: 'Done with',
};
const STEP_ORDER = Object.keys(STEPS);

/** How far the import is, and the way to stop it for as long as nothing of it is final. */
export function ImportProgressPanel({ files }: { files: readonly string[] }) {
  const progress = useImportRun((run) => run.progress);
  const cancel = useImportRun((run) => run.cancel);
  const index = progress?.fileIndex ?? 0;
  const count = progress?.fileCount ?? files.length;
  const stored = progress?.step === 'done' && index === count - 1;
  const share = (index + STEP_ORDER.indexOf(progress?.step ?? 'reading') / STEP_ORDER.length) / Math.max(count, 1);
  return (
    <Panel title="Importing" aside={<span>{progress?.rows == null ? '' : `${progress.rows.toLocaleString('en-US')} rows`}</span>}>
      <Progress value={Math.max(3, share * 100)} animated aria-label="Import" />
      <div className={styles.running}>
        <p className={styles.step} aria-live="polite">
          {stored ? 'All rows are stored. Measuring the metrics anew' : stepText(progress, files, index, count)}
        </p>
        <Button size="xs" variant="default" disabled={stored} onClick={cancel}>
          Cancel the import
        </Button>
      </div>
    </Panel>
  );
}

function stepText(progress: ImportProgress | null, files: readonly string[], index: number, count: number): string {
  const file = fileName(progress?.file ?? files[0] ?? '');
  return `${STEPS[progress?.step ?? 'reading']} ${file}, file ${Math.min(index + 1, count)} of ${count}`;
}
