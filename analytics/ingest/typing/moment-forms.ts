import { literal } from '../../tables/identifier.ts';
import { examples } from '../finding.ts';
import { askDateOrder, mixedOrders } from '../understanding/open-questions.ts';
import type { CellSource } from './cell.ts';

/** A way of writing a time that needs more than the database's own reading of ISO 8601. */
export interface MomentForm {
  readonly name: string;
  /** True of a text in this form. */
  test(text: string): string;
  /** The time it says, as a TIMESTAMP. */
  value(text: string): string;
  /** True where that time is UTC whatever zone is in force. */
  readonly utc: boolean;
  /** A sentence where something besides the column's own values settled it. */
  readonly because?: string;
  /** Where day and month may stand in either order: whether the values alone left it open. */
  readonly openOrder?: boolean;
  /** True of days whose parts follow the year in another order than that of ISO 8601, which they look like. */
  readonly turned?: boolean;
  /** What to do about it. */
  readonly fix?: string;
}

const CLOCKS = [
  '',
  ' %H:%M',
  ' %H:%M:%S',
  ' %H:%M:%S.%f',
  ' %I:%M %p',
  ' %I:%M:%S %p',
  ' %I:%M%p',
  ' %I:%M:%S%p',
  ', %H:%M',
  ', %H:%M:%S',
  ', %I:%M %p',
  ', %I:%M:%S %p',
];
const NAMED_DAYS = ['%d-%b-%Y', '%d %b %Y', '%d %B %Y', '%b %d, %Y', '%B %d, %Y', '%b %d %Y', '%B %d %Y'];
const NAMED_DAYS_SHORT = ['%d-%b-%y', '%d %b %y', '%b %d, %y'];

function namedDay(year: string): string {
  return `'(\\d{1,2}[- ][A-Za-z]{3,9}|[A-Za-z]{3,9} {1,2}\\d{1,2},?)[- ]${year}([ ,].*)?'`;
}

/** The forms told apart by their looks alone. Excel counts days from 1900, or from 1904 as on old Macs. */
export function plainForms(from1904: boolean): readonly MomentForm[] {
  return PLAIN_FORMS.map((form) => (from1904 && form.name === EXCEL_DAYS ? excelDays('1904-01-01') : form));
}

const EXCEL_DAYS = 'Excel day numbers';

function excelDays(first: string): MomentForm {
  return {
    name: EXCEL_DAYS,
    test: (text) => `(regexp_full_match(${text}, '\\d{5}(\\.\\d+)?') AND TRY_CAST(${text} AS DOUBLE) BETWEEN 20000 AND 60000)`,
    value: (text) => `(TIMESTAMP '${first}' + to_seconds(CAST(round(TRY_CAST(${text} AS DOUBLE) * 86400) AS BIGINT)))`,
    utc: false,
  };
}

const MINUTES_AND_ZONE = '(\\d{4}-\\d{1,2}-\\d{1,2}[T ]\\d{1,2}:\\d{2})( ?(?:[Zz]|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?))';

const ZONE_AT_END = ' ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})$';

