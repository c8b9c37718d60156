import { WeirError } from '../contract/errors.ts';
import type { BatchSummary, RejectedRow } from '../contract/import-report.ts';
import type { Sql } from '../contract/sql.ts';

interface FileRow {
  readonly batch: number;
  readonly file: string;
  readonly table: string;
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** Every import of the workspace, undone ones too, the oldest first, with the ledger of each file. */
export async function listBatches(sql: Sql): Promise<BatchSummary[]> {
  const batches = await sql.rows<{ batch: number; importedAt: string; undoneAt: string | null }>({
    text: 'SELECT batch_id AS batch, imported_at AS "importedAt", undone_at AS "undoneAt" FROM import_batch ORDER BY batch_id',
  });
  const files = await sql.rows<FileRow>({
    text: `SELECT batch_id AS batch, path AS file, table_name AS "table", rows_read AS read, inserted, updated, unchanged, duplicate, rejected
      FROM import_file ORDER BY file_id`,
  });
  return batches.map((each) => ({
    ...each,
    files: files
      .filter((file) => file.batch === each.batch)
      .map(({ file, table, read, inserted, updated, unchanged, duplicate, rejected }) => ({
        file,
        table,
        rows: { read, inserted, updated, unchanged, duplicate, rejected },
      })),
  }));
}

/** The rows that could not be taken, of one import or of all, by import, file and line. Rejects with `batch-unknown`. */
export async function listRejects(sql: Sql, batch: number | null = null): Promise<RejectedRow[]> {
  if (batch !== null) await batchStanding(sql, batch);
  return sql.rows<RejectedRow & Record<string, never>>({
    text: `SELECT r.batch_id AS batch, f.path AS file, r.line, r.column_name AS "column", r.reason, r.text
      FROM reject_row r JOIN import_file f ON f.file_id = r.file_id
      WHERE $batch IS NULL OR r.batch_id = CAST($batch AS INTEGER) ORDER BY r.batch_id, r.file_id, r.line`,
    params: { batch },
  });
}

/** Whether the import still stands: false where it is undone. Rejects with `batch-unknown`. */
export async function batchStanding(sql: Sql, batch: number): Promise<boolean> {
  const [row] = await sql.rows<{ undone: boolean }>({
    text: 'SELECT undone_at IS NOT NULL AS undone FROM import_batch WHERE batch_id = $batch',
    params: { batch },
  });
  if (!row) throw new WeirError('batch-unknown', { batch });
  return !row.undone;
}
