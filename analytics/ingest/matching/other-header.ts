import { WeirError } from '../../contract/errors.ts';
import type { Sql } from '../../contract/sql.ts';
import { literal } from '../../tables/identifier.ts';
import { TABLES } from '../../tables/index.ts';
import type { SourceProfile } from '../profiles/source-profile.ts';
import { recognised } from './choose-table.ts';
import { foldHeader } from './fold-header.ts';

const LOOKED_AT = 50;
/** A row is another header where at least this share of its cells are names of columns. */
const MOST = 0.6;

/**
 * Refuses a file in which the header of another export stands among the rows: those below it have other columns, or the same in
 * another order, and would be read as what they are not. The file's own header again is no other.
 */
export async function refuseOtherHeader(
  sql: Sql,
  relation: string,
  about: {
    readonly file: string;
    readonly headers: readonly string[];
    readonly width: number;
    readonly profile: SourceProfile | null;
  },
): Promise<void> {
  const { file, width, profile } = about;
  const headers = about.headers.slice(0, width);
  const own = headers.map(foldHeader);
  const named = Object.values(profile?.tables ?? {}).flatMap((table) => Object.values(table.columns).flat());
  const names = TABLES.flatMap((table) => table.columns.flatMap(({ name, aliases }) => [name, ...aliases]));
  const first = [...new Set([...headers, ...named, ...names].map((name) => name.trim().toLowerCase()))];
  const cells = headers.map((_, position) => `coalesce(trim(c${position}), '')`);
  const rows = await sql.rows<{ line: number; cells: string }>({
    text: `SELECT line, CAST(to_json([${cells.join(', ')}]) AS VARCHAR) AS cells FROM ${relation} r
      WHERE lower(trim(c0, ' \ufeff')) IN (${first.map(literal).join(', ')}) ORDER BY line LIMIT ${LOOKED_AT}`,
  });
  for (const row of rows) {
    const texts = JSON.parse(row.cells) as string[];
    const folded = texts.map(foldHeader);
    if (folded.every((text, position) => text === own[position])) continue;
    const filled = new Set(folded.filter((text) => text !== ''));
    const known = Math.max(recognised(texts, profile), folded.filter((text) => text !== '' && own.includes(text)).length);
    if (filled.size < 2 || known < 2 || known < texts.length * MOST || folded.some((text) => /^\d+$/.test(text))) continue;
    const reason = `another header stands on line ${row.line} (${texts.join(', ')}), and the rows below it have other columns than those above. Split the file there and import each part.`;
    throw new WeirError('file-unreadable', { file, reason });
  }
}
