import { headerLabel } from '../../contract/file-choices.ts';
import type { PreviewColumn, SampleRow, SampleValue } from '../../contract/import-preview.ts';
import type { Sql } from '../../contract/sql.ts';
import type { ColumnMatch } from '../matching/match-columns.ts';
import { UPDATE_COLUMN } from '../matching/told-columns.ts';
import type { Layout } from '../reading/dialect.ts';
import { type ColumnPlan, trimmed } from '../typing/cell.ts';
import type { ReadRows } from './portrait.ts';

const SAMPLE_ROWS = 6;
const LOOKED_AT = 60;
const SAMPLES = 3;
const LONGEST = 120;

interface Described {
  readonly columns: readonly PreviewColumn[];
  readonly sample: readonly SampleRow[];
}

/** The columns by what their header says alone, with texts of the first rows. */
export function rawColumns({ headers, firstRows }: Layout, match: ColumnMatch | null = null): Described {
  const filled = columnsByPosition(match);
  return {
    columns: headers.map((_, position) => ({
      header: headerLabel(headers, position),
      column: filled.get(position) ?? null,
      readAs: [],
      nullWords: [],
      counts: null,
      samples: distinct(firstRows.map(({ cells }) => ({ raw: cut(cells[position] ?? ''), understood: null }))),
      unreadable: null,
      made: false,
    })),
    sample: firstRows.slice(0, SAMPLE_ROWS).map(({ line, cells }) => ({
      line,
      cells: headers.map((_, position) => ({ raw: cut(cells[position] ?? ''), understood: null })),
    })),
  };
}

/** The columns with how they are read, how many of their cells can be, and texts beside what they were understood as. */
export async function describeColumns(
  sql: Sql,
  { match, relation, headers, plans, sampledOf, width }: ReadRows & { readonly match: ColumnMatch; readonly width: number },
): Promise<Described> {
  const filled = columnsByPosition(match);
  const byPosition = new Map(plans.map((each) => [each.position, each]));
  const rows = await firstRows(sql, relation, { width: headers.length, plans });
  const counts = await countsOf(sql, relation, { width: headers.length, plans: byPosition });
  return {
    columns: headers.map((_, position): PreviewColumn => {
      const plan = byPosition.get(position);
      const { filled: some = 0, unreadable = 0, words = null, example = null } = counts.columns[position] ?? {};
      const known = sampledOf === null && (plan !== undefined || !filled.has(position));
      const inAll = known ? { filled: some - unreadable, empty: counts.rows - some, unreadable } : null;
      return {
        header: headerLabel(headers, position),
        column: filled.get(position) ?? null,
        readAs: plan?.notes ?? [],
        nullWords: words ?? [],
        counts: inAll,
        samples: distinct(rows.map(({ cells }) => cells[position] ?? { raw: '', understood: null })),
        unreadable: example,
        made: position >= width,
      };
    }),
    sample: rows.slice(0, SAMPLE_ROWS),
  };
}

function columnsByPosition(match: ColumnMatch | null): ReadonlyMap<number, string> {
  const filled = new Map([...(match?.columns ?? [])].map(([column, position]) => [position, column]));
  if (match && match.updatedAt !== null) filled.set(match.updatedAt, UPDATE_COLUMN);
  return filled;
}

async function firstRows(
  sql: Sql,
  relation: string,
  { width, plans }: { readonly width: number; readonly plans: readonly ColumnPlan[] },
): Promise<SampleRow[]> {
  const cells = Array.from({ length: width }, (_, position) => `left(c${position}, ${LONGEST}) AS c${position}`);
  const values = plans.map((plan) => `${shown(plan)} AS v${plan.position}`);
  const rows = await sql.rows<Record<string, string | number | null>>({
    text: `SELECT line, ${[...cells, ...values].join(', ')} FROM (SELECT * FROM ${relation} ORDER BY line LIMIT ${LOOKED_AT}) r ORDER BY line`,
  });
  return rows.map((row) => ({
    line: Number(row.line),
    cells: Array.from({ length: width }, (_, position) => ({
      raw: String(row[`c${position}`] ?? ''),
      understood: row[`v${position}`] === undefined || row[`v${position}`] === null ? null : String(row[`v${position}`]),
    })),
  }));
}

/** The value as text for people: times say that they are UTC. */
function shown({ value }: ColumnPlan): string {
  return `CASE typeof(${value}) WHEN 'TIMESTAMP' THEN replace(strftime(CAST(CAST(${value} AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S UTC'), ':00 UTC', ' UTC')
    ELSE left(CAST(${value} AS VARCHAR), ${LONGEST}) END`;
}

interface CellCounts {
  readonly filled: number;
  readonly unreadable: number;
  readonly words: readonly string[] | null;
  readonly example: string | null;
}

/** Counts every column in one pass. Words for no value are few by their nature, so that a list of them stays short. */
async function countsOf(
  sql: Sql,
  relation: string,
  { width, plans }: { readonly width: number; readonly plans: ReadonlyMap<number, ColumnPlan> },
): Promise<{ readonly rows: number; readonly columns: readonly CellCounts[] }> {
  const parts = Array.from({ length: width }, (_, position) => {
    const plan = plans.get(position);
    const raw = trimmed(position);
    const cell = plan ? `(${plan.cell})` : raw;
    const bad = plan && plan.unreadable !== null ? `${cell} IS NOT NULL AND (${plan.value}) IS NULL` : null;
    const odd = plan && plan.cell !== `c${position}` ? `${cell} IS NULL AND ${raw} IS NOT NULL` : null;
    return `struct_pack(filled := count(${cell}), unreadable := ${bad === null ? '0' : `count(*) FILTER (${bad})`},
      words := ${odd === null ? 'NULL' : `list(DISTINCT ${raw}) FILTER (${odd})`},
      example := ${bad === null ? 'NULL' : `min(left(${raw}, ${LONGEST})) FILTER (${bad})`})`;
  });
  const [row] = await sql.rows<{ rows: number; columns: string }>({
    text: `SELECT count(*) AS rows, CAST(to_json([${parts.map((part) => `to_json(${part})`).join(', ')}]) AS VARCHAR) AS columns FROM ${relation} r`,
  });
  return { rows: row?.rows ?? 0, columns: JSON.parse(row?.columns ?? '[]') as CellCounts[] };
}

function distinct(values: readonly SampleValue[]): SampleValue[] {
  const found = new Map<string, SampleValue>();
  for (const value of values) if (value.raw.trim() !== '' && !found.has(value.raw)) found.set(value.raw, value);
  return [...found.values()].slice(0, SAMPLES);
}

function cut(text: string): string {
  return text.length > LONGEST ? text.slice(0, LONGEST) : text;
}