const PLAIN_FORMS: readonly MomentForm[] = [
  {
    // As mail is dated: RFC 5322, section 3.3.
    name: 'days with the month by name and a zone',
    test: (text) =>
      `regexp_full_match(${text}, '\\d{1,2}[ -][A-Za-z]{3}[ -]\\d{4} \\d{1,2}:\\d{2}(:\\d{2})?(${ZONE_AT_END.slice(0, -1)})')`,
    value: (text) => {
      const local = `TRY_STRPTIME(regexp_replace(${text}, '${ZONE_AT_END}', ''), ${formats(NAMED_DAYS)})`;
      const zone = `replace(replace(replace(regexp_extract(${text}, '${ZONE_AT_END}', 1), 'Z', '+00'), 'UTC', '+00'), 'GMT', '+00')`;
      return `make_timestamp(epoch_us(TRY_CAST(CAST(${local} AS VARCHAR) || ${zone} AS TIMESTAMPTZ)))`;
    },
    utc: true,
  },
  {
    name: 'epoch seconds',
    test: (text) => `regexp_full_match(${text}, '\\d{9,10}(\\.\\d+)?')`,
    value: (text) => `make_timestamp(CAST(round(TRY_CAST(${text} AS DOUBLE) * 1e6) AS BIGINT))`,
    utc: true,
  },
  {
    name: 'epoch milliseconds',
    test: (text) => `regexp_full_match(${text}, '\\d{12,13}')`,
    value: (text) => `make_timestamp(TRY_CAST(${text} AS BIGINT) * 1000)`,
    utc: true,
  },
  {
    name: 'epoch microseconds',
    test: (text) => `regexp_full_match(${text}, '\\d{15,16}')`,
    value: (text) => `make_timestamp(TRY_CAST(${text} AS BIGINT))`,
    utc: true,
  },
  // 1899-12-30: Excel counts a 29 February 1900 that never was (Microsoft Support 214326).
  excelDays('1899-12-30'),
  {
    name: 'days written YYYYMMDD',
    test: (text) => `regexp_full_match(${text}, '(19|20)\\d{6}')`,
    value: (text) => `TRY_STRPTIME(${text}, '%Y%m%d')`,
    utc: false,
  },
  {
    name: 'months written YYYY-MM',
    test: (text) => `regexp_full_match(${text}, '\\d{4}-\\d{2}')`,
    value: (text) => `TRY_CAST(${text} || '-01' AS TIMESTAMP)`,
    utc: false,
  },
  {
    name: 'months written MM/YYYY',
    test: (text) => `regexp_full_match(${text}, '(0?[1-9]|1[0-2])[/.]\\d{4}')`,
    value: (text) => `TRY_STRPTIME(replace(${text}, '.', '/'), '%m/%Y')`,
    utc: false,
  },
  {
    name: 'months by name',
    test: (text) => `regexp_full_match(${text}, '[A-Za-z]{3,9} \\d{4}')`,
    value: (text) => `TRY_STRPTIME(${text}, ['%B %Y', '%b %Y'])`,
    utc: false,
  },
  {
    name: 'days with the month by name',
    test: (text) => `regexp_full_match(${text}, ${namedDay('\\d{4}')})`,
    value: (text) => `TRY_STRPTIME(replace(${text}, '  ', ' '), ${formats(NAMED_DAYS)})`,
    utc: false,
  },
  {
    // Java leaves seconds of zero out; the database then takes no zone.
    name: 'ISO times without seconds and with a zone',
    test: (text) => `regexp_full_match(${text}, '${MINUTES_AND_ZONE}')`,
    value: (text) =>
      `make_timestamp(epoch_us(TRY_CAST(regexp_replace(${text}, '${MINUTES_AND_ZONE}', '\\1:00\\2') AS TIMESTAMPTZ)))`,
    utc: true,
  },
  {
    name: 'days with the month by name and a year of two digits',
    test: (text) => `regexp_full_match(${text}, ${namedDay('\\d{2}')})`,
    value: (text) => `TRY_STRPTIME(${text}, ${formats(NAMED_DAYS_SHORT)})`,
    utc: false,
  },
  {
    name: 'ISO times with a comma before the fraction',
    test: (text) => `regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2},\\d{1,6}')`,
    value: (text) => `TRY_CAST(replace(${text}, ',', '.') AS TIMESTAMP)`,
    utc: false,
  },
  {
    name: 'times written YYYYMMDDThhmmss',
    test: (text) => `regexp_full_match(${text}, '(19|20)\\d{6}T?\\d{6}')`,
    value: (text) => `TRY_STRPTIME(replace(${text}, 'T', ''), '%Y%m%d%H%M%S')`,
    utc: false,
  },
  {
    name: 'times written YYYYMMDDThhmmssZ',
    test: (text) => `regexp_full_match(${text}, '(19|20)\\d{6}T\\d{6}Z')`,
    value: (text) => `TRY_STRPTIME(${text}, '%Y%m%dT%H%M%SZ')`,
    utc: true,
  },
  {
    name: 'ISO times with AM or PM',
    test: (text) => `regexp_full_match(upper(${text}), '\\d{4}-\\d{1,2}-\\d{1,2} \\d{1,2}:\\d{2}(:\\d{2})? [AP]M')`,
    value: (text) => `TRY_STRPTIME(${text}, ${formats(['%Y-%m-%d'])})`,
    utc: false,
  },
];

