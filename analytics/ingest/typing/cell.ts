import { foldWord } from '../../contract/file-choices.ts';
import type { ReadingNote } from '../../contract/import-preview.ts';
import type { ImportFinding } from '../../contract/import-report.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Sql } from '../../contract/sql.ts';
import type { ColumnDefinition, TableDefinition } from '../../tables/definition.ts';
import { literal } from '../../tables/identifier.ts';
import type { SourceProfile } from '../profiles/source-profile.ts';

/** One column of a file about to be typed: where its text is, and what else must be known to read it. */
export interface CellSource {
  readonly sql: Sql;
  readonly file: string;
  /** What yields the rows as text: `line`, `c0`, `c1`, … */
  readonly relation: string;
  readonly table: TableDefinition;
  readonly column: ColumnDefinition;
  readonly header: string;
  /** The header as choices call it. */
  readonly label: string;
  readonly position: number;
  readonly settings: Settings;
  readonly profile: SourceProfile | null;
}

/** How a column's text becomes its value: SQL over a row of text, made for what the column holds in this file. */
export interface ColumnPlan {
  readonly name: string;
  readonly header: string;
  readonly position: number;
  /** The text without surrounding blanks; null where it means no value. */
  readonly cell: string;
  /** The typed value; null where there is none or it cannot be read. */
  readonly value: string;
  /** A sentence, as SQL over {@link cell}, for a text that gives no value; null where every text gives one. */
  readonly unreadable: string | null;
  /** True where an empty cell occurs in a required column. */
  readonly lacks: boolean;
  /** True where the text of an unreadable cell is kept beside the row, which goes in without the value. */
  readonly keepsText: boolean;
  /** The currency code in the cell itself, as SQL; null where cells carry none. */
  readonly currency: string | null;
  /** True of a cell that says a day and no time, as SQL, in a column whose time follows another's; absent where none does. */
  readonly dayOnly?: string;
  /** True of a cell whose local time occurs twice, as SQL, and by how many seconds the second time is later; absent where none does. */
  readonly twice?: { readonly is: string; readonly later: number };
  readonly findings: readonly ImportFinding[];
  /** What was understood of how its texts are written. */
  readonly notes?: readonly ReadingNote[];
}

const BLANKS = ' \t\r\n\u00a0\u2007\u202f\u200b\ufeff';
const NULL_WORDS = [
  '-',
  '--',
  '?',
  'n/a',
  '#n/a',
  'na',
  'null',
  '(null)',
  'nan',
  'none',
  'nil',
  '(blank)',
  '0000-00-00',
  '0000-00-00 00:00:00',
];
/** Errors of spreadsheets say nothing of a name; in a column of numbers or times they are refused. */
const SHEET_ERRORS = ['#ref!', '#value!', '#div/0!', '#name?', '#num!', '#null!'];
const TEXT_NULL_WORDS = ['-', '--', '?', 'n/a', '#n/a', 'null', '(null)', 'nan', ...SHEET_ERRORS];
const SENTINEL = '9999-12-31';

/** The text of a column without surrounding blanks, non-breaking ones too; null where nothing is left. */
export function trimmed(position: number): string {
  return `nullif(trim(c${position}, ${literal(BLANKS)}), '')`;
}

/** The text of a cell, null where it is one of the words for no value. Ids and regions keep `NA` and `none`: they may be real. */
export function cellOf(source: CellSource): string {
  const text = trimmed(source.position);
  return `CASE WHEN ${meansNothing(source, text)} THEN NULL ELSE ${text} END`;
}

/** True of a text that is one of the words for no value in this column, as SQL; null where the text is. */
export function meansNothing(source: CellSource, text: string): string {
  const { nullWords = [], valueWords = [] } = ofColumn(source) ?? {};
  const kept = new Set([...(source.profile?.valueWords ?? []), ...valueWords].map(foldWord));
  const usual = source.column.type === 'text' ? TEXT_NULL_WORDS : NULL_WORDS;
  const isId = source.column.type === 'text' && source.column.required;
  const common = isId ? [] : [...usual, ...(source.profile?.nullWords ?? [])].map(foldWord);
  const words = [...new Set([...common.filter((word) => !kept.has(word)), ...nullWords.map(foldWord)])];
  if (words.length === 0) return 'false';
  const sentinels = [SENTINEL, ...(source.profile?.sentinels ?? [])].filter((day) => !kept.has(foldWord(day)));
  const listed = words.map(literal).join(', ');
  const longest = Math.max(...words.map((word) => Buffer.byteLength(word)));
  // A list, not IN: a long IN becomes a join, and rows that pass a join lose the order of their file. Most texts are longer than any word.
  return `CASE WHEN strlen(${text}) <= ${longest} THEN list_contains([${listed}], lower(${text})) ELSE false END${isMoment(source.column) ? sentinels.map((day) => ` OR starts_with(${text}, ${literal(day)})`).join('') : ''}`;
}

/** What is said of this very column. */
function ofColumn({ profile, table, column }: CellSource) {
  return profile?.tables[table.name]?.readAs[column.name];
}

/** True where words besides the usual ones mean no value in this column: a number may be one of them. */
export function hasOwnNullWords(source: CellSource): boolean {
  return (source.profile?.nullWords.length ?? 0) + (ofColumn(source)?.nullWords?.length ?? 0) > 0;
}

/** True of a text that is said to mean no value in this very column, whatever it means elsewhere. */
export function saidToMeanNothing(source: CellSource): (text: string) => boolean {
  const words = new Set((ofColumn(source)?.nullWords ?? []).map(foldWord));
  return (text) => words.has(foldWord(text));
}

/** True for columns of days and times. */
export function isMoment(column: ColumnDefinition): boolean {
  return column.type === 'timestamp' || column.type === 'date';
}

/** The cheapest expression for a column's cell: the bare column where no cell needs trimming and none is a word for no value. */
export async function plainestCell(source: CellSource): Promise<{ cell: string; rows: number; filled: number }> {
  const bare = `c${source.position}`;
  const full = cellOf(source);
  const [odd] = await source.sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${source.relation} r WHERE ${mayHaveBlanks(bare)} OR ${meansNothing(source, bare)}) AS some`,
  });
  const cell = odd?.some ? full : bare;
  const [row] = await source.sql.rows<{ total: number; filled: number }>({
    text: `SELECT count(*) AS total, count(${cell}) AS filled FROM ${source.relation} r`,
  });
  return { cell, rows: row?.total ?? 0, filled: row?.filled ?? 0 };
}

/** True of every text with blanks around it, and of few others: a test much cheaper than trimming. */
export function mayHaveBlanks(text: string): string {
  const ends = [' ', '\t', '\n', '\r'].map((blank) => `suffix(${text}, ${literal(blank)})`).join(' OR ');
  return `${text} < '!' OR ${ends} OR strlen(${text}) <> length(${text})`;
}

/** The text of a cell quoted in a sentence, as SQL. */
export function quoted(cell: string): string {
  return `'"' || left(${cell}, 80) || '"'`;
}
