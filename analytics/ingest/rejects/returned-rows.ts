import { REJECT_COLUMNS } from '../../contract/reject-table.ts';
import type { Sql } from '../../contract/sql.ts';

const RETURNED = 'ingest_returned';

/** True of a list of rejected rows that comes back corrected: cells that begin a formula were written with an apostrophe before them. */
export function isReturned(headers: readonly string[]): boolean {
  const named = new Set(headers.map((header) => header.trim().toLowerCase()));
  return REJECT_COLUMNS.slice(1).every((column) => named.has(column));
}

/** The headers of the file that rejected rows came from: a list of them that comes back is of the same source. */
export function sourceHeaders(headers: readonly string[]): readonly string[] {
  if (!isReturned(headers)) return headers;
  const added: readonly string[] = REJECT_COLUMNS;
  return headers.filter((header) => !added.includes(header.trim().toLowerCase()));
}

/** The rows of `relation` without the apostrophes that the export put before formulas. */
export async function withoutApostrophes(sql: Sql, relation: string, width: number): Promise<string> {
  const cells = Array.from(
    { length: width },
    (_, index) =>
      `CASE WHEN regexp_matches(c${index}, '^''+[=+@\\t\\r\\n＝＋－＠-]') THEN substr(c${index}, 2) ELSE c${index} END AS c${index}`,
  );
  await sql.run({ text: `CREATE OR REPLACE TEMP TABLE ${RETURNED} AS SELECT line, ${cells.join(', ')} FROM ${relation} r` });
  return RETURNED;
}
