import type { Sql } from '../../contract/sql.ts';
import { literal } from '../../tables/identifier.ts';
import { MALFORMED } from '../reading/stage.ts';
import { TYPED, type TypedFile } from '../typing/typed-rows.ts';

export interface RejectRequest {
  readonly batch: number;
  readonly fileId: number;
  readonly relation: string;
  readonly width: number;
  readonly delimiter: string;
  readonly typed: TypedFile;
}

/** Notes down every row that cannot be taken, with its line, column, reason and text; gives how many there are. */
export async function rejectRows(sql: Sql, request: RejectRequest): Promise<number> {
  const { batch, fileId, typed } = request;
  const malformed = await sql.run({
    text: `INSERT INTO reject_row SELECT $batch, $fileId, line, NULL, reason, text FROM ${MALFORMED}`,
    params: { batch, fileId },
  });
  if (typed.troubles.length === 0) return malformed;
  const [troubled] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${TYPED} WHERE trouble IS NOT NULL) AS some`,
  });
  if (!troubled?.some) return malformed;
  const column = typed.troubles.map(
    (each, index) => `WHEN ${index + 1} THEN ${each.header === null ? 'NULL' : literal(each.header)}`,
  );
  const reason = typed.troubles.map((each, index) => `WHEN ${index + 1} THEN ${each.reason}`);
  const unfit = await sql.run({
    text: `INSERT INTO reject_row SELECT $batch, $fileId, r.line, CASE t.trouble ${column.join(' ')} END, CASE t.trouble ${reason.join(' ')} END, ${rowText(request)}
      FROM ${TYPED} t JOIN ${request.relation} r ON r.line = t.line WHERE t.trouble IS NOT NULL`,
    params: { batch, fileId },
  });
  return malformed + unfit;
}

/** The cells of a row as they would be written in its file, in quotation marks where they need them. */
function rowText({ width, delimiter }: RejectRequest): string {
  const cell = (name: string) =>
    `CASE WHEN ${name} IS NULL THEN '' WHEN contains(${name}, ${literal(delimiter)}) OR contains(${name}, '"') OR contains(${name}, chr(10)) OR contains(${name}, chr(13))
      THEN '"' || replace(${name}, '"', '""') || '"' ELSE ${name} END`;
  return `concat(${Array.from({ length: width }, (_, index) => cell(`r.c${index}`)).join(`, ${literal(delimiter)}, `)})`;
}
