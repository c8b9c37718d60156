import type { OpenQuestion, SampleValue } from '../../contract/import-preview.ts';
import { examples } from '../finding.ts';
import type { CellSource } from '../typing/cell.ts';
import { Undecided } from './undecided.ts';

const EXAMPLES = 3;

/** Asks which part of a day comes first. `days` yields the texts as `x` with their first and second part, `a` and `b`. */
export async function askDateOrder(source: CellSource, days: string, open: string): Promise<Undecided> {
  const rows = await source.sql.rows<{ x: string; a: number; b: number; year: string }>({
    text: `SELECT x, min(a) AS a, min(b) AS b, min(year) AS year FROM (${days}) WHERE ${open} GROUP BY x ORDER BY x LIMIT ${EXAMPLES}`,
  });
  const answer = (
    value: string,
    label: string,
    dayOf: (row: { a: number; b: number; year: string }) => SampleValue['understood'],
  ) => ({
    value,
    label,
    examples: rows.map((row) => ({ raw: row.x, understood: dayOf(row) })),
  });
  const first = rows[0]?.x ?? '';
  return undecided(source, {
    kind: 'date-order',
    ways: `${examples([first])} may put the day or the month first`,
    text: `Does ${source.header} put the day or the month first? Nothing in the file tells.`,
    answers: [
      answer('day-first', 'The day first', ({ a, b, year }) => dayName(a, b, year)),
      answer('month-first', 'The month first', ({ a, b, year }) => dayName(b, a, year)),
    ],
  });
}

/** Refuses a column that has days of both orders, and asks which of them are right. */
export function mixedOrders(
  source: CellSource,
  { day_example, month_example }: { readonly day_example: string | null; readonly month_example: string | null },
): Undecided {
  const [day, month] = [day_example ?? '', month_example ?? ''];
  return mixedDays(source, {
    kind: 'date-order',
    what: `days written day first, as ${examples([day])}, with days written month first, as ${examples([month])}`,
    ways: [
      { value: 'day-first', words: 'Days written day first', example: day },
      { value: 'month-first', words: 'Days written month first', example: month },
    ],
  });
}

/** Refuses a column that has days of both orders after the year, and asks which of them are right. */
export function mixedAfterYear(source: CellSource, { odd, plain }: { readonly odd: string; readonly plain: string }): Undecided {
  return mixedDays(source, {
    kind: 'after-year',
    what: `days written year, month, day, as ${examples([plain])}, with days written year, day, month, as ${examples([odd])}`,
    ways: [
      { value: 'month-first', words: 'Year, month, day', example: plain },
      { value: 'day-first', words: 'Year, day, month', example: odd },
    ],
  });
}

interface OneWay {
  readonly value: string;
  readonly words: string;
  /** A day that can only be written so. */
  readonly example: string;
}

function mixedDays(
  { file, header, label }: CellSource,
  {
    kind,
    what,
    ways: [one, other],
  }: Pick<OpenQuestion, 'kind'> & { readonly what: string; readonly ways: readonly [OneWay, OneWay] },
): Undecided {
  const answer = ({ value, words, example }: OneWay, left: OneWay) => ({
    value,
    label: `${words}; the others are rejected`,
    examples: [
      { raw: example, understood: 'read' },
      { raw: left.example, understood: null },
    ],
  });
  const text = `${header} mixes ${what}. Which are right? A day that fits both is read like the right ones.`;
  const questions = [{ kind, header: label, text, answers: [answer(one, other), answer(other, one)] }];
  return new Undecided('column-mixed', { file, column: header, what }, { questions });
}

/** Asks what the mark in numbers such as 1,234 means. `numbers` yields the texts as `n`. */
export async function askDecimalMark(source: CellSource, numbers: string, open: string): Promise<Undecided> {
  const rows = await source.sql.rows<{ n: string }>({
    text: `SELECT DISTINCT n FROM (${numbers}) WHERE ${open} ORDER BY n LIMIT ${EXAMPLES}`,
  });
  const first = rows[0]?.n ?? '';
  const comma = first.includes(',');
  const [mark, other] = comma ? ([',', '.'] as const) : (['.', ','] as const);
  const name = comma ? 'comma' : 'point';
  return undecided(source, {
    kind: 'decimal-mark',
    ways: `${examples([first])} may have a decimal or a thousands mark`,
    text: `What does the ${name} in ${source.header} stand for? Nothing in the file tells.`,
    answers: [
      {
        value: other,
        label: `The ${name} groups thousands`,
        examples: rows.map(({ n }) => ({ raw: n, understood: n.replaceAll(mark, '') })),
      },
      {
        value: mark,
        label: `The ${name} begins the decimals`,
        examples: rows.map(({ n }) => ({ raw: n, understood: n.replace(mark, '.') })),
      },
    ],
  });
}

function undecided(source: CellSource, question: Omit<OpenQuestion, 'header'> & { readonly ways: string }): Undecided {
  const { kind, text, answers, ways } = question;
  const { file, header, label } = source;
  return new Undecided(
    kind === 'decimal-mark' ? 'mark-undecided' : 'column-undecided',
    { file, column: header, ways },
    { questions: [{ kind, header: label, text, answers }] },
  );
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

function dayName(day: number, month: number, year: string): string {
  return `${day} ${MONTHS[month - 1] ?? month} ${year}`;
}