/** Of very wide files, so many columns are asked how they write days. */
const COLUMNS_ASKED = 500;

/** Days written as two parts and a year, by the mark between the parts. */
const SLASHED = { '/': '/', '-': '-', '.': '\\.' } as const;
type PartMark = keyof typeof SLASHED;

function slashedPattern(mark: PartMark): string {
  return `(\\d{1,2})${SLASHED[mark]}(\\d{1,2})${SLASHED[mark]}(\\d{4}|\\d{2})([ ,].*)?`;
}

interface SlashedCounts {
  readonly seen: number;
  readonly dayFirst: number;
  readonly monthFirst: number;
  readonly even: number;
  readonly short: number;
  /** The least and the greatest of the first part, the greatest of the second, the least and the greatest of the third. */
  readonly low: number;
  readonly high: number;
  readonly middle: number;
  readonly third_low: number;
  readonly third_high: number;
  readonly day_example: string | null;
  readonly month_example: string | null;
  readonly open_example: string | null;
}

/**
 * The forms of days such as 31/12/2026 that occur in a column, with the order of day and month that the whole column settles.
 * Refuses a column that nothing settles, and one that contradicts itself: the order is never guessed, and never per row.
 */
export async function slashedForms(source: CellSource, cell: string): Promise<MomentForm[]> {
  const forms: MomentForm[] = [];
  for (const mark of Object.keys(SLASHED) as PartMark[]) {
    const pattern = literal(slashedPattern(mark));
    const part = (group: number) => `TRY_CAST(regexp_extract(${cell}, ${pattern}, ${group}) AS INTEGER)`;
    const days = `SELECT ${cell} AS x, ${part(1)} AS a, ${part(2)} AS b, regexp_extract(${cell}, ${pattern}, 3) AS year
          FROM ${source.relation} r WHERE regexp_full_match(${cell}, ${pattern})`;
    const [counts] = await source.sql.rows<SlashedCounts>({
      text: `SELECT count(*) AS seen, count(*) FILTER (a > 12) AS "dayFirst", count(*) FILTER (b > 12) AS "monthFirst", count(*) FILTER (a = b) AS even,
          count(*) FILTER (length(year) = 2) AS short, min(a) AS low, max(a) AS high, max(b) AS middle,
          min(TRY_CAST(year AS INTEGER)) AS third_low, max(TRY_CAST(year AS INTEGER)) AS third_high, min(x) FILTER (a > 12) AS day_example, min(x) FILTER (b > 12) AS month_example,
          min(x) FILTER (a <= 12 AND b <= 12 AND a <> b) AS open_example
        FROM (${days})`,
    });
    if (!counts || counts.seen === 0) continue;
    if (isYearFirst(counts)) {
      forms.push({
        name: `days written YY${mark}MM${mark}DD`,
        test: (text) => `regexp_full_match(${text}, ${literal(slashedPattern(mark))})`,
        value: (text) => `TRY_STRPTIME(${text}, ${formats([['%y', '%m', '%d'].join(mark)])})`,
        utc: false,
      });
      continue;
    }
    const { dayFirst, because, open } = await decideOrder(source, mark, counts, days);
    const parts = dayFirst ? ['%d', '%m'] : ['%m', '%d'];
    const years = counts.short === 0 ? ['%Y'] : counts.short === counts.seen ? ['%y'] : ['%Y', '%y'];
    for (const year of years) {
      const digits = year === '%y' ? '\\d{2}' : '\\d{4}';
      const own = literal(slashedPattern(mark).replace('(\\d{4}|\\d{2})', digits));
      forms.push({
        name: dayFirst ? `days written D${mark}M${mark}Y` : `days written M${mark}D${mark}Y`,
        test: (text) => `regexp_full_match(${text}, ${own})`,
        value: (text) => `TRY_STRPTIME(${text}, ${formats([[...parts, year].join(mark)])})`,
        utc: false,
        ...(because === null ? {} : { because }),
        openOrder: open,
      });
    }
  }
  return forms;
}

