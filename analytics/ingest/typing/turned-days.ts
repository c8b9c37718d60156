import type { ImportFinding } from '../../contract/import-report.ts';
import { literal } from '../../tables/identifier.ts';
import { counted, examples, finding } from '../finding.ts';
import { mixedAfterYear } from '../understanding/open-questions.ts';
import { type CellSource, isMoment } from './cell.ts';
import { formats, type MomentForm } from './moment-forms.ts';

const NAME = 'days written YYYY-DD-MM';
/** Not with a `T` before the time: who writes that writes ISO 8601, and its order with it. */
const MAY_BE_TURNED = '(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})([ ,].*)?';
const ZONED = '(Z|z|[+-]\\d{2}(:?\\d{2})?| UTC| GMT)$';
/** Where days that are turned are this many times those that are not, the few are slips. */
const SLIPS = 20;
const FIX = 'Where an earlier file of this source was read as YYYY-MM-DD, undo its import and import it again.';

interface Counts {
  /** Days that can only be year, day, month, and only year, month, day. */
  readonly turned: number;
  readonly straight: number;
  /** Days that may be either. */
  readonly open: number;
  readonly odd: string | null;
  readonly plain: string | null;
}

/** The forms of a column whose days may be turned, and what there is to say of it besides. */
interface TurnedForms {
  readonly forms: readonly MomentForm[];
  readonly findings: readonly ImportFinding[];
}

const AS_ISO: TurnedForms = { forms: [], findings: [] };

/** Whether a user or another file of the source settled that a column writes the year, then the day, then the month. */
export async function isTurned(source: CellSource): Promise<boolean> {
  if (!isMoment(source.column)) return false;
  const said = saidOf(source);
  return said ? said === 'day-first' : (await source.profile?.decisions?.find(questionOf(source)))?.choice === 'day first';
}

/**
 * The forms of days written year, day, month, where that is what a column holds: some of its days can be nothing else, or, where
 * all may be either, a user or another file of its source says so. Where as many days or more are as ISO 8601 has them, those that
 * are not are slips, which are rejected and said; asks where more are turned.
 */
export async function turnedForms(source: CellSource, cell: string): Promise<TurnedForms> {
  const pattern = literal(MAY_BE_TURNED);
  const part = (group: number) => `TRY_CAST(regexp_extract(${cell}, ${pattern}, ${group}) AS INTEGER)`;
  const [counts] = await source.sql.rows<Counts>({
    text: `SELECT count(*) FILTER (a > 12 AND b <= 12) AS turned, count(*) FILTER (b > 12 AND a <= 12) AS straight,
        count(*) FILTER (a <= 12 AND b <= 12 AND a <> b) AS open,
        min(x) FILTER (a > 12 AND b <= 12) AS odd, min(x) FILTER (b > 12 AND a <= 12) AS plain
      FROM (SELECT ${cell} AS x, ${part(2)} AS a, ${part(3)} AS b FROM ${source.relation} r WHERE regexp_full_match(${cell}, ${pattern}))`,
  });
  const { turned, straight, open, odd, plain } = counts ?? { turned: 0, straight: 0, open: 0, odd: null, plain: null };
  const said = saidOf(source);
  if (said) return said === 'day-first' ? formsOf({ openOrder: true }) : AS_ISO;
  const { decisions } = source.profile ?? {};
  if (turned > 0 && straight > 0) {
    if (turned >= straight * SLIPS) return formsOf({ fix: FIX });
    if (straight >= turned) return { forms: [], findings: [slipFinding(source, turned, odd ?? '')] };
    throw mixedAfterYear(source, { odd: odd ?? '', plain: plain ?? '' });
  }
  if (turned > 0) {
    await decisions?.settle(questionOf(source), { choice: 'day first', example: odd ?? '', file: source.file });
    return formsOf({ fix: FIX });
  }
  const before = await decisions?.find(questionOf(source));
  if (before?.choice !== 'day first') return AS_ISO;
  // The values say otherwise than those of another file: that is refused with both.
  if (straight > 0)
    await decisions?.settle(questionOf(source), { choice: 'month first', example: plain ?? '', file: source.file });
  if (open === 0) return AS_ISO;
  const because = `nothing in it settles whether the day or the month follows the year; ${before.file} of the same source has ${examples([before.example])}, read as year, day, month.`;
  return formsOf({ because, openOrder: true });
}

function saidOf({ profile, table, column }: CellSource) {
  return profile?.tables[table.name]?.readAs[column.name]?.afterYear;
}

function questionOf({ table, header }: CellSource) {
  return { table: table.name, header, kind: 'order after the year' };
}

function slipFinding({ header }: CellSource, count: number, example: string): ImportFinding {
  const message = `${counted(count, 'day')} of ${header}, for example ${examples([example])}, can only be year, day, month, where others can only be year, month, day; ${count === 1 ? 'it is' : 'they are'} rejected, and the rest was read as year, month, day.`;
  return finding('slipped-day', header, count, {
    message,
    fix: 'Correct the source, or say the order of the column where it is the other.',
  });
}

/** Days with their parts put into the order of ISO 8601, read as that is. */
function formsOf(more: Pick<MomentForm, 'because' | 'openOrder' | 'fix'>): TurnedForms {
  const inOrder = (text: string) => `regexp_replace(${text}, '^(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2}),?', '\\1-\\3-\\2')`;
  const matches = (text: string) => `regexp_full_match(${text}, ${literal(MAY_BE_TURNED)})`;
  const isZoned = (text: string) => `regexp_matches(substr(${text}, 9), ${literal(ZONED)})`;
  const forms: MomentForm[] = [
    {
      name: NAME,
      test: (text) => `(${matches(text)} AND NOT ${isZoned(text)})`,
      value: (text) =>
        `coalesce(TRY_CAST(${inOrder(text)} AS TIMESTAMP), TRY_STRPTIME(${inOrder(text)}, ${formats(['%Y-%m-%d'])}))`,
      utc: false,
      turned: true,
      ...more,
    },
    {
      name: `${NAME} with their zone`,
      test: (text) => `(${matches(text)} AND ${isZoned(text)})`,
      value: (text) =>
        `make_timestamp(epoch_us(TRY_CAST(regexp_replace(${inOrder(text)}, ' ?(Z|z|UTC|GMT)$', '+00') AS TIMESTAMPTZ)))`,
      utc: true,
      turned: true,
      ...more,
    },
  ];
  return { forms, findings: [] };
}
