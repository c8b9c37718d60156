import { WeirError } from '../../contract/errors.ts';
import type { ReadingNote } from '../../contract/import-preview.ts';
import type { ImportFinding } from '../../contract/import-report.ts';
import { literal } from '../../tables/identifier.ts';
import { counted, examples, finding } from '../finding.ts';
import { askDecimalMark } from '../understanding/open-questions.ts';
import { numberNotes } from '../understanding/reading-notes.ts';
import { type CellSource, type ColumnPlan, plainestCell, quoted } from './cell.ts';
import { durationReading } from './durations.ts';

const SYMBOLS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₽': 'RUB',
  '₩': 'KRW',
  zł: 'PLN',
};
const DOLLARS = ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN'];
/** Currencies written as letters with a sign behind them; they go before the sign alone. */
const LETTERED: Readonly<Record<string, string>> = {
  US$: 'USD',
  CA$: 'CAD',
  C$: 'CAD',
  A$: 'AUD',
  NZ$: 'NZD',
  HK$: 'HKD',
  R$: 'BRL',
  SFr: 'CHF',
  Fr: 'CHF',
  Kč: 'CZK',
};
const NAMES: Readonly<Record<string, string>> = {
  euro: 'EUR',
  euros: 'EUR',
  'us dollar': 'USD',
  'u.s. dollar': 'USD',
  'pound sterling': 'GBP',
  'british pound': 'GBP',
  'swiss franc': 'CHF',
  'canadian dollar': 'CAD',
  'australian dollar': 'AUD',
  'swedish krona': 'SEK',
  'norwegian krone': 'NOK',
  'danish krone': 'DKK',
  'indian rupee': 'INR',
  'japanese yen': 'JPY',
};
const MARKS = `(${[...Object.keys(LETTERED).map((mark) => (mark.endsWith('$') ? mark.replace('$', '\\$') : `${mark}\\.?`)), '\\$', ...Object.keys(SYMBOLS)].join('|')})`;
const SPACES = `[ \u00a0\u2009\u202f'’]`;

/** What currencies are called besides their codes, in small letters; a mere dollar is that of the workspace. */
export function currencyNames(own: string): Readonly<Record<string, string>> {
  const signs = Object.entries({ ...SYMBOLS, ...LETTERED }).map(([sign, code]) => [sign.toLowerCase(), code]);
  return { ...NAMES, ...Object.fromEntries(signs), $: DOLLARS.includes(own) ? own : 'USD' };
}

/** Reads a column of numbers; decimal and thousands marks are decided over the whole column. */
export async function planNumber(source: CellSource): Promise<ColumnPlan> {
  const { cell, rows, filled } = await plainestCell(source);
  const whole = source.column.type === 'integer';
  const [counts] = await source.sql.rows<{ plain: number; dotted: number; grouped: number }>({
    text: `SELECT count(*) FILTER (regexp_full_match(${cell}, '-?\\d{1,15}${whole ? '' : '(\\.\\d+)?'}')) AS plain, count(*) FILTER (contains(${cell}, '.')) AS dotted,
      count(*) FILTER (regexp_full_match(${cell}, '-?[1-9]\\d{0,2}\\.\\d{3}')) AS grouped FROM ${source.relation} r`,
  });
  const { plain, dotted, grouped } = counts ?? { plain: 0, dotted: 0, grouped: 0 };
  const clean = plain === filled && (dotted === 0 || grouped < dotted);
  const reading: NumberReading = clean
    ? { number: cell, currency: null, findings: [], notes: [] }
    : await irregularOrSpan(source, cell);
  const parsed = whole && clean ? `TRY_CAST(${cell} AS BIGINT)` : `TRY_CAST(${reading.number} AS DOUBLE)`;
  const value =
    whole && !clean
      ? `CASE WHEN ${parsed} = round(${parsed}) AND abs(${parsed}) < 9e15 THEN CAST(${parsed} AS BIGINT) END`
      : parsed;
  const finite = whole ? value : clean ? value : `CASE WHEN isfinite(${value}) THEN ${value} END`;
  const ranged = await withinRange(source, finite);
  const word = whole ? 'whole number' : 'number';
  const sentence = `${quoted(cell)} || ${literal(` is no ${word} that can be read.`)}`;
  return {
    name: source.column.name,
    header: source.header,
    position: source.position,
    cell,
    value: ranged === null ? finite : `CASE WHEN ${ranged} THEN ${finite} END`,
    unreadable:
      clean && ranged === null
        ? null
        : ranged === null
          ? sentence
          : `CASE WHEN ${finite} IS NULL THEN ${sentence} ELSE ${quoted(cell)} || ${literal(` lies outside ${rangeWords(source)}.`)} END`,
    lacks: source.column.required && filled < rows,
    keepsText: false,
    currency: reading.currency,
    findings: reading.findings,
    notes: reading.notes,
  };
}

