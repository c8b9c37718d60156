import { WeirError } from '../../contract/errors.ts';
import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import { ANY_OTHER } from '../../tables/definition.ts';
import { literal } from '../../tables/identifier.ts';
import { counted, examples, finding } from '../finding.ts';
import { foldHeader } from '../matching/fold-header.ts';
import type { ColumnMatch } from '../matching/match-columns.ts';
import { type CellSource, cellOf, isMoment } from './cell.ts';
import { planChoice } from './choices.ts';
import { columnSources, type TypingRequest } from './typed-rows.ts';

/** How far a record is, where a column called State might be a part of the country. */
const STATES = [
  ...[
    'new',
    'open',
    'opened',
    'reopened',
    'draft',
    'active',
    'inactive',
    'pending',
    'on hold',
    'hold',
    'assigned',
    'in progress',
  ],
  ...[
    'work in progress',
    'scheduled',
    'resolved',
    'solved',
    'closed',
    'closed complete',
    'closed incomplete',
    'complete',
    'completed',
  ],
  ...[
    'done',
    'cancelled',
    'canceled',
    'won',
    'lost',
    'qualified',
    'unqualified',
    'contacted',
    'converted',
    'working',
    'rejected',
  ],
];

interface Foreign {
  readonly source: CellSource;
  readonly count: number;
}

/**
 * The match without the columns whose content cannot be theirs: a header such as `Resolved` over yes and no, which only another
 * spelling of a name led to a column of times. Their cells are kept beside the row. Refuses the table, unless it was `told`, where
 * a column that it requires is led to in this way and no cell is a value of it.
 */
export async function withoutForeign(
  sql: Sql,
  request: TypingRequest,
  { told }: { readonly told: boolean },
): Promise<{ readonly match: ColumnMatch; readonly findings: readonly ImportFinding[] }> {
  const suspects: { source: CellSource; foreign: string }[] = [];
  for (const source of columnSources(sql, request).all) {
    const foreign = isNamed(source) ? null : await foreignCell(source);
    if (foreign !== null) suspects.push({ source, foreign });
  }
  if (suspects.length === 0) return { match: request.match, findings: [] };
  const found: Foreign[] = [];
  for (const { source, foreign } of suspects) {
    const isRegion = source.column.name === 'region';
    // One cell of its own is enough, and most columns begin with one.
    if (!isRegion && (await someRow(source, `NOT (${foreign})`))) continue;
    const [row] = await sql.rows<{ foreign: number; own: number }>({
      text: `SELECT count(*) FILTER (${foreign}) AS foreign, count(*) FILTER (NOT (${foreign})) AS own FROM ${request.relation} r`,
    });
    if (row && row.foreign > row.own) found.push({ source, count: row.foreign });
  }
  const { table } = request.match;
  const required = found.find(({ source }) => source.column.required)?.source.column.name;
  if (required && !told) throw new WeirError('file-no-table', { file: request.file, table: table.name, columns: required });
  const dropped = found.filter(({ source }) => !source.column.required);
  const findings: ImportFinding[] = [];
  for (const each of dropped) findings.push(await foreignFinding(each));
  return { match: without(request.match, dropped), findings };
}

async function someRow({ sql, relation }: CellSource, condition: string): Promise<boolean> {
  const [row] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${relation} r WHERE ${condition}) AS some`,
  });
  return row?.some ?? false;
}

/** True of a header that says the column's own name, or that the source's profile names for it. */
function isNamed({ column, header, profile, table }: CellSource): boolean {
  const named = [column.name, ...(profile?.tables[table.name]?.columns[column.name] ?? [])];
  return named.some((name) => foldHeader(name) === foldHeader(header));
}

/** True of a cell that the column cannot hold, as SQL that is null where it is empty; null for columns that hold any text. */
async function foreignCell(source: CellSource): Promise<string | null> {
  const { column, header } = source;
  if (column.name === 'region' && foldHeader(header) === 'state')
    return `lower(${cellOf(source)}) IN (${STATES.map(literal).join(', ')})`;
  if (isMoment(column) || column.type === 'integer' || column.type === 'decimal')
    return `NOT regexp_matches(${cellOf(source)}, '\\d')`;
  const listed =
    column.type === 'category' &&
    column.required &&
    !Object.values(column.members ?? {}).some((each) => each.includes(ANY_OTHER));
  if (!listed) return null;
  const { cell, value } = await planChoice(source);
  return `CASE WHEN (${cell}) IS NOT NULL THEN (${value}) IS NULL END`;
}

function without(match: ColumnMatch, dropped: readonly Foreign[]): ColumnMatch {
  if (dropped.length === 0) return match;
  const names = new Set(dropped.map(({ source }) => source.column.name));
  return {
    ...match,
    columns: new Map([...match.columns].filter(([name]) => !names.has(name))),
    updatedAt: names.has('updated_at_src') ? null : match.updatedAt,
    unknown: [...match.unknown, ...dropped.map(({ source }) => source.position)].sort((a, b) => a - b),
  };
}

async function foreignFinding({ source, count }: Foreign): Promise<ImportFinding> {
  const { sql, header, column, relation } = source;
  const texts = await sql.rows<{ text: string }>({
    text: `SELECT ${cellOf(source)} AS text FROM ${relation} r WHERE ${cellOf(source)} IS NOT NULL GROUP BY text ORDER BY count(*) DESC, text LIMIT 3`,
  });
  const message = `${header} may name ${column.name}, but ${counted(count, 'cell')}, for example ${examples(texts.map((each) => each.text))}, ${count === 1 ? 'is' : 'are'} none; the column is kept beside each row.`;
  return finding('foreign-column', header, count, {
    message,
    fix: `Rename the column to ${column.name} where it is one all the same.`,
  });
}
