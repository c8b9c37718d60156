import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import styles from './sample-table.module.css';

/** Columns drawn side by side: more are read in the table of columns. */
const MOST_COLUMNS = 60;

/** Headers with the columns they fill, and rows of the file: as written above, as understood beneath. */
export function SampleTable({ name, preview: { columns, sample } }: { name: string; preview: ImportPreview }) {
  const shown = columns.slice(0, MOST_COLUMNS);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className={styles.frame} tabIndex={0} aria-label={`Rows of ${name} as written and as understood`}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              {shown.map(({ header, column }) => (
                <th key={header} scope="col" data-kept={column === null} title={header}>
                  <span>{header}</span>
                  <b>{column === null ? 'kept beside' : `→ ${column}`}</b>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.map(({ line, cells }) => (
              <tr key={line}>
                <td>{line.toLocaleString('en-US')}</td>
                {shown.map(({ header, column }, position) => {
                  const { raw = '', understood = null } = cells[position] ?? {};
                  return (
                    <td key={header} title={raw}>
                      <code>{raw}</code>
                      <b data-same={understood === raw}>
                        {column === null ? '' : (understood ?? (raw.trim() === '' ? 'empty' : '–'))}
                      </b>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {columns.length > MOST_COLUMNS ? (
        <p className={styles.rest}>
          The first {MOST_COLUMNS} of {columns.length} columns.
        </p>
      ) : null}
    </>
  );
}
