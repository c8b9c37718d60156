import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import styles from './sample-table.module.css';

/** Headers with the columns they fill, and rows of the file: as written above, as understood beneath. */
export function SampleTable({ name, preview: { mapping, sample } }: { name: string; preview: ImportPreview }) {
  if (mapping.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={styles.frame} tabIndex={0} aria-label={`Rows of ${name} as written and as understood`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            {mapping.map(({ header, column }, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two headers may be the same; their place tells them apart.
              <th key={position} scope="col" data-kept={column === null}>
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
              {cells.map(({ raw, understood }, position) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is told by its place.
                <td key={position} title={raw}>
                  <code>{raw}</code>
                  <b data-same={understood === raw}>{mapping[position]?.column == null ? '' : (understood ?? 'empty')}</b>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
