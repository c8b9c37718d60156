import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import { within } from '../../tables/long-table.ts';
import type { TypedFile } from '../typing/typed-rows.ts';
import { WINNERS } from './repeated-keys.ts';

interface Span {
  readonly least: string | null;
  readonly most: string | null;
}

/**
 * What is true, as SQL over a stored row, of every row whose key the file may hold: where the key has a day or time that no row
 * lacks, that it lies between the file's first and last. Null where no stored row is such, so that every row of the file is new.
 */
export async function sharedSpan(sql: Sql, table: TableDefinition, typed: TypedFile): Promise<string | null> {
  const column = table.columns.find(
    (each) =>
      each.required &&
      (each.type === 'timestamp' || each.type === 'date') &&
      table.key.includes(each.name) &&
      typed.columns.includes(each.name),
  );
  let where = 'true';
  if (column) {
    const name = identifier(column.name);
    const [span] = await sql.rows<Span>({
      text: `SELECT CAST(min(${name}) AS VARCHAR) AS least, CAST(max(${name}) AS VARCHAR) AS most FROM ${WINNERS}`,
    });
    if (span?.least == null || span.most == null) where = 'true';
    else {
      const type = column.type === 'date' ? 'DATE' : 'TIMESTAMP';
      const ends = [`${type} ${literal(span.least)}`, `${type} ${literal(span.most)}`] as const;
      where = within(table, column.name, ends);
    }
  }
  const [held] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${identifier(table.name)} WHERE ${where}) AS some`,
  });
  return held?.some ? where : null;
}
