import type { ErrorCode } from '../../contract/errors.ts';
import type { RowLedger } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import type { WatchedFile, WatchOutcome } from '../../contract/watch.ts';
import type { FileIdentity } from './candidates.ts';

/** What is remembered of a file: what became of it in which state. */
export interface Remembered extends WatchedFile, FileIdentity {
  readonly code: ErrorCode | null;
}

interface FileRow extends FileIdentity {
  readonly file: string;
  readonly outcome: WatchOutcome;
  readonly at: string;
  readonly batch: number | null;
  readonly name: string | null;
  readonly ledger: string | null;
  readonly message: string | null;
  readonly code: ErrorCode | null;
}

/** What became of every file of watched folders, the latest last. */
export async function rememberedFiles(sql: Sql): Promise<readonly Remembered[]> {
  const rows = await sql.rows<FileRow>({
    text: `SELECT path AS file, bytes, changed_at AS "changedAt", outcome, seen_at AS "at", batch_id AS batch, table_name AS name, ledger, message, code
      FROM watched_file ORDER BY seen_at, path`,
  });
  return rows.map(({ name, ledger, ...row }) => ({
    ...row,
    table: name,
    rows: ledger === null ? null : (JSON.parse(ledger) as RowLedger),
  }));
}

/** Remembers what became of a file, in place of what was remembered of it. */
export async function remember(sql: Sql, file: Remembered): Promise<void> {
  await sql.transaction(async () => {
    await forget(sql, file.file);
    await sql.run({
      text: `INSERT INTO watched_file VALUES ($file, $bytes, $changedAt, $outcome, CAST($at AS TIMESTAMP), $batch, $table, $ledger, $message, $code)`,
      params: {
        file: file.file,
        bytes: file.bytes,
        changedAt: file.changedAt,
        outcome: file.outcome,
        at: file.at,
        batch: file.batch,
        table: file.table,
        ledger: file.rows === null ? null : JSON.stringify(file.rows),
        message: file.message,
        code: file.code,
      },
    });
  });
}

/** Forgets a file, so that it is tried again as it lies there. */
export async function forget(sql: Sql, file: string): Promise<void> {
  await sql.run({ text: 'DELETE FROM watched_file WHERE path = $file', params: { file } });
}
