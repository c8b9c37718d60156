import type { RowLedger } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';

/** What tells whether a file is the same as one before, read in the same way. */
export interface FileIdentity {
  /** Awaited only where a file of the same bytes may have come before. */
  readonly sha256: Promise<string>;
  /** How many lines the file has below its header: no import found more rows in it. */
  readonly lines: number;
  readonly table: string;
  readonly profile: string | null;
  readonly timeZone: string;
}

/** An import and what its rows come to now. */
export interface EarlierImport {
  readonly batch: number;
  readonly rows: RowLedger;
}

/**
 * The standing import that brought a file of the same bytes, read in the same way, and what its rows come to now. Null also where
 * an import before it was taken back since: rows that it found there may be gone.
 */
export async function earlierImport(sql: Sql, identity: FileIdentity): Promise<EarlierImport | null> {
  const { table, profile, timeZone: zone, lines } = identity;
  const [candidate] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM import_file WHERE table_name = $table AND profile IS NOT DISTINCT FROM $profile AND time_zone = $zone
        AND rows_read <= $lines) AS some`,
    params: { table, profile, zone, lines },
  });
  if (!candidate?.some) return null;
  const [found] = await sql.rows<{ batch: number; read: number; duplicate: number; rejected: number }>({
    text: `SELECT f.batch_id AS batch, f.rows_read AS read, f.duplicate, f.rejected FROM import_file f JOIN import_batch b USING (batch_id)
      WHERE b.undone_at IS NULL AND f.sha256 = $sha256 AND f.table_name = $table AND f.profile IS NOT DISTINCT FROM $profile AND f.time_zone = $zone
        AND NOT EXISTS (SELECT 1 FROM import_batch u JOIN import_file g USING (batch_id)
          WHERE u.batch_id < b.batch_id AND u.undone_at >= b.imported_at AND g.table_name = f.table_name)
      ORDER BY f.file_id DESC LIMIT 1`,
    params: { sha256: await identity.sha256, table, profile, zone },
  });
  if (!found) return null;
  const { batch, read, duplicate, rejected } = found;
  return { batch, rows: { read, inserted: 0, updated: 0, unchanged: read - duplicate - rejected, duplicate, rejected } };
}
