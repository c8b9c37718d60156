import { Alert, Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { assertNever } from '../../analytics/contract/errors.ts';
import { type ImportState, importPickedFiles, useImportRun } from '../engine/import-run.ts';
import { ReviewFiles } from '../import-review/review-files.tsx';
import { FileReports } from './file-reports.tsx';
import { ImportProgressPanel } from './import-progress.tsx';
import styles from './imports-view.module.css';

/** The way of a file: dropped or chosen, looked at, imported, accounted for. */
export function CurrentImport() {
  const state = useImportRun((run) => run.state);
  return (
    <>
      <div className={styles.drop}>
        <IconFileImport size={26} stroke={1.5} aria-hidden="true" />
        <p>
          <b>Drop extracts anywhere on this window</b>
          <br />
          Files of leads, opportunities, quotes, work orders, visits, tickets, surveys, telemetry. You see what is understood of
          each before anything is stored.
        </p>
        <Button size="sm" variant="default" disabled={state.kind === 'running'} onClick={() => void importPickedFiles()}>
          Choose files
        </Button>
      </div>
      <Outcome state={state} />
    </>
  );
}

function Outcome({ state }: { state: ImportState }) {
  switch (state.kind) {
    case 'idle':
      return null;
    case 'review':
      return (
        <>
          {state.stopped === null ? null : <Stopped stopped={state.stopped} />}
          <ReviewFiles drafts={state.drafts} />
        </>
      );
    case 'running':
      return <ImportProgressPanel files={state.drafts.map((draft) => draft.file)} />;
    case 'done':
      return <FileReports report={state.report} />;
    default:
      return assertNever(state);
  }
}

/** Why an import that was begun brought nothing. */
function Stopped({ stopped }: { stopped: 'cancelled' | { readonly failure: string } }) {
  const unchanged = 'The workspace is as it was before.';
  return stopped === 'cancelled' ? (
    <Alert color="weir" variant="light" role="status" title="The import was cancelled">
      {unchanged}
    </Alert>
  ) : (
    <Alert color="red" variant="light" role="alert" title="Nothing was imported">
      {stopped.failure} {unchanged}
    </Alert>
  );
}
