import type { Sql } from '../../contract/sql.ts';
import { type CellSource, type ColumnPlan, hasOwnNullWords, isMoment, mayHaveBlanks, meansNothing } from './cell.ts';
import { isContact } from './contact-hash.ts';
import { earliestOf, LATEST } from './moments.ts';
import { needsTextRule } from './text.ts';

/** How a plainly written column is read: its value, and what is true of a cell that may need more, as SQL. Never null. */
interface PlainReading {
  readonly value: string;
  readonly odd: string;
  /** The same where the value is at hand as a column of the name given. */
  oddBeside(value: string): string;
}

/**
 * The reading of a column whose every cell says its value in one way only: text without blanks around it, digits, an ISO day,
 * a time that ends in Z. Narrower than what the careful reading takes without a word, so that both give the same values;
 * null for columns of a closed list, whose spellings must be seen.
 */
export function plainReading(source: CellSource): PlainReading | null {
  const { column } = source;
  const text = `c${source.position}`;
  if (column.type === 'category' || column.type === 'boolean') return null;
  const value = plainValueOf(source, text);
  const oddBeside = (known: string) => {
    const strange = strangeness(source, text, known);
    return column.required
      ? `(${text} IS NULL OR coalesce(${strange}, true))`
      : `(${text} IS NOT NULL AND coalesce(${strange}, true))`;
  };
  return { value, odd: oddBeside(value), oddBeside };
}

function plainValueOf({ column }: CellSource, text: string): string {
  if (column.type === 'integer') return `TRY_CAST(${text} AS BIGINT)`;
  if (column.type === 'decimal') return `TRY_CAST(${text} AS DOUBLE)`;
  if (column.type === 'timestamp') return `TRY_CAST(${text} AS TIMESTAMP)`;
  if (column.type === 'date') return `TRY_CAST(${text} AS DATE)`;
  return text;
}

function strangeness(source: CellSource, text: string, value: string): string {
  const { column } = source;
  const nothing = hasOwnNullWords(source) ? `${meansNothing(source, text)} OR ` : '';
  if (isMoment(column)) {
    const form = column.type === 'date' ? `strlen(${text}) = 10` : `strlen(${text}) >= 20 AND suffix(${text}, 'Z')`;
    const type = column.type === 'date' ? 'DATE' : 'TIMESTAMP';
    return `(${nothing}NOT (${form} AND ${value} >= ${type} '${earliestOf(source)}' AND ${value} < ${type} '${LATEST}'))`;
  }
  if (column.type === 'text') {
    return `(${mayHaveBlanks(text)} OR ${meansNothing(source, text)} OR ${needsTextRule(source, text)} OR ${isContact(source, text)})`;
  }
  const [least, greatest] = column.range ?? [null, null];
  const range = [
    ...(least === null ? [] : [`${value} >= ${least}`]),
    ...(greatest === null ? [] : [`${value} <= ${greatest}`]),
  ].map((condition) => ` AND ${condition}`);
  // A point before three digits may stand between thousands: only the whole column can tell.
  const form =
    column.type === 'integer'
      ? `strlen(${text}) <= 15 AND CAST(${value} AS VARCHAR) = ${text}`
      : `regexp_full_match(${text}, '-?(\\d{1,15}|\\d{1,15}\\.(\\d{1,2}|\\d{4,15})|0\\.\\d+|\\d{4,15}\\.\\d+)')`;
  return `(${nothing}NOT (${form} AND ${value} IS NOT NULL${range.join('')}))`;
}

/** The plans, by position, of those columns that are written plainly in every row of the relation: one pass for all of them. */
export async function plainPlans(
  sql: Sql,
  relation: string,
  sources: readonly CellSource[],
): Promise<ReadonlyMap<number, ColumnPlan>> {
  const readings = sources.flatMap((source) => {
    const reading = plainReading(source);
    return reading ? [{ source, reading }] : [];
  });
  if (readings.length === 0) return new Map();
  const [row] = await sql.rows<Record<string, number>>({
    text: `SELECT ${readings.map(({ reading }, index) => `count(*) FILTER (${reading.odd}) AS odd${index}`).join(', ')} FROM ${relation} r`,
  });
  const plain = readings.filter((_, index) => row?.[`odd${index}`] === 0);
  return new Map(plain.map(({ source, reading }) => [source.position, plainPlan(source, reading.value)]));
}

/** The plan of a column of which every cell is read as `value`. */
export function plainPlan(source: CellSource, value: string): ColumnPlan {
  return {
    name: source.column.name,
    header: source.header,
    position: source.position,
    cell: `c${source.position}`,
    value,
    unreadable: null,
    lacks: false,
    keepsText: false,
    currency: null,
    findings: [],
    notes: isMoment(source.column) ? [{ kind: 'form', text: 'ISO 8601', changeable: false }] : [],
  };
}
