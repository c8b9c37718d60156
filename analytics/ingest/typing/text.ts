import type { ImportFinding } from '../../contract/import-report.ts';
import { literal } from '../../tables/identifier.ts';
import { counted, examples, finding } from '../finding.ts';
import { type CellSource, type ColumnPlan, plainestCell } from './cell.ts';
import { currencyNames } from './numbers.ts';

/** UTF-8 read as Windows-1252 or ISO-8859-1 and saved again: `Ã©` for é, `â€™` for ’. */
const MOJIBAKE = '[ÃÂ][\\x{80}-\\x{BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€';
const ROUNDED = '\\d(\\.\\d+)?[eE]\\+\\d{1,3}';
const ENDING_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

interface TextCounts {
  readonly floats: number;
  /** Ids behind an apostrophe, which keeps a spreadsheet from taking them for numbers. */
  readonly guarded: number;
  readonly short: number;
  readonly long: number;
  readonly shortExample: string | null;
  /** Ids written as spreadsheets show long numbers. */
  readonly rounded: number;
  readonly roundedExample: string | null;
  readonly damaged: number;
  readonly damagedExample: string | null;
}

const NO_COUNTS: TextCounts = {
  floats: 0,
  guarded: 0,
  short: 0,
  long: 0,
  shortExample: null,
  rounded: 0,
  roundedExample: null,
  damaged: 0,
  damagedExample: null,
};

/**
 * Reads a text column. Ids that a spreadsheet turned into numbers (`1001.0` in every row) get back their form, and Salesforce ids
 * of 15 characters their ending, where the source is Salesforce or the column has ids of both lengths.
 */
export async function planText(source: CellSource): Promise<ColumnPlan> {
  const { cell, rows, filled } = await plainestCell(source);
  const plan = {
    name: source.column.name,
    header: source.header,
    position: source.position,
    cell,
    unreadable: null,
    lacks: source.column.required && filled < rows,
    keepsText: false,
    currency: null,
  };
  if (filled === 0) return { ...plan, value: cell, findings: [] };
  if (source.column.name === 'currency') return { ...plan, ...(await currencyReading(source, cell)) };
  const isId = isIdColumn(source);
  const counts = await countsOf(source, cell, isId);
  const findings = [...damageFindings(source, counts), ...roundedFindings(source, counts)];
  if (isId && counts.floats === filled) {
    const message = `Every value of ${source.header} ends in .0, as spreadsheets write numbers; the ending was taken off.`;
    const found = finding('float-id', source.header, filled, { message });
    return {
      ...plan,
      value: `left(${cell}, length(${cell}) - 2)`,
      findings: [...findings, found],
      notes: [{ kind: 'text', text: 'without .0', changeable: false }],
    };
  }
  if (isId && counts.guarded === filled) {
    const message = `Every value of ${source.header} begins with an apostrophe, as spreadsheets keep ids from becoming numbers; it was taken off.`;
    const found = finding('guarded-id', source.header, filled, { message });
    return { ...plan, value: `substr(${cell}, 2)`, findings: [...findings, found] };
  }
  if (counts.short > 0 && (source.profile?.salesforceIds || counts.long > 0)) {
    const value = `CASE WHEN ${isShortId(cell)} THEN ${longId(cell)} ELSE ${cell} END`;
    return { ...plan, value, findings: [...findings, idFinding(source, counts)] };
  }
  return { ...plan, value: cell, findings };
}

/** True of a text that {@link planText} may not take as it stands, whether or not it has blanks around it, as SQL. */
export function needsTextRule(source: CellSource, text: string): string {
  if (source.column.name === 'currency') return `(length(${text}) <> 3 OR upper(${text}) <> ${text})`;
  return isIdColumn(source)
    ? `(suffix(${text}, '.0') OR prefix(${text}, '''') OR contains(${text}, '+') OR (${isShortId(text)}))`
    : 'false';
}

/** Currencies by their signs and names become their codes; codes become capitals. */
async function currencyReading(source: CellSource, cell: string): Promise<Pick<ColumnPlan, 'value' | 'findings'>> {
  const names = currencyNames(source.settings.currency);
  const texts = await source.sql.rows<{ text: string; count: number }>({
    text: `SELECT ${cell} AS text, count(*) AS count FROM ${source.relation} r WHERE lower(${cell}) IN (${Object.keys(names).map(literal).join(', ')})
      GROUP BY text ORDER BY count DESC, text`,
  });
  const cases = texts.map(({ text }) => `WHEN ${cell} = ${literal(text)} THEN ${literal(names[text.toLowerCase()] ?? text)}`);
  const code = `CASE WHEN regexp_full_match(${cell}, '[A-Za-z]{3}') THEN upper(${cell}) ELSE ${cell} END`;
  if (texts.length === 0) return { value: code, findings: [] };
  const count = texts.reduce((sum, each) => sum + each.count, 0);
  const shown = texts.slice(0, 3).map(({ text }) => `${examples([text])} as ${names[text.toLowerCase()]}`);
  const message = `${counted(count, 'cell')} of ${source.header} ${count === 1 ? 'names its currency' : 'name their currencies'} by a sign or in words: ${shown.join(', ')}.`;
  return {
    value: `CASE ${cases.join(' ')} ELSE ${code} END`,
    findings: [finding('currency-by-name', source.header, count, { message })],
  };
}

