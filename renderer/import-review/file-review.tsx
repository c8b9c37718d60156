import { Alert, Button, Skeleton, Tabs } from '@mantine/core';
import { useState } from 'react';
import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import { type FileDraft, previewOf } from '../engine/file-draft.ts';
import { useImportRun } from '../engine/import-run.ts';
import { Panel } from '../frame/panel.tsx';
import { ColumnsTable } from '../import-columns/columns-table.tsx';
import { useBringProfile } from './bring-profile.tsx';
import { counted } from './counted.ts';
import { DryRunLedger } from './dry-run-ledger.tsx';
import { FileChoicesBar } from './file-choices-bar.tsx';
import { Findings } from './findings.tsx';
import { FullExport } from './full-export.tsx';
import { fileName } from './ledger.ts';
import { Questions } from './questions.tsx';
import { RejectPreview } from './reject-preview.tsx';
import styles from './review.module.css';
import { SaidBefore } from './said-before.tsx';
import { SampleTable } from './sample-table.tsx';
import { SaveProfile } from './save-profile.tsx';

/** One file before it is imported: what is asked, what was understood (all of it changeable), and what would become of its rows. */
export function FileReview({ draft, keep }: { draft: FileDraft; keep: () => void }) {
  const leaveOut = useImportRun((run) => run.leaveOut);
  const [saving, setSaving] = useState(false);
  const bring = useBringProfile(draft.file);
  const preview = previewOf(draft);
  const name = fileName(draft.file);
  return (
    // What the user changes here must not be taken from view by what becomes of it. Drawn anew at the click itself, a box would lose it.
    <div className={styles.review} onFocusCapture={keep}>
      <Panel
        title={name}
        aside={
          <>
            {preview === null ? null : bring.button}
            {preview?.table == null ? null : (
              <Button size="compact-xs" variant="default" onClick={() => setSaving(true)}>
                Save as a source profile
              </Button>
            )}
            <Button size="compact-xs" variant="default" onClick={() => leaveOut(draft.file)} aria-label={`Leave out ${name}`}>
              Leave out
            </Button>
          </>
        }
      >
        {bring.failure}
        {draft.asking && preview === null ? <Asking file={draft.file} /> : null}
        {draft.seen.kind === 'refused' && !draft.asking ? <Refusal message={draft.seen.message} /> : null}
        {preview === null ? null : (
          <div aria-busy={draft.asking}>
            <Understood draft={draft} preview={preview} />
          </div>
        )}
      </Panel>
      {saving && preview !== null ? <SaveProfile draft={draft} preview={preview} close={() => setSaving(false)} /> : null}
    </div>
  );
}

function Understood({ draft, preview }: { draft: FileDraft; preview: ImportPreview }) {
  const name = fileName(draft.file);
  const { questions, refusal, report, rejects } = preview;
  const asked = questions.length > 0;
  const [tab, setTab] = useState<string | null>('columns');
  return (
    <>
      <SaidBefore draft={draft} preview={preview} />
      {asked ? <Questions file={draft.file} questions={questions} /> : null}
      {refusal !== null && !asked ? <Refusal message={refusal.message} /> : null}
      <FileChoicesBar draft={draft} preview={preview} />
      {preview.table === null ? null : <FullExport draft={draft} preview={preview} />}
      {report === null ? null : <DryRunLedger name={name} rows={report.rows} waiting={draft.asking} />}
      <Tabs value={tab} onChange={setTab} mt="sm" keepMounted={false}>
        <Tabs.List aria-label={`What was understood of ${name}`}>
          <Tabs.Tab value="columns">{counted(preview.columns.length, 'column')}</Tabs.Tab>
          <Tabs.Tab value="rows">Rows side by side</Tabs.Tab>
          {report === null ? null : <Tabs.Tab value="findings">{counted(report.findings.length, 'finding')}</Tabs.Tab>}
          {report === null || report.rows.rejected === 0 ? null : (
            <Tabs.Tab value="rejects">{counted(report.rows.rejected, 'rejected row')}</Tabs.Tab>
          )}
        </Tabs.List>
        <Tabs.Panel value="columns" pt="sm">
          <ColumnsTable file={draft.file} preview={preview} choices={draft.choices} />
        </Tabs.Panel>
        <Tabs.Panel value="rows" pt="sm">
          <SampleTable name={name} preview={preview} />
        </Tabs.Panel>
        {report === null ? null : (
          <Tabs.Panel value="findings">
            <Findings files={[report]} label={`Findings in ${name}`} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="rejects" pt="sm">
          <RejectPreview name={name} rejects={rejects} rejected={report?.rows.rejected ?? 0} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Asking({ file }: { file: string }) {
  const progress = useImportRun((run) => run.progress);
  const rows = progress?.file === file && progress.rows !== null ? counted(progress.rows, 'row') : '';
  return (
    <div role="status" aria-busy="true" aria-label={`Looking at ${fileName(file)}`}>
      <Skeleton h={120} />
      <p className={styles.quiet}>{rows}</p>
    </div>
  );
}

function Refusal({ message }: { message: string }) {
  return (
    <Alert role="alert" color="red" variant="light" mb="sm" title="It cannot be imported as it is">
      {message}
    </Alert>
  );
}
