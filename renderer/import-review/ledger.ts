import type { RowLedger } from '../../analytics/contract/import-report.ts';

export { fileName } from '../frame/file-name.ts';

export const LEDGER_COLUMNS = [
  ['read', 'Read'],
  ['inserted', 'Inserted'],
  ['updated', 'Updated'],
  ['unchanged', 'Unchanged'],
  ['duplicate', 'Duplicate'],
  ['rejected', 'Rejected'],
] as const satisfies readonly (readonly [keyof RowLedger, string])[];

/** What is missing for a ledger to balance: 0 where read = inserted + updated + unchanged + duplicate + rejected. */
export function imbalance(rows: RowLedger): number {
  return rows.read - rows.inserted - rows.updated - rows.unchanged - rows.duplicate - rows.rejected;
}

/** The ledgers of several files as one. */
export function sumLedgers(ledgers: readonly RowLedger[]): RowLedger {
  const sum = { read: 0, inserted: 0, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 };
  for (const ledger of ledgers) for (const [column] of LEDGER_COLUMNS) sum[column] += ledger[column];
  return sum;
}