interface NumberReading {
  readonly number: string;
  readonly currency: string | null;
  readonly findings: ImportFinding[];
  readonly notes: readonly ReadingNote[];
}

/** Durations become numbers of the column's unit; in a column with them, other cells must be plain numbers. */
async function irregularOrSpan(source: CellSource, cell: string): Promise<NumberReading> {
  const spans = await durationReading(source, cell);
  if (!spans) return irregular(source, cell);
  const notes: ReadingNote[] = [{ kind: 'unit', text: `clock times, as ${source.column.unit}`, changeable: false }];
  return { number: spans.text, currency: null, findings: [...spans.findings], notes };
}

/** The text without the unit of its column behind it: `22 kW`, `12 months`. */
function withoutUnit({ column }: CellSource, cell: string): string {
  const unit = column.unit ?? '';
  if (unit === '' || unit.startsWith('currency')) return cell;
  return `regexp_replace(${cell}, '(?i)(\\d) ?(?:${unit}|${unit.replace(/s$/, '')})$', '\\1')`;
}

interface Irregularities {
  readonly percent: number;
  /** Numbers without a percent sign, and one of them. */
  readonly bare: number;
  readonly bareExample: string | null;
  readonly money: number;
  readonly negative: number;
}

const NOTHING_ODD: Irregularities = { percent: 0, bare: 0, bareExample: null, money: 0, negative: 0 };

async function irregular(source: CellSource, cell: string): Promise<NumberReading> {
  const code = `CASE WHEN regexp_matches(${cell}, '[0-9]') THEN ${currencyCode(source, cell)} END`;
  const signed = `regexp_replace(${withoutUnit(source, cell)}, '^[−–]', '-')`;
  const bare = `regexp_replace(regexp_replace(regexp_replace(${signed}, '^([-(]?)\\s*(?:[A-Z]{3}\\b|${MARKS})\\s*', '\\1'), '\\s*(?:[A-Z]{3}|${MARKS})(\\)?-?)$', '\\2'), '${SPACES.replaceAll("'", "''")}|%$', '', 'g')`;
  const whole = `regexp_replace(${bare}, '[.,][-–—]+$', '')`;
  const unsigned = `regexp_replace(${whole}, '^\\((.*)\\)$|^(.*[0-9.,])-$', '-\\1\\2')`;
  const [odd] = await source.sql.rows<Irregularities>({
    text: `SELECT count(*) FILTER (suffix(${cell}, '%')) AS percent, count(*) FILTER (NOT suffix(${cell}, '%')) AS bare,
      min(${cell}) FILTER (NOT suffix(${cell}, '%')) AS "bareExample", count(${code}) AS money,
      count(*) FILTER (regexp_full_match(${cell}, '.*\\(.*\\)|.*[0-9]-')) AS negative FROM ${source.relation} r`,
  });
  const { mark, because, open } = await decimalMark(source, unsigned);
  const marks = await markFindings(source, unsigned, mark);
  const other = mark === '.' ? ',' : '.';
  const digits = `replace(replace(${unsigned}, '${other}', ''), '${mark}', '.')`;
  const wellFormed =
    mark === '.'
      ? '[-+]?(\\d+|\\d{1,3}(,\\d{3})+|\\d{1,2}(,\\d{2})+,\\d{3})(\\.\\d*)?([eE][-+]?\\d+)?|[-+]?\\.\\d+'
      : '[-+]?(\\d+|\\d{1,3}(\\.\\d{3})+)(,\\d*)?|[-+]?,\\d+';
  return {
    number: `(CASE WHEN regexp_full_match(${unsigned}, '${wellFormed}') THEN ${digits} END)`,
    currency: odd && odd.money > 0 ? code : null,
    findings: [
      ...irregularFindings(source, odd ?? NOTHING_ODD),
      ...marks,
      ...(because === null ? [] : [finding('mark-remembered', source.header, 1, { message: `${source.header}: ${because}` })]),
    ],
    notes: numberNotes({ ...(odd ?? NOTHING_ODD), mark, open, shown: open || marks.length > 0 }),
  };
}

