import { REJECT_COLUMNS } from '../../contract/reject-table.ts';
import type { Sql } from '../../contract/sql.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import type { ColumnMatch } from '../matching/match-columns.ts';
import { MALFORMED } from '../reading/stage.ts';
import { isReturned } from '../rejects/returned-rows.ts';
import { TYPED, type TypedFile } from '../typing/typed-rows.ts';

export interface UnusableRequest {
  readonly batch: number;
  readonly fileId: number;
  readonly relation: string;
  readonly headers: readonly string[];
  readonly match: ColumnMatch;
  readonly typed: TypedFile;
}

/**
 * Keeps of every rejected row that stands for a record what could be read of it, so that it can be said how far it could have
 * moved a metric: its key, its readable values, and the times that are written but cannot be read. Of a row that could not be
 * cut into cells nothing is known. Repeated headers, totals, rows deleted in their source and the like stand for no record.
 */
export async function keepUnusable(sql: Sql, request: UnusableRequest): Promise<void> {
  const { batch, fileId, match, typed } = request;
  const { table } = match;
  const params = { batch, fileId, table: table.name };
  await sql.run({
    text: `INSERT INTO unusable_row SELECT $batch, $fileId, line, $table, NULL, NULL, [] FROM ${MALFORMED}`,
    params,
  });
  await noteReturned(sql, request);
  const unfit = typed.troubles.flatMap((trouble, index) => (trouble.noRecord ? [] : [index + 1]));
  if (unfit.length === 0) return;
  const values = typed.columns.map((name) => `${identifier(name)} := t.${identifier(name)}`);
  const lacking = table.key
    .filter((name) => typed.columns.includes(name) && table.columns.find((column) => column.name === name)?.required)
    .map((name) => `t.${identifier(name)} IS NULL`);
  await sql.run({
    text: `INSERT INTO unusable_row SELECT $batch, $fileId, t.line, $table, ${lacking.length > 0 ? `CASE WHEN ${lacking.join(' OR ')} THEN NULL ELSE t.source_key END` : 't.source_key'},
      CAST(to_json(struct_pack(${values.join(', ')})) AS VARCHAR), ${unreadableTimes(request)}
      FROM ${TYPED} t JOIN ${request.relation} r ON r.line = t.line WHERE t.trouble IN (${unfit.join(', ')})`,
    params,
  });
}

/** Forgets what {@link keepUnusable} kept of an import that is taken back. */
export async function forgetUnusable(sql: Sql, batch: number): Promise<void> {
  for (const table of ['unusable_row', 'returned_row']) {
    await sql.run({ text: `DELETE FROM ${table} WHERE batch_id = $batch`, params: { batch } });
  }
}

/** The columns of times in which the row has a text, but no time: a list, as SQL over the typed row `t` and the row of text `r`. */
function unreadableTimes({ match, typed, headers }: UnusableRequest): string {
  const times = match.table.columns.filter(
    ({ name, type }) => (type === 'timestamp' || type === 'date') && typed.columns.includes(name),
  );
  const names = times.flatMap(({ name }) => {
    const position = match.columns.get(name);
    if (position === undefined || position >= headers.length) return [];
    return [`CASE WHEN t.${identifier(name)} IS NULL AND trim(coalesce(r.c${position}, '')) <> '' THEN ${literal(name)} END`];
  });
  return `list_filter(CAST([${names.join(', ')}] AS VARCHAR[]), lambda name: name IS NOT NULL)`;
}

/** Rows of a list of rejected rows come back stand, right or wrong again, for those of their first file. */
async function noteReturned(sql: Sql, { batch, headers, relation }: UnusableRequest): Promise<void> {
  if (!isReturned(headers)) return;
  const cell = (column: string) => `c${headers.findIndex((header) => header.trim().toLowerCase() === column)}`;
  await sql.run({
    text: `INSERT INTO returned_row SELECT $batch, ${cell(REJECT_COLUMNS[1])}, TRY_CAST(${cell(REJECT_COLUMNS[2])} AS BIGINT) FROM ${relation} r`,
    params: { batch },
  });
}
