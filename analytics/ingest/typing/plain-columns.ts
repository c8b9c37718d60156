import type { Sql } from '../../contract/sql.ts';
import { identifier } from '../../tables/identifier.ts';
import { type CellSource, type ColumnPlan, hasOwnNullWords, isMoment, mayHaveBlanks, meansNothing } from './cell.ts';
import { isContact } from './contact-hash.ts';
import { earliestOf, LATEST } from './moments.ts';
import { needsTextRule } from './text.ts';

/** How a plainly written column is read: its value, and what is true of a cell that may need more, as SQL. Never null. */
interface PlainReading {
  readonly value: string;
  readonly odd: string;
  /** The same for a statement that may fail. */
  readonly exact: ExactReading;
}

/** A reading that fails where a cell is no value at all, so that only its form and its range need a test. */
export interface ExactReading {
  readonly value: string;
  /** What is true of a cell of another form, over the row of text. */
  readonly odd: string;
  /** What is true of a value that cannot be, over the stored column; null where that is tested with the form. */
  readonly beyond: string | null;
}

/** How a column of times is written throughout: in Z, in the same with its offset, or without a zone, with milliseconds or none. */
export type TimeForm = 'zulu' | 'offset' | 'naive' | 'naive-ms';

/** A text of one form and no other, by the signs whose places tell it from all others that the database reads as a time. */
const TIME_FORMS: Readonly<Record<TimeForm, (text: string) => string>> = {
  zulu: (text) => `strlen(${text}) >= 20 AND suffix(${text}, 'Z')`,
  offset: (text) => `strlen(${text}) >= 25 AND suffix(${text}, '+00:00')`,
  naive: (text) => `strlen(${text}) = 19 AND ${text}[17] = ':'`,
  'naive-ms': (text) => `strlen(${text}) = 23 AND ${text}[17] = ':' AND ${text}[20] = '.' AND ${text}[21] BETWEEN '0' AND '9'`,
};

/**
 * The reading of a column whose every cell says its value in one way only: text without blanks around it, digits, an ISO day,
 * a time of one form, which ends in Z unless another is named. Narrower than what the careful reading takes without a word, so that both give the same values;
 * null for columns of a closed list, whose spellings must be seen.
 */
export function plainReading(source: CellSource, form: TimeForm = 'zulu'): PlainReading | null {
  const { column } = source;
  const text = `c${source.position}`;
  if (column.type === 'category' || column.type === 'boolean') return null;
  const value = plainValueOf(source, text);
  const unless = (strange: string) =>
    column.required ? `(${text} IS NULL OR ${strange})` : `(${text} IS NOT NULL AND ${strange})`;
  const odd = unless(`coalesce(${strangeness(source, form, value)}, true)`);
  if (!isMoment(column)) return { value, odd, exact: { value, odd, beyond: null } };
  const exact = {
    value: value.replace('TRY_CAST', 'CAST'),
    odd: unless(`(${ownNothing(source, text)}NOT (${formOf(source, form)}))`),
    beyond: `NOT (${isPossible(source, identifier(column.name))})`,
  };
  return { value, odd, exact };
}

function plainValueOf({ column }: CellSource, text: string): string {
  if (column.type === 'integer') return `TRY_CAST(${text} AS BIGINT)`;
  if (column.type === 'decimal') return `TRY_CAST(${text} AS DOUBLE)`;
  if (column.type === 'timestamp') return `TRY_CAST(${text} AS TIMESTAMP)`;
  if (column.type === 'date') return `TRY_CAST(${text} AS DATE)`;
  return text;
}

function strangeness(source: CellSource, form: TimeForm, value: string): string {
  const { column } = source;
  const text = `c${source.position}`;
  const nothing = ownNothing(source, text);
  if (isMoment(column)) return `(${nothing}NOT (${formOf(source, form)} AND ${isPossible(source, value)}))`;
  if (column.type === 'text') {
    return `(${mayHaveBlanks(text)} OR ${meansNothing(source, text)} OR ${needsTextRule(source, text)} OR ${isContact(source, text)})`;
  }
  const [least, greatest] = column.range ?? [null, null];
  const range = [
    ...(least === null ? [] : [`${value} >= ${least}`]),
    ...(greatest === null ? [] : [`${value} <= ${greatest}`]),
  ].map((condition) => ` AND ${condition}`);
  // A point before three digits may stand between thousands: only the whole column can tell.
  const digits =
    column.type === 'integer'
      ? `strlen(${text}) <= 15 AND CAST(${value} AS VARCHAR) = ${text}`
      : `regexp_full_match(${text}, '-?(\\d{1,15}|\\d{1,15}\\.(\\d{1,2}|\\d{4,15})|0\\.\\d+|\\d{4,15}\\.\\d+)')`;
  return `(${nothing}NOT (${digits} AND ${value} IS NOT NULL${range.join('')}))`;
}

/** Tests the source's own words for no value, where it has any, before another condition. */
function ownNothing(source: CellSource, text: string): string {
  return hasOwnNullWords(source) ? `${meansNothing(source, text)} OR ` : '';
}

/** Whether a cell has the one form of a day or a time that is plain. */
function formOf({ column, position }: CellSource, form: TimeForm): string {
  const text = `c${position}`;
  return column.type === 'date' ? `strlen(${text}) = 10` : TIME_FORMS[form](text);
}

/** Whether a day or a time lies where it can. */
function isPossible(source: CellSource, value: string): string {
  const type = source.column.type === 'date' ? 'DATE' : 'TIMESTAMP';
  return `${value} >= ${type} '${earliestOf(source)}' AND ${value} < ${type} '${LATEST}'`;
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