function irregularFindings(source: CellSource, odd: Irregularities): ImportFinding[] {
  const found: ImportFinding[] = [];
  const say = (code: string, count: number, message: string) => {
    if (count > 0) found.push(finding(code, source.header, count, { message }));
  };
  if (odd.percent > 0 && odd.bare > 0) {
    const message = `${counted(odd.percent, 'value')} of ${source.header} had a percent sign and ${odd.bare} had none, for example ${examples([odd.bareExample ?? ''])}; each was taken as the number that stands there, so that 0.85 is not 85 %.`;
    const fix = 'Where they are of two scales, write them in one in the source and import the file again.';
    found.push(finding('percent-mixed', source.header, odd.percent + odd.bare, { message, fix }));
  } else {
    say(
      'percent',
      odd.percent,
      `${counted(odd.percent, 'value')} of ${source.header} had a percent sign; the number before it was taken as it stands.`,
    );
  }
  say(
    'currency-in-cell',
    odd.money,
    `${counted(odd.money, 'amount')} of ${source.header} carried a currency; it was kept where the row names none.`,
  );
  say(
    'bracketed-negative',
    odd.negative,
    `${counted(odd.negative, 'value')} of ${source.header} in brackets or with a minus at the end were read as negative.`,
  );
  return found;
}

async function markFindings(source: CellSource, number: string, mark: '.' | ','): Promise<ImportFinding[]> {
  const [row] = await source.sql.rows<{ count: number; example: string | null }>({
    text: `SELECT count(*) AS count, min(${number}) AS example FROM ${source.relation} r WHERE contains(${number}, ',') OR ${mark === ','} AND contains(${number}, '.')`,
  });
  if (!row || row.count === 0) return [];
  const names = mark === ',' ? 'a decimal comma and points between thousands' : 'a decimal point and commas between thousands';
  const message = `${counted(row.count, 'value')} of ${source.header} ${row.count === 1 ? 'was' : 'were'} read with ${names}, for example ${examples([row.example ?? ''])}.`;
  return [finding('number-form', source.header, row.count, { message })];
}

function currencyCode(source: CellSource, cell: string): string {
  const dollar = DOLLARS.includes(source.settings.currency) ? source.settings.currency : 'USD';
  const lettered = Object.entries(LETTERED).map(
    ([mark, code]) => `WHEN regexp_matches(${cell}, '(^|[^A-Za-z])${mark.replace('$', '\\$')}') THEN '${code}'`,
  );
  const symbols = Object.entries({ ...SYMBOLS, $: dollar }).map(
    ([symbol, code]) => `WHEN contains(${cell}, '${symbol}') THEN '${code}'`,
  );
  return `CASE ${[...lettered, ...symbols].join(' ')} ELSE nullif(regexp_extract(${cell}, '(?:^[-(]?\\s*|[0-9.,)]\\s*)([A-Z]{3})(?:\\b|$)', 1), '') END`;
}

interface DecidedMark {
  readonly mark: '.' | ',';
  /** A sentence where another file of the source settled it. */
  readonly because: string | null;
  /** True where the values leave it open. */
  readonly open: boolean;
}

interface MarkCounts {
  readonly points: number;
  readonly commas: number;
  readonly open: number;
  readonly ungrouped: number;
  readonly long: number;
  readonly point_example: string | null;
  readonly comma_example: string | null;
  readonly open_example: string | null;
}

/**
 * The decimal mark that the whole column settles. `1.234` or `1,234` alone could be either: what settles it is a value with both
 * marks, with a group that is not of three digits, with several groups, or with a leading zero. Refuses what nothing settles.
 */
