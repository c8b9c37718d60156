import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import { literal } from '../../tables/identifier.ts';
import { counted, finding } from '../finding.ts';
import type { Layout } from './dialect.ts';

/**
 * Cells in quotation marks that may have swallowed whole rows: one mark too many at the end of a row and another some rows on make
 * of all between them one cell, with line breaks and with just as many delimiters as those rows have.
 */
export async function swallowedRows(sql: Sql, relation: string, { dialect, headers }: Layout): Promise<ImportFinding[]> {
  const between = headers.length - 1;
  if (between < 2 || dialect.quote === '') return [];
  const countOf = (sign: string, cell: string) =>
    `((length(${cell}) - length(replace(${cell}, ${sign}, ''))) // length(${sign}))`;
  const found = headers.map((_, position) => {
    const cell = `c${position}`;
    return `(contains(${cell}, chr(10)) AND ${countOf(literal(dialect.delimiter), cell)} = ${between} * ${countOf('chr(10)', cell)})`;
  });
  const [row] = await sql.rows<{ count: number; first: number | null }>({
    text: `SELECT count(*) AS count, min(line) AS first FROM ${relation} r WHERE list_contains([${found.join(', ')}], true)`,
  });
  if (!row || row.count === 0) return [];
  const message = `${counted(row.count, 'row')}, the first on line ${row.first}, ${row.count === 1 ? 'has a cell that looks' : 'have cells that look'} like several rows: a quotation mark may be opened in one row and closed in another, so that the rows between stand in one cell.`;
  return [
    finding('swallowed-rows', null, row.count, {
      message,
      fix: 'Look at these lines, and correct their quotation marks in the file or in the source.',
    }),
  ];
}
