import { literal } from '../../tables/identifier.ts';
import { openDatabase } from '../../warehouse/index.ts';
import { LineMap } from './line-map.ts';

const HEEDED_EVERY_MS = 50;
const BREAKS = '\r\n|\n|\r';

/**
 * Writes a Parquet file as CSV, timestamps in ISO form, by a database of its own that keeps nothing. Gives which of its rows each
 * row is, from 1. `heed` is called over and over, and may throw to stop it.
 */
export async function parquetToCsv(source: string, target: string, heed?: () => void): Promise<LineMap> {
  const database = await openDatabase(':memory:', { memoryLimit: '1GB', threads: 2 });
  const stop = new AbortController();
  const heeding = setInterval(() => {
    try {
      heed?.();
    } catch (thrown) {
      stop.abort(thrown);
    }
  }, HEEDED_EVERY_MS);
  try {
    const sql = (await database.connect()).until(stop.signal);
    const rows = `read_parquet([${literal(source)}])`;
    const columns = await sql.rows<{ column_name: string }>({ text: `DESCRIBE FROM ${rows}` });
    const names = columns.map((column) => column.column_name);
    await sql.run({
      text: `COPY (SELECT * FROM ${rows}) TO ${literal(target)}
        (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%g', DATEFORMAT '%Y-%m-%d')`,
    });
    const broken = await sql.rows<{ row: number; breaks: number }>({
      text: `SELECT * FROM (SELECT row_number() OVER () AS row, len(regexp_extract_all(concat_ws(' ', *COLUMNS(*)), ${literal(BREAKS)})) AS breaks
        FROM ${rows}) WHERE breaks > 0 ORDER BY row`,
    });
    return rowsOf(names, broken);
  } catch (thrown) {
    throw stop.signal.aborted ? stop.signal.reason : thrown;
  } finally {
    clearInterval(heeding);
    database.close();
  }
}

/** Which row each line of the copy is, where cells of some rows hold line breaks. */
function rowsOf(names: readonly string[], broken: readonly { readonly row: number; readonly breaks: number }[]): LineMap {
  const lines = new LineMap();
  let extra = names.join(' ').match(new RegExp(BREAKS, 'g'))?.length ?? 0;
  lines.note(2 + extra, 1);
  for (const { row, breaks } of broken) {
    extra += breaks;
    lines.note(row + 2 + extra, row + 1);
  }
  return lines;
}
