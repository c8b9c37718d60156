import { Button, Select, Skeleton } from '@mantine/core';
import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import { type FileDraft, useImportRun } from '../engine/import-run.ts';
import { Failure } from '../frame/load-state.tsx';
import { Panel } from '../frame/panel.tsx';
import { Findings } from './findings.tsx';
import styles from './imports-view.module.css';
import { fileName, LEDGER_COLUMNS } from './ledger.ts';
import { SampleTable } from './sample-table.tsx';

/** One file before it is imported: what was understood, what would become of its rows, and rows of it side by side. */
export function FileReview({ draft }: { draft: FileDraft }) {
  const leaveOut = useImportRun((run) => run.leaveOut);
  const { file, preview } = draft;
  return (
    <Panel
      title={fileName(file)}
      aside={
        <Button size="compact-xs" variant="default" onClick={() => leaveOut(file)} aria-label={`Leave out ${fileName(file)}`}>
          Leave out
        </Button>
      }
    >
      {preview.kind === 'asking' ? <Asking file={file} /> : null}
      {preview.kind === 'refused' ? (
        <>
          <Failure message={preview.message} />
          <Choices draft={draft} known={null} />
        </>
      ) : null}
      {preview.kind === 'ready' ? <Ready draft={draft} preview={preview.preview} /> : null}
    </Panel>
  );
}

function Asking({ file }: { file: string }) {
  const progress = useImportRun((run) => run.progress);
  const rows = progress?.file === file && progress.rows !== null ? `${progress.rows.toLocaleString('en-US')} rows` : '';
  return (
    <div role="status" aria-busy="true" aria-label={`Looking at ${fileName(file)}`}>
      <Skeleton h={120} />
      <p className={styles.quiet}>{rows}</p>
    </div>
  );
}

function Ready({ draft, preview }: { draft: FileDraft; preview: ImportPreview }) {
  const { report } = preview;
  const name = fileName(draft.file);
  return (
    <>
      <div className={styles.understood}>
        <Choices draft={draft} known={preview} />
        <dl className={styles.facts} aria-label={`What was understood of ${name}`}>
          <Fact name="Encoding" value={report.encoding} />
          <Fact name="Delimiter" value={signName(report.dialect.delimiter)} />
          <Fact name="Quote" value={signName(report.dialect.quote)} />
          <Fact name="Header" value={`line ${report.dialect.headerLine}`} />
          {LEDGER_COLUMNS.map(([column, label]) => (
            <Fact key={column} name={label} value={report.rows[column].toLocaleString('en-US')} />
          ))}
        </dl>
      </div>
      <SampleTable name={name} preview={preview} />
      <Findings files={[report]} label={`Findings in ${name}`} />
      {preview.rejects.length === 0 ? null : (
        <ul className={styles.refusals} aria-label={`Rows of ${name} that would be rejected`}>
          {preview.rejects.map(({ line, column, reason }) => (
            <li key={`${line} ${column ?? ''} ${reason}`}>
              Line {line.toLocaleString('en-US')}
              {column === null ? '' : `, ${column}`}: {reason}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Table and source profile: found by the headers, and changeable. Where a file is refused, a table of the first file's list is not known yet. */
function Choices({ draft, known }: { draft: FileDraft; known: ImportPreview | null }) {
  const choose = useImportRun((run) => run.choose);
  const state = useImportRun((run) => run.state);
  const list = known ?? (state.kind === 'review' ? firstReady(state.drafts) : null);
  const name = fileName(draft.file);
  if (list === null) return null;
  return (
    <div className={styles.choices}>
      <Select
        size="xs"
        label="Table"
        aria-label={`Table of ${name}`}
        searchable
        allowDeselect={false}
        data={[...list.tables]}
        value={draft.table ?? known?.report.table ?? null}
        onChange={(table) => void choose(draft.file, { table, profile: draft.profile })}
      />
      <Select
        size="xs"
        label="Source profile"
        aria-label={`Source profile of ${name}`}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': `Take the profile off ${name}` }}
        placeholder="none"
        data={[...new Set([...list.profiles, ...(known?.report.profile == null ? [] : [known.report.profile])])]}
        value={draft.profile ?? known?.report.profile ?? null}
        onChange={(profile) => void choose(draft.file, { table: draft.table, profile })}
      />
    </div>
  );
}

function firstReady(drafts: readonly FileDraft[]): ImportPreview | null {
  for (const { preview } of drafts) if (preview.kind === 'ready') return preview.preview;
  return null;
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const SIGNS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  '"': '"…"',
  "'": "'…'",
  '': 'none',
};

function signName(sign: string): string {
  return SIGNS[sign] ?? sign;
}