function isIdColumn({ column }: CellSource): boolean {
  return column.name.endsWith('_id') || column.name === 'is_duplicate_of' || column.name === 'amendment_of';
}

async function countsOf(source: CellSource, cell: string, isId: boolean): Promise<TextCounts> {
  const when = (condition: string) => (isId ? `count(*) FILTER (${condition})` : '0');
  const long = `strlen(${cell}) = 18 AND regexp_full_match(${cell}, '[0-9A-Za-z]{15}[A-Z0-5]{3}') AND ${longId(cell)} = ${cell}`;
  const damaged = `strlen(${cell}) <> length(${cell}) AND regexp_matches(${cell}, ${literal(MOJIBAKE)})`;
  const rounded = `contains(${cell}, '+') AND regexp_full_match(${cell}, '${ROUNDED}')`;
  const [counts] = await source.sql.rows<TextCounts>({
    text: `SELECT ${when(`suffix(${cell}, '.0') AND regexp_full_match(${cell}, '\\d+\\.0')`)} AS floats, ${when(`prefix(${cell}, '''') AND regexp_full_match(${cell}, '''\\d[\\d.,/-]*')`)} AS guarded, ${when(isShortId(cell))} AS short,
      ${when(long)} AS long, min(${cell}) FILTER (${isShortId(cell)}) AS "shortExample",
      ${when(rounded)} AS rounded, ${isId ? `min(${cell}) FILTER (${rounded})` : 'NULL'} AS "roundedExample", count(*) FILTER (${damaged}) AS damaged,
      min(${cell}) FILTER (${damaged}) AS "damagedExample" FROM ${source.relation} r`,
  });
  return counts ?? NO_COUNTS;
}

/** The form of a Salesforce id without its ending: letters and digits, a key prefix of digits and letters, not a mere number or word. */
function isShortId(cell: string): string {
  return `CASE WHEN strlen(${cell}) = 15 THEN regexp_full_match(${cell}, '[0-9a-zA-Z]{15}') AND regexp_matches(${cell}, '^(00|[0-9a][0-9A-Za-z]{2})[0-9A-Za-z]{2}0') ELSE false END`;
}

/** The id with the ending that tells which letters of each five are capitals (Salesforce Help, article 000385585). */
function longId(cell: string): string {
  const ending = [0, 5, 10].map((start) => {
    const bits = [0, 1, 2, 3, 4].map(
      (place) => `CASE WHEN substr(${cell}, ${start + place + 1}, 1) BETWEEN 'A' AND 'Z' THEN ${2 ** place} ELSE 0 END`,
    );
    return `substr('${ENDING_LETTERS}', 1 + ${bits.join(' + ')}, 1)`;
  });
  return `(left(${cell}, 15) || ${ending.join(' || ')})`;
}

function idFinding(source: CellSource, counts: TextCounts): ImportFinding {
  const message = `${counted(counts.short, 'id')} of ${source.header} had the 15 characters of a Salesforce report, for example ${examples([counts.shortExample ?? ''])}; they got the 3 that make them equal to ids of 18.`;
  return finding('short-salesforce-id', source.header, counts.short, { message });
}

function damageFindings(source: CellSource, counts: TextCounts): ImportFinding[] {
  if (counts.damaged === 0) return [];
  const message = `${counted(counts.damaged, 'value')} of ${source.header} look${counts.damaged === 1 ? 's' : ''} like letters that were read in the wrong encoding before, for example ${examples([counts.damagedExample ?? ''])}; nothing was changed.`;
  return [
    finding('mojibake', source.header, counts.damaged, {
      message,
      fix: 'Export the source again as UTF-8, without opening it in between.',
    }),
  ];
}

function roundedFindings(source: CellSource, { rounded, roundedExample }: TextCounts): ImportFinding[] {
  if (rounded === 0) return [];
  const message = `${counted(rounded, 'id')} of ${source.header} ${rounded === 1 ? 'is' : 'are'} written as spreadsheets show long numbers, for example ${examples([roundedExample ?? ''])}: the last digits are lost, and different records may have one id.`;
  const fix = 'Export the source again without opening it in a spreadsheet, or with the column as text.';
  return [finding('id-digits-lost', source.header, rounded, { message, fix })];
}
