import type { DuckDBMaterializedResult } from '@duckdb/node-api';
import type { PlainValue } from '../contract/sql.ts';
import { valuesOf } from './vector-values.ts';

/** The rows of a result as plain objects keyed by column name. */
export async function resultRows(result: DuckDBMaterializedResult): Promise<Record<string, PlainValue>[]> {
  const chunks = await result.fetchAllChunks();
  const names = result.deduplicatedColumnNames();
  // Copies of one object have one hidden shape, which makes filling them several times as fast as making each from its fields.
  const blank: Record<string, PlainValue> = Object.fromEntries(names.map((name) => [name, null]));
  const rows: Record<string, PlainValue>[] = [];
  for (const chunk of chunks) {
    const first = rows.length;
    for (let row = chunk.rowCount; row > 0; row -= 1) rows.push({ ...blank });
    for (const [column, name] of names.entries()) {
      const values = valuesOf(chunk.getColumnVector(column));
      for (let row = 0; row < values.length; row += 1) {
        (rows[first + row] as Record<string, PlainValue>)[name] = values[row] as PlainValue;
      }
    }
  }
  return rows;
}
