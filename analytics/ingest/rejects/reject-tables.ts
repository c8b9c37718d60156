import { REJECT_COLUMNS, type RejectTable } from '../../contract/reject-table.ts';
import type { Sql } from '../../contract/sql.ts';
import { batchStanding } from '../batches.ts';
import { RecordReader } from '../reading/records.ts';

interface StoredReject {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  readonly text: string;
  readonly dialect: string;
}

interface StoredDialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly headers?: readonly string[];
}

/**
 * The rows that could not be taken, of one import or of all that stand, cut into cells under the header of their file: a table for
 * each header. What their import counts as no data (empty rows, totals, repeated headers) is among them. Rejects with `batch-unknown`.
 */
export async function rejectTables(sql: Sql, batch: number | null = null): Promise<RejectTable[]> {
  if (batch !== null) await batchStanding(sql, batch);
  const rejects = await sql.rows<StoredReject & Record<string, never>>({
    text: `SELECT f.path AS file, r.line, r.reason, r.text, f.dialect FROM reject_row r JOIN import_file f ON f.file_id = r.file_id
      JOIN import_batch b ON b.batch_id = r.batch_id
      WHERE CASE WHEN $batch IS NULL THEN b.undone_at IS NULL ELSE r.batch_id = CAST($batch AS INTEGER) END ORDER BY r.batch_id, r.file_id, r.line`,
    params: { batch },
  });
  const tables = new Map<string, { headers: readonly string[]; rows: string[][]; files: Set<string> }>();
  for (const reject of rejects) {
    const dialect = JSON.parse(reject.dialect) as StoredDialect;
    const headers = dialect.headers ?? [];
    const table = tables.get(JSON.stringify(headers)) ?? { headers, rows: [], files: new Set() };
    table.rows.push(rowOf(reject, dialect, headers.length));
    table.files.add(reject.file);
    tables.set(JSON.stringify(headers), table);
  }
  return [...tables.values()].map(({ headers, rows, files }) => ({
    headers: [...headers, ...REJECT_COLUMNS],
    rows,
    files: [...files],
  }));
}

/** As many cells as the header has, what is left over, and where and why; a text that cannot be cut is left over as a whole. */
function rowOf(reject: StoredReject, { delimiter, quote }: StoredDialect, width: number): string[] {
  // Weir writes down rows with double quotes; a row that it could not cut stands as it was in its file.
  const cut = (marks: string) => [...new RecordReader({ delimiter, quote: marks }, null).read(reject.text, true)][0];
  const written = cut('"');
  const record = written?.cells?.length === width ? written : cut(quote);
  const cells = record?.cells ?? [];
  const rest = record?.cells ? cells.slice(width).join(delimiter) : reject.text;
  return [
    ...Array.from({ length: width }, (_, index) => cells[index] ?? ''),
    rest,
    reject.file,
    String(reject.line),
    reject.reason,
  ];
}
