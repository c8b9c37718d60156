import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier } from '../../tables/identifier.ts';
import { counted, examples, finding } from '../finding.ts';

/** Rows of an imported file that name a value stream which the workspace does not have: they count in no metric. */
export async function streamFindings(
  sql: Sql,
  table: TableDefinition,
  { fileId, streams }: { readonly fileId: number; readonly streams: readonly string[] },
): Promise<ImportFinding[]> {
  if (!table.columns.some((column) => column.name === 'stream_id')) return [];
  const found = await sql.rows<{ stream: string; count: number }>({
    text: `SELECT stream_id AS stream, count(*) AS count FROM ${identifier(table.name)}
      WHERE file_id = $fileId AND stream_id IS NOT NULL AND NOT list_contains($streams, stream_id) GROUP BY stream ORDER BY count DESC, stream`,
    params: { fileId, streams: [...streams] },
  });
  if (found.length === 0) return [];
  const count = found.reduce((sum, each) => sum + each.count, 0);
  const shown = examples(found.slice(0, 3).map((each) => each.stream));
  const message = `${counted(count, 'row')} of ${table.title.toLowerCase()} ${count === 1 ? 'names a value stream' : 'name value streams'} that this workspace does not have, for example ${shown}; ${count === 1 ? 'it counts' : 'they count'} in no metric.`;
  const fix = `Write ${streams.join(' or ')} in the source, or bring the document of the stream into the workspace.`;
  return [finding('stream-unknown', 'stream_id', count, { message, fix })];
}
