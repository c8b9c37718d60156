import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier } from '../../tables/identifier.ts';
import { TABLES } from '../../tables/index.ts';
import { examples, finding } from '../finding.ts';

/** Columns by which metrics are split and tables are read together: two spellings of one name make two groups of one. */
const NAMES = ['product', 'region', 'channel'];
const LISTED = 5;

/** Names of an imported file that the workspace also has in another spelling, `GTXPro` beside `GTX Pro`: a finding a column. */
export async function spellingFindings(sql: Sql, table: TableDefinition, fileId: number): Promise<ImportFinding[]> {
  const found: ImportFinding[] = [];
  for (const column of NAMES.filter((name) => has(table, name))) {
    const rivals = await sql.rows<{ names: string }>({
      text: `WITH spelt AS (${TABLES.filter((each) => has(each, column))
        .map(
          (each) => `SELECT ${identifier(column)} AS name FROM ${identifier(each.name)} WHERE ${identifier(column)} IS NOT NULL`,
        )
        .join(' UNION ')}),
        own AS (SELECT DISTINCT ${folded(identifier(column))} AS fold FROM ${identifier(table.name)} WHERE file_id = $fileId)
        SELECT CAST(to_json(list(name ORDER BY name)) AS VARCHAR) AS names FROM spelt WHERE ${folded('name')} IN (SELECT fold FROM own)
        GROUP BY ${folded('name')} HAVING count(*) > 1 ORDER BY names`,
      params: { fileId },
    });
    if (rivals.length === 0) continue;
    const pairs = rivals
      .slice(0, LISTED)
      .map((each) => examples(JSON.parse(each.names) as string[]).replaceAll('", "', '" and "'));
    const more = rivals.length > LISTED ? `; and ${rivals.length - LISTED} more` : '';
    const message = `${rivals.length === 1 ? 'One name' : `${rivals.length} names`} of ${column} occur${rivals.length === 1 ? 's' : ''} in several spellings: ${pairs.join('; ')}${more}. They count as different; nothing was changed.`;
    found.push(finding('spelt-two-ways', column, rivals.length, { message, fix: 'Write each name in one way in its source.' }));
  }
  return found;
}

function has(table: TableDefinition, column: string): boolean {
  return table.columns.some((each) => each.name === column && each.type === 'text');
}

/** A name without what spellings differ in: case, spaces and punctuation. */
function folded(name: string): string {
  return `lower(regexp_replace(${name}, '[^\\pL\\pN]', '', 'g'))`;
}
