import type { RowLedger } from '../../analytics/contract/import-report.ts';
import styles from './dry-run-ledger.module.css';
import { LEDGER_COLUMNS } from './ledger.ts';

/** What would become of the rows, as the sum that it is. */
export function DryRunLedger({ name, rows, waiting }: { name: string; rows: RowLedger; waiting: boolean }) {
  return (
    <dl className={styles.ledger} aria-label={`What would become of the rows of ${name}`} data-waiting={waiting}>
      {LEDGER_COLUMNS.map(([column, label], index) => (
        <div
          key={column}
          className={styles.part}
          data-part={column}
          data-none={rows[column] === 0}
          data-sign={index === 1 ? '=' : '+'}
        >
          <dt>{label}</dt>
          <dd>{rows[column].toLocaleString('en-US')}</dd>
        </div>
      ))}
    </dl>
  );
}
