import type { RejectedRow } from '../../analytics/contract/import-report.ts';
import styles from './review.module.css';

interface RejectPreviewProps {
  readonly name: string;
  readonly rejects: readonly RejectedRow[];
  /** How many rows would be rejected in all. */
  readonly rejected: number;
}

/** The first rows that would be rejected, with their reasons. They are all kept with the import, to be corrected. */
export function RejectPreview({ name, rejects, rejected }: RejectPreviewProps) {
  return (
    <>
      <ul className={styles.refusals} aria-label={`Rows of ${name} that would be rejected`}>
        {rejects.map(({ line, column, reason }) => (
          <li key={`${line} ${column ?? ''} ${reason}`}>
            Line {line.toLocaleString('en-US')}
            {column === null ? '' : `, ${column}`}: {reason}
          </li>
        ))}
      </ul>
      {rejected > rejects.length ? (
        <p className={styles.quiet}>
          The first {rejects.length} of {rejected.toLocaleString('en-US')}. The import keeps all of them, to be saved and
          corrected.
        </p>
      ) : null}
    </>
  );
}
