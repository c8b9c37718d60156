import type { DuckDBMaterializedResult } from '@duckdb/node-api';
import type { Columns } from '../contract/sql.ts';
import { putNumbers, valuesOf } from './vector-values.ts';

/** The columns of a result. */
export async function resultColumns(result: DuckDBMaterializedResult): Promise<Columns> {
  const chunks = await result.fetchAllChunks();
  const names = result.deduplicatedColumnNames();
  const rowCount = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const vectorsOf = (name: string) => {
    const place = names.indexOf(name);
    if (place < 0) throw new Error(`No column ${name}`);
    return chunks.map((chunk) => chunk.getColumnVector(place));
  };
  return {
    rowCount,
    numbers(name) {
      const numbers = new Float64Array(rowCount);
      let first = 0;
      for (const vector of vectorsOf(name)) {
        putNumbers(vector, numbers, first);
        first += vector.itemCount;
      }
      return numbers;
    },
    texts: (name) => vectorsOf(name).flatMap((vector) => valuesOf(vector) as (string | null)[]),
  };
}
