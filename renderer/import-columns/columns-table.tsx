import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ColumnChoices, FileChoices } from '../../analytics/contract/file-choices.ts';
import type { ImportPreview, PreviewColumn } from '../../analytics/contract/import-preview.ts';
import { useImportRun } from '../engine/import-run.ts';
import { fileName } from '../import-review/ledger.ts';
import { ColumnRow } from './column-row.tsx';
import styles from './columns-table.module.css';

const PAGE = 100;
/** Files of more columns get a field to search them. */
const MANY = 12;

const SHOWN = {
  all: { label: 'All', test: () => true },
  filling: { label: 'Filling the table', test: ({ column }: PreviewColumn) => column !== null },
  kept: { label: 'Kept beside', test: ({ column }: PreviewColumn) => column === null },
  unread: { label: 'Not all read', test: ({ counts }: PreviewColumn) => (counts?.unreadable ?? 0) > 0 },
} as const;
type Shown = keyof typeof SHOWN;

/** The columns of the file: which column of the table each fills, how its texts are read, and some of them beside what they became. */
export function ColumnsTable({ file, preview, choices }: { file: string; preview: ImportPreview; choices: FileChoices }) {
  const saySource = useImportRun((run) => run.saySource);
  const [shown, setShown] = useState<Shown>('all');
  const [search, setSearch] = useState('');
  const [pages, setPages] = useState(1);
  const { columns, fields, table } = preview;
  const wanted = search.trim().toLowerCase();
  const found = columns.filter(
    (column) =>
      SHOWN[shown].test(column) && (wanted === '' || `${column.header} ${column.column ?? ''}`.toLowerCase().includes(wanted)),
  );
  const taken = new Set(columns.flatMap(({ column }) => (column === null ? [] : [column])));
  // A table that is named keeps what is said of its columns from being taken for those of another.
  const say = (header: string, said: ColumnChoices) =>
    void saySource(file, { ...(table === null ? {} : { table }), columns: { [header]: said } });
  const said = (header: string) => choices.columns?.[header] ?? preview.remembered?.columns?.[header];
  const asked = new Set(preview.questions.map((question) => question.header));
  const missing = fields.filter((field) => field.required && !taken.has(field.name));
  return (
    <>
      {missing.length === 0 ? null : (
        <p className={styles.missing} role="note">
          {table} still needs {missing.map((field) => field.name).join(', ')}: choose below which column fills{' '}
          {missing.length === 1 ? 'it' : 'each'}.
        </p>
      )}
      {columns.length <= MANY ? null : (
        <div className={styles.tools}>
          <SegmentedControl
            size="xs"
            aria-label="Which columns are shown"
            value={shown}
            onChange={(value) => setShown(value as Shown)}
            data={Object.entries(SHOWN).map(([value, { label, test }]) => ({
              value,
              label: `${label} ${columns.filter(test).length}`,
            }))}
          />
          <TextInput
            size="xs"
            aria-label={`Find a column of ${fileName(file)}`}
            placeholder="Find a column"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className={styles.frame} tabIndex={0} aria-label={`Columns of ${fileName(file)}`}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Header</th>
              <th scope="col">Fills</th>
              <th scope="col">Read as</th>
              <th scope="col" className={styles.number}>
                Read
              </th>
              <th scope="col" className={styles.number}>
                Empty
              </th>
              <th scope="col" className={styles.number}>
                Not read
              </th>
              <th scope="col">As written → as understood</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, pages * PAGE).map((column) => (
              <ColumnRow
                key={column.header}
                column={column}
                fields={fields}
                taken={taken}
                said={said(column.header)}
                say={say}
                waiting={asked.has(column.header)}
              />
            ))}
          </tbody>
        </table>
      </section>
      {found.length === 0 ? <p className={styles.quiet}>No column is like that.</p> : null}
      {found.length > pages * PAGE ? (
        <Button size="compact-xs" variant="default" mt={8} onClick={() => setPages(pages + 1)}>
          Show {Math.min(PAGE, found.length - pages * PAGE)} more of {found.length} columns
        </Button>
      ) : null}
    </>
  );
}