async function decimalMark(source: CellSource, number: string): Promise<DecidedMark> {
  const is = (pattern: string) => `regexp_full_match(n, '[-+]?(${pattern})')`;
  const point = is(
    '\\d{1,3}(,\\d{3})+\\.\\d*|\\d*\\.(\\d{1,2}|\\d{4,})|0\\.\\d+|\\d{4,}\\.\\d+|\\d{1,3}(,\\d{3}){2,}|\\d+(\\.\\d+)?[eE][-+]?\\d+',
  );
  const comma = is('\\d{1,3}(\\.\\d{3})+,\\d*|\\d*,(\\d{1,2}|\\d{4,})|0,\\d+|\\d{4,},\\d+|\\d{1,3}(\\.\\d{3}){2,}');
  const open = is('[1-9]\\d{0,2}[.,]\\d{3}');
  const numbers = `SELECT ${number} AS n FROM ${source.relation} r`;
  const [counts] = await source.sql.rows<MarkCounts>({
    text: `SELECT count(*) FILTER (${point}) AS points, count(*) FILTER (${comma}) AS commas, count(*) FILTER (${open}) AS open, count(*) FILTER (${is('\\d{1,3}')}) AS ungrouped, count(*) FILTER (${is('\\d{4,}')}) AS long,
      min(n) FILTER (${point}) AS point_example, min(n) FILTER (${comma}) AS comma_example, min(n) FILTER (${open}) AS open_example
      FROM (${numbers})`,
  });
  if (!counts) return { mark: '.', because: null, open: false };
  if (counts.points > 0 && counts.commas > 0) {
    throw new WeirError('column-mixed', {
      file: source.file,
      column: source.header,
      what: `numbers with a decimal point, as ${examples([counts.point_example ?? ''])}, with numbers with a decimal comma, as ${examples([counts.comma_example ?? ''])}`,
    });
  }
  const question = { table: source.table.name, header: source.header, kind: 'decimal mark' };
  if (counts.points > 0 || counts.commas > 0) {
    const point = counts.points > 0;
    const example = (point ? counts.point_example : counts.comma_example) ?? '';
    const choice = point ? 'a decimal point' : 'a decimal comma';
    await source.profile?.decisions?.settle(question, { choice, example, file: source.file });
    return { mark: point ? '.' : ',', because: null, open: false };
  }
  if (counts.open === 0) return { mark: '.', because: null, open: false };
  const told = source.profile?.decimalMark;
  if (told) {
    const choice = told === '.' ? 'a decimal point' : 'a decimal comma';
    await source.profile?.decisions?.remember(question, { choice, example: counts.open_example ?? '', file: source.file });
    return { mark: told, because: null, open: true };
  }
  const mark = counts.open_example?.includes(',') ? ',' : '.';
  // Thousands that stand without a mark say that the mark is not for thousands.
  if (counts.long > 0 && source.column.type === 'decimal') return { mark, because: null, open: true };
  // Amounts have two decimals or none, and whole numbers none: a mark before three digits groups thousands.
  const money = source.column.unit?.startsWith('currency') ?? false;
  if (source.column.type === 'integer' || (money && counts.ungrouped > 0))
    return { mark: mark === ',' ? '.' : ',', because: null, open: true };
  const before = await source.profile?.decisions?.find(question);
  if (before) {
    const because = `nothing in it settles the decimal mark; ${before.file} of the same source has ${examples([before.example])}, with ${before.choice}.`;
    return { mark: before.choice === 'a decimal point' ? '.' : ',', because, open: true };
  }
  throw await askDecimalMark(source, numbers, open);
}

/** The condition that keeps a value within the column's range; null where none leaves it. */
async function withinRange(source: CellSource, value: string): Promise<string | null> {
  const [least, greatest] = source.column.range ?? [null, null];
  const conditions = [
    ...(least === null ? [] : [`${value} >= ${least}`]),
    ...(greatest === null ? [] : [`${value} <= ${greatest}`]),
  ];
  if (conditions.length === 0) return null;
  const condition = conditions.join(' AND ');
  const [row] = await source.sql.rows<{ outside: number }>({
    text: `SELECT count(*) FILTER (NOT (${condition})) AS outside FROM ${source.relation} r`,
  });
  return row && row.outside > 0 ? condition : null;
}

function rangeWords(source: CellSource): string {
  const [least, greatest] = source.column.range ?? [null, null];
  const unit = source.column.unit && source.column.unit !== 'currency' ? ` ${source.column.unit}` : '';
  if (least !== null && greatest !== null) return `${least} to ${greatest}${unit}`;
  return least !== null ? `what can be true: at least ${least}${unit}` : `what can be true: at most ${greatest}${unit}`;
}
