import { literal } from '../../tables/identifier.ts';
import { openDatabase } from '../../warehouse/index.ts';

/** Writes a Parquet file as CSV, timestamps in ISO form, by a database of its own that keeps nothing. */
export async function parquetToCsv(source: string, target: string): Promise<void> {
  const database = await openDatabase(':memory:', { memoryLimit: '1GB', threads: 2 });
  try {
    const sql = await database.connect();
    await sql.run({
      text: `COPY (SELECT * FROM read_parquet([${literal(source)}])) TO ${literal(target)}
        (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%g', DATEFORMAT '%Y-%m-%d')`,
    });
  } finally {
    database.close();
  }
}
