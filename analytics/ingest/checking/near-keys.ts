import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier } from '../../tables/identifier.ts';
import { counted, examples, finding } from '../finding.ts';

const LISTED = 3;
/** Where a table holds so many times the rows of a file, it is asked for these alone. */
const FEW = 4;

/** A key without what programs lose or change on the way: capitals, and zeros at its beginning. To look for those takes ten times as long as to see that there are none. */
export function nearKey(key: string): string {
  return `CASE WHEN prefix(${key}, '0') THEN ltrim(lower(${key}), '0') ELSE lower(${key}) END`;
}

/** Keys of an imported file that are nearly those of other rows of its table: one record may stand there twice. */
export async function nearKeyFindings(sql: Sql, table: TableDefinition, fileId: number): Promise<ImportFinding[]> {
  const [name, more] = table.key;
  if (name === undefined || more !== undefined || table.long) return [];
  const key = identifier(name);
  const from = identifier(table.name);
  const own = `FROM ${from} WHERE file_id = ${Math.trunc(fileId)}`;
  const [held] = await sql.rows<{ few: boolean }>({
    text: `SELECT ${FEW} * (SELECT count(*) ${own}) < (SELECT count(*) FROM ${from}) AS few`,
  });
  if (!held?.few && !(await mayBeNear(sql, from, key))) return [];
  const beside = held?.few ? `WHERE ${nearKey(key)} IN (SELECT ${nearKey(key)} ${own})` : '';
  const pairs = await sql.rows<{ one: string; other: string; n: number }>({
    text: `SELECT min(${key}) AS one, max(${key}) AS other, count(*) OVER () AS n FROM ${from} ${beside}
      GROUP BY ${nearKey(key)} HAVING count(*) > 1 AND bool_or(file_id = $fileId) ORDER BY one LIMIT ${LISTED}`,
    params: { fileId },
  });
  const [first] = pairs;
  if (!first) return [];
  const shown = pairs.map(({ one, other }) => examples([one, other]).replace('", "', '" and "')).join('; ');
  const message = `${counted(first.n, 'key')} of ${table.title.toLowerCase()} ${first.n === 1 ? 'occurs' : 'occur'} in several spellings, which differ only in capitals or in zeros at the beginning: ${shown}. They count as different records.`;
  const fix = 'Where they are the same, undo this import, write the keys in one way in the source and import it again.';
  return [finding('near-key', name, first.n, { message, fix })];
}

/** Whether any keys of a table are nearly the same. Hashes that all differ are proof enough, and far less work than groups of texts. */
async function mayBeNear(sql: Sql, from: string, key: string): Promise<boolean> {
  const [may] = await sql.rows<{ zeros: boolean; small: boolean; large: boolean }>({
    text: `SELECT bool_or(prefix(${key}, '0')) AS zeros, bool_or(${key} <> upper(${key})) AS small, bool_or(${key} <> lower(${key})) AS large
      FROM ${from}`,
  });
  if (!may?.zeros && !(may?.small && may.large)) return false;
  const [spread] = await sql.rows<{ alike: boolean }>({
    text: `SELECT count(DISTINCT hash(${nearKey(key)})) < count(*) AS alike FROM ${from}`,
  });
  return spread?.alike ?? true;
}