/** Days with a year of two digits at their beginning: the first part hardly differs, and the last goes through the days of months. */
function isYearFirst({ seen, short, low, high, middle, third_low, third_high }: SlashedCounts): boolean {
  const lastIsDay = third_low >= 1 && third_high <= 31 && third_high - third_low >= 10;
  return short === seen && lastIsDay && middle <= 12 && low >= 10 && high <= 50 && high - low <= 5;
}

interface Order {
  readonly dayFirst: boolean;
  readonly because: string | null;
  /** True where the values alone do not settle it. */
  readonly open: boolean;
}

async function decideOrder(source: CellSource, mark: PartMark, counts: SlashedCounts, days: string): Promise<Order> {
  const { dayFirst, monthFirst, even, seen } = counts;
  const said = source.profile?.tables[source.table.name]?.readAs[source.column.name]?.dateOrder;
  if (dayFirst > 0 && monthFirst > 0) {
    if (said) return { dayFirst: said === 'day-first', because: null, open: true };
    throw mixedOrders(source, counts);
  }
  const question = { table: source.table.name, header: source.header, kind: `order of days with ${mark}` };
  if (dayFirst > 0 || monthFirst > 0) {
    const choice = dayFirst > 0 ? 'day first' : 'month first';
    const example = (dayFirst > 0 ? counts.day_example : counts.month_example) ?? '';
    await source.profile?.decisions?.settle(question, { choice, example, file: source.file });
    return { dayFirst: dayFirst > 0, because: null, open: false };
  }
  // Dots between the parts are written day first wherever they are written: DIN 5008, SN 010130, GOST R 7.0.97.
  if (even === seen || (mark === '.' && !said)) return { dayFirst: true, because: null, open: mark === '.' && even < seen };
  const told = source.profile?.dateOrder;
  if (told) {
    const choice = told === 'day-first' ? 'day first' : 'month first';
    await source.profile?.decisions?.remember(question, { choice, example: counts.open_example ?? '', file: source.file });
    return { dayFirst: told === 'day-first', because: null, open: true };
  }
  const beside = await orderBeside(source, mark);
  if (beside) {
    const because = `nothing in it settles the order of day and month; another column of the file has ${examples([beside.example])}.`;
    return { dayFirst: beside.dayFirst, because, open: true };
  }
  const before = await source.profile?.decisions?.find(question);
  if (before) {
    const because = `nothing in it settles the order of day and month; ${before.file} of the same source has ${examples([before.example])}, read as ${before.choice}.`;
    return { dayFirst: before.choice === 'day first', because, open: true };
  }
  throw await askDateOrder(source, days, 'a <= 12 AND b <= 12 AND a <> b');
}

/** The order in which the other columns of the file write days with this mark; null where none settles it, or where they differ. */
async function orderBeside(
  source: CellSource,
  mark: PartMark,
): Promise<{ readonly dayFirst: boolean; readonly example: string } | null> {
  const columns = await source.sql.rows<{ column_name: string }>({ text: `DESCRIBE SELECT * FROM ${source.relation} r` });
  const cells = columns
    .map((column) => column.column_name)
    .filter((name) => /^c\d+$/.test(name))
    .slice(0, COLUMNS_ASKED);
  const pattern = literal(slashedPattern(mark));
  const [found] = await source.sql.rows<{ day: string | null; month: string | null }>({
    text: `SELECT min(x) FILTER (a > 12 AND b <= 12) AS day, min(x) FILTER (b > 12 AND a <= 12) AS month FROM (
      SELECT x, TRY_CAST(regexp_extract(x, ${pattern}, 1) AS INTEGER) AS a, TRY_CAST(regexp_extract(x, ${pattern}, 2) AS INTEGER) AS b
      FROM (SELECT unnest([${cells.join(', ')}]) AS x FROM ${source.relation} r) WHERE regexp_full_match(x, ${pattern}))`,
  });
  if (!found || (found.day === null) === (found.month === null)) return null;
  return { dayFirst: found.day !== null, example: found.day ?? found.month ?? '' };
}

/** Days written in one of these ways, with every way of writing a time behind them, as a list of SQL. */
export function formats(days: readonly string[]): string {
  return `[${days.flatMap((day) => CLOCKS.map((clock) => literal(`${day}${clock}`))).join(', ')}]`;
}
