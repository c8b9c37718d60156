import { Checkbox } from '@mantine/core';
import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import { moreWords } from '../../analytics/contract/import-report.ts';
import type { FileDraft } from '../engine/file-draft.ts';
import { useImportRun } from '../engine/import-run.ts';
import { counted } from './counted.ts';
import { fileName } from './ledger.ts';
import styles from './review.module.css';

/** Whether the file holds all that its source has, and, once it is known which rows are gone, whether they are to be taken out. */
export function FullExport({ draft, preview }: { draft: FileDraft; preview: ImportPreview }) {
  const say = useImportRun((run) => run.say);
  const { file, choices } = draft;
  const name = fileName(file);
  const findings = preview.report?.findings ?? [];
  const gone = findings.find((each) => each.code === 'gone-from-source') ?? null;
  const full = choices.full ?? preview.full;
  return (
    <div className={styles.full}>
      <Checkbox
        size="xs"
        checked={full}
        label="This file is all that its source has"
        aria-label={`${name} is all that its source has`}
        description="Rows that the source brought before and that the file lacks are then gone: they are reported, and left as they are."
        // What is said goes before what the profile says, so both answers are said.
        onChange={(event) => void say(file, { full: event.currentTarget.checked, removeGone: undefined })}
      />
      {gone === null ? null : (
        <Checkbox
          size="xs"
          checked={choices.removeGone ?? false}
          label={`Take out the ${counted(gone.count, 'row')} that ${gone.count === 1 ? 'is' : 'are'} gone`}
          aria-label={`Take out the rows that are gone from ${name}`}
          description={gone.message}
          onChange={(event) => void say(file, { removeGone: event.currentTarget.checked || undefined })}
        />
      )}
      {gone?.items === undefined ? null : (
        <details className={styles.gone}>
          <summary>Which rows are gone</summary>
          <ul>
            {gone.items.map((key) => (
              <li key={key}>{key}</li>
            ))}
            {moreWords(gone) === null ? null : <li>{moreWords(gone)}</li>}
          </ul>
        </details>
      )}
    </div>
  );
}
