import type { ImportFinding } from '../../contract/import-report.ts';
import { literal } from '../../tables/identifier.ts';
import { counted, examples, finding } from '../finding.ts';
import { momentNotes } from '../understanding/reading-notes.ts';
import { type CellSource, type ColumnPlan, plainestCell, quoted } from './cell.ts';
import { type MomentForm, plainForms, slashedForms } from './moment-forms.ts';
import { plainer } from './plainer-times.ts';
import { isTurned, turnedForms } from './turned-days.ts';
import { zoneShift } from './zone.ts';

const EARLIEST = '1971-01-01';
/** Clocks of devices start here anew after a loss of power, or in 1970; no hub or charger of today is as old. */
const CLOCKS_SET = '2001-01-01';
export const LATEST = '2101-01-01';
/** First and last days that databases and spreadsheets know, which programs write for none. */
const NULL_DAYS = [
  ...['0001-01-01', '1601-01-01', '1753-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1970-01-01'],
  ...['2999-12-31', '3000-01-01', '3000-12-31', '4000-12-31', '9999-01-01', '9999-12-30', '9999-12-31'],
];
/** What every way of writing one of these days has; 01/01/70 has the year in two digits. */
const MAY_BE_NULL_DAY = '0001|1601|1753|1899|1900|1970|2999|3000|4000|9999|00[-/.]00|70';
const ZERO_DAY = '(0{4}[-/.]00[-/.]00|00[-/.]00[-/.](0000|00))([ T][0:.]+Z?)?';
/** OCPP 1.6 section 3.15 and OCPI 2.2.1 section 17.2: times without a zone are UTC. */
const UTC_TABLES = new Set(['device_event', 'device_state']);

/** The first time that can be true in a column: devices have wrong clocks, people have old contracts. */
export function earliestOf({ table }: Pick<CellSource, 'table'>): string {
  return UTC_TABLES.has(table.name) ? CLOCKS_SET : EARLIEST;
}

/** The zone in which a file's times without one are read. */
export function naiveZone(source: Pick<CellSource, 'profile' | 'settings' | 'table'>): string {
  return source.profile?.timeZone ?? (UTC_TABLES.has(source.table.name) ? 'UTC' : source.settings.timeZone);
}

interface IsoCounts {
  readonly iso: number;
  readonly zoned: number;
  readonly zulu: number;
  readonly early: number;
  /** Years such as 0014. */
  readonly centuryless: number;
  readonly example: string | null;
}

const NONE: IsoCounts = { iso: 0, zoned: 0, zulu: 0, early: 0, centuryless: 0, example: null };

/** Reads a column of days or times, whose forms are decided over the whole column; times become UTC. */
export async function planMoment(source: CellSource): Promise<ColumnPlan> {
  const { cell, rows, filled } = await plainestCell(source);
  const plainCounts = await isoCounts(source, cell);
  const clean = plainCounts.iso === filled && plainCounts.early === 0 && !(await isTurned(source));
  const { text, findings: named } = clean ? { text: cell, findings: [] } : await plainer(source, cell);
  const { iso, zoned, zulu, early, centuryless, example } = text === cell ? plainCounts : await isoCounts(source, text);
  const repairs = centuryless > 0 && (source.profile?.repairYears ?? false);
  const { forms, odd } = clean ? NO_FORMS : await formsOf(source, { cell, text });
  const zone = naiveZone(source);
  const allZoned = clean && zoned === filled;
  const written = localTime(text, forms, clean);
  const plainInstant = instantTime(text, forms, { clean, zoned, zulu, filled });
  const nothing = clean || source.column.required ? null : await nullDays(source, cell, [written, plainInstant]);
  const mended = (time: string) => (repairs ? withCentury(time) : time);
  const local = clean && zoned === 0 ? `TRY_CAST(${cell} AS TIMESTAMP)` : mended(written);
  const instant = plainInstant === null ? null : mended(plainInstant);
  const shifted = allZoned ? { utc: local, count: 0, findings: [] } : await shiftedTime(source, local, zone);
  const findings = [...formFindings(source, forms), ...odd, ...named, ...(nothing?.findings ?? []), ...shifted.findings];
  if (repairs) findings.push(centuryFinding(source, centuryless, example ?? ''));
  if (shifted.count > 0 && source.column.type === 'timestamp') findings.unshift(zoneFinding(source.header, shifted.count, zone));
  if (instant !== null && shifted.count > 0 && zoned > 0) findings.push(mixedFinding(source, zoned, shifted.count));
  const utc = instant === null ? shifted.utc : `coalesce(${instant}, ${shifted.utc})`;
  const onlyInstants = instant !== null && shifted.count === 0;
  const time = source.column.type === 'date' ? dayOf(text, local, instant, zone) : onlyInstants ? instant : utc;
  const said = nothing === null ? cell : `CASE WHEN NOT coalesce(${nothing.is}, false) THEN ${cell} END`;
  const possible = `${time} >= TIMESTAMP '${earliestOf(source)}' AND ${time} < TIMESTAMP '${LATEST}'`;
  const value = clean ? time : `CASE WHEN ${possible}${nothing === null ? '' : ` AND (${said}) IS NOT NULL`} THEN ${time} END`;
  return {
    name: source.column.name,
    header: source.header,
    position: source.position,
    cell: said,
    value: source.column.type === 'date' ? `CAST(${value} AS DATE)` : value,
    unreadable: clean
      ? null
      : `${quoted(cell)} || CASE WHEN ${time} IS NULL THEN ' is no time that can be read.' ${outside(source, time)} END`,
    lacks: source.column.required && filled < rows,
    keepsText: false,
    currency: null,
    ...(source.column.since === null || allZoned ? {} : { dayOnly: await dayOnly(source, text, local) }),
    ...(source.column.since !== null && 'twice' in shifted && shifted.twice ? { twice: shifted.twice } : {}),
    findings,
    notes: momentNotes({
      forms: forms.map(({ form }) => form),
      iso: forms.some(({ form }) => form.turned) ? 0 : iso - early,
      zoned,
      local: source.column.type === 'timestamp' ? shifted.count : 0,
      zone,
    }),
  };
}

async function isoCounts(source: CellSource, text: string): Promise<IsoCounts> {
  const [counts] = await source.sql.rows<IsoCounts>({
    text: `SELECT count(t) AS iso, count(*) FILTER ((t IS NOT NULL OR ${hasLooseZone(text)}) AND ${isZoned(text)}) AS zoned, count(*) FILTER (suffix(${text}, 'Z')) AS zulu,
      count(*) FILTER (t < TIMESTAMP '${earliestOf(source)}' OR t >= TIMESTAMP '${LATEST}') AS early,
      count(*) FILTER (year(t) < 100) AS centuryless, min(${text}) FILTER (year(t) < 100) AS example
      FROM (SELECT *, TRY_CAST(${text} AS TIMESTAMP) AS t FROM ${source.relation}) r`,
  });
  return counts ?? NONE;
}

/** Cells that name no day, or one that programs write where there is none, as SQL, with what there is to say of them; null where the column has none. */
async function nullDays(
  source: CellSource,
  cell: string,
  times: readonly (string | null)[],
): Promise<{ readonly is: string; readonly findings: readonly ImportFinding[] } | null> {
  const [may] = await source.sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${source.relation} r WHERE regexp_matches(${cell}, '${MAY_BE_NULL_DAY}')) AS some`,
  });
  if (!may?.some) return null;
  const days = NULL_DAYS.map((day) => `TIMESTAMP '${day}'`).join(', ');
  const isOne = times.flatMap((time) => (time === null ? [] : [`coalesce((${time}) IN (${days}), false)`]));
  const is = `(${[`regexp_full_match(${cell}, ${literal(ZERO_DAY)})`, ...isOne].join(' OR ')})`;
  const [row] = await source.sql.rows<{ count: number; example: string | null }>({
    text: `SELECT count(*) FILTER (${is}) AS count, min(${cell}) FILTER (${is}) AS example FROM ${source.relation} r`,
  });
  if (!row || row.count === 0) return null;
  const message = `${counted(row.count, 'cell')} of ${source.header}, for example ${examples([row.example ?? ''])}, ${row.count === 1 ? 'holds what programs write' : 'hold what programs write'} for no day; ${row.count === 1 ? 'it was' : 'they were'} left empty.`;
  return { is, findings: [finding('null-day', source.header, row.count, { message })] };
}

/** Why a time that can be read is not taken, as the rest of a CASE. */
function outside(source: CellSource, time: string): string {
  const lost = `WHEN year(${time}) < 100 THEN ' lies outside the years 1971 to 2100: it may have lost its century. A profile with repairYears mends it.'`;
  const reset =
    earliestOf(source) === EARLIEST
      ? ''
      : `WHEN ${time} < TIMESTAMP '${CLOCKS_SET}' THEN ' is the time of a clock that started anew, not of the message.'`;
  return `${lost} ${reset} ELSE ' lies outside the years 1971 to 2100.'`;
}

/** The time with 2000 added to a year below 100: a whole number of Gregorian cycles of 400 years, so that every day exists. */
function withCentury(time: string): string {
  return `CASE WHEN year(${time}) < 100 THEN ${time} + INTERVAL 2000 YEAR ELSE ${time} END`;
}

function centuryFinding(source: CellSource, count: number, example: string): ImportFinding {
  const message = `${counted(count, 'year')} of ${source.header} had lost the century, for example ${examples([example])}, and got 2000 added, as the source profile allows.`;
  return finding('year-repaired', source.header, count, { message });
}

/** True of a cell that says a day and no time. Where every time of a column is midnight, it is a column of days. */
async function dayOnly(source: CellSource, cell: string, local: string): Promise<string> {
  const [row] = await source.sql.rows<{ clocks: number }>({
    text: `SELECT count(*) FILTER (local <> date_trunc('day', local)) AS clocks FROM (SELECT ${local} AS local FROM ${source.relation} r)`,
  });
  return row?.clocks === 0 ? `(${local}) IS NOT NULL` : `(NOT contains(${cell}, ':') AND date_trunc('day', ${local}) = ${local})`;
}

function isZoned(text: string): string {
  return `(suffix(${text}, 'Z') OR length(${text}) > 10 AND regexp_matches(${text}, '(z|[+-]\\d{2}(:?\\d{2})?| UTC| GMT)$'))`;
}

interface FoundForm {
  readonly form: MomentForm;
  readonly count: number;
  readonly example: string;
}

const NO_FORMS: Awaited<ReturnType<typeof formsOf>> = { forms: [], odd: [] };

/** The forms besides ISO that occur in the column, and what is odd about its days. */
async function formsOf(
  source: CellSource,
  { cell, text }: { readonly cell: string; readonly text: string },
): Promise<{ readonly forms: readonly FoundForm[]; readonly odd: readonly ImportFinding[] }> {
  const month = source.column.type === 'date';
  const plain = plainForms(source.profile?.excel1904 ?? false).filter((form) => month || !form.name.startsWith('months '));
  const found: FoundForm[] = [];
  const turned = await turnedForms(source, text);
  for (const form of [...turned.forms, ...plain, ...(await slashedForms(source, text))]) {
    const [row] = await source.sql.rows<{ count: number; example: string | null }>({
      text: `SELECT count(*) AS count, min(${cell}) AS example FROM ${source.relation} r WHERE ${form.test(text)}`,
    });
    if (row && row.count > 0) found.push({ form, count: row.count, example: row.example ?? '' });
  }
  return { forms: found, odd: turned.findings };
}

/** The time a text without zone says, in the zone it was written in; null for texts that carry their zone. */
function localTime(cell: string, forms: readonly FoundForm[], clean: boolean): string {
  const iso = `CASE WHEN NOT ${isZoned(cell)} THEN TRY_CAST(${cell} AS TIMESTAMP) END`;
  if (clean || forms.length === 0) return iso;
  const cases = forms.map(({ form }) => `WHEN ${form.test(cell)} THEN ${form.utc ? 'NULL' : form.value(cell)}`);
  return `CASE ${cases.join(' ')} WHEN regexp_matches(${cell}, '^\\d{4}[-/]') THEN ${iso} END`;
}

/** The instant a text with a zone says, as UTC; null where no text of the column has one. */
function instantTime(
  cell: string,
  forms: readonly FoundForm[],
  counts: { readonly clean: boolean; readonly zoned: number; readonly zulu: number; readonly filled: number },
): string | null {
  const epochs = forms.filter(({ form }) => form.utc);
  if (counts.zoned === 0 && epochs.length === 0) return null;
  if (counts.clean && counts.zulu === counts.filled) return `TRY_CAST(${cell} AS TIMESTAMP)`;
  const zoned = `WHEN ${isZoned(cell)} THEN make_timestamp(epoch_us(TRY_CAST(${withPlainZone(cell)} AS TIMESTAMPTZ)))`;
  return `CASE ${epochs.map(({ form }) => `WHEN ${form.test(cell)} THEN ${form.value(cell)}`).join(' ')} ${zoned} END`;
}

function hasLooseZone(cell: string): string {
  return `regexp_matches(${cell}, ' ([+-]\\d{2}(:?\\d{2})?|GMT)$')`;
}

/** The text with its zone as the database reads it: no blank before an offset, `UTC` for `GMT`. */
function withPlainZone(cell: string): string {
  return `regexp_replace(regexp_replace(${cell}, ' ([+-]\\d{2}(:?\\d{2})?)$', '\\1'), ' GMT$', ' UTC')`;
}

interface Shifted {
  readonly utc: string;
  readonly count: number;
  readonly findings: ImportFinding[];
  readonly twice?: NonNullable<ColumnPlan['twice']>;
}

async function shiftedTime(source: CellSource, local: string, zone: string): Promise<Shifted> {
  const range = `(local >= TIMESTAMP '${earliestOf(source)}' AND local < TIMESTAMP '${LATEST}')`;
  const rowsOf = `(SELECT ${local} AS local FROM ${source.relation} r)`;
  const [span] = await source.sql.rows<{ from: string | null; to: string | null; count: number }>({
    text: `SELECT CAST(min(local) FILTER ${filter(range)} AS VARCHAR) AS from, CAST(max(local) FILTER ${filter(range)} AS VARCHAR) AS to, count(local) AS count FROM ${rowsOf}`,
  });
  if (!span || span.count === 0 || span.from === null || span.to === null)
    return { utc: local, count: span?.count ?? 0, findings: [] };
  if (zone === 'UTC' || source.column.type === 'date') return { utc: local, count: span.count, findings: [] };
  const shift = await zoneShift(source.sql, zone, { from: span.from, to: span.to });
  const [gap, overlap] = [shift.gap('local'), shift.overlap('local')];
  const [odd] = await source.sql.rows<{ gaps: number; overlaps: number }>({
    text: `SELECT ${gap === null ? '0' : `count(*) FILTER (${gap})`} AS gaps, ${overlap === null ? '0' : `count(*) FILTER (${overlap})`} AS overlaps FROM ${rowsOf}`,
  });
  return {
    utc: shift.utc(`(${local})`),
    count: span.count,
    findings: oddFindings(source, zone, odd ?? { gaps: 0, overlaps: 0 }),
    ...((odd?.overlaps ?? 0) > 0 ? { twice: { is: shift.overlap(`(${local})`) ?? 'false', later: shift.back } } : {}),
  };
}

function filter(condition: string): string {
  return `(WHERE ${condition})`;
}

/** A day as it is written; an instant that is no midnight as written falls on the business day of `zone`. */
function dayOf(cell: string, local: string, instant: string | null, zone: string): string {
  if (instant === null) return local;
  const written = `TRY_CAST(${cell} AS TIMESTAMP)`;
  const there = `timezone(${literal(zone)}, timezone('UTC', ${instant}))`;
  return `coalesce(${local}, CASE WHEN date_trunc('day', ${written}) = ${written} THEN ${written} ELSE ${there} END)`;
}

/** Says in which zone times without one were read. */
export function zoneFinding(header: string, count: number, zone: string): ImportFinding {
  return finding('zone-assumed', header, count, {
    message: `${counted(count, 'time')} without a zone in ${header} ${count === 1 ? 'was' : 'were'} read as ${zone} time.`,
    fix: 'Where this is wrong, say the zone of the source, or export times with their zone.',
  });
}

function mixedFinding(source: CellSource, zoned: number, naive: number): ImportFinding {
  const message = `${source.header} mixes ${counted(zoned, 'time')} with a zone and ${counted(naive, 'time')} without; each was read as written.`;
  return finding('mixed-zones', source.header, zoned + naive, { message });
}

function oddFindings(
  source: CellSource,
  zone: string,
  odd: { readonly gaps: number; readonly overlaps: number },
): ImportFinding[] {
  const found: ImportFinding[] = [];
  if (odd.gaps > 0) {
    const message = `${counted(odd.gaps, 'time')} in ${source.header} did not exist in ${zone} (clocks went forward) and moved on by the missing hour.`;
    found.push(finding('nonexistent-time', source.header, odd.gaps, { message }));
  }
  if (odd.overlaps > 0) {
    const message = `${counted(odd.overlaps, 'time')} in ${source.header} occurred twice in ${zone} (clocks went back); the first was taken.`;
    found.push(finding('ambiguous-time', source.header, odd.overlaps, { message }));
  }
  return found;
}

function formFindings(source: CellSource, forms: readonly FoundForm[]): ImportFinding[] {
  const remembered = forms.flatMap(({ form, count }) =>
    form.because ? [finding('order-remembered', source.header, count, { message: `${source.header}: ${form.because}` })] : [],
  );
  const named = forms.map(({ form, count, example }) =>
    finding('time-form', source.header, count, {
      message: `${counted(count, 'value')} of ${source.header} ${count === 1 ? 'was' : 'were'} read as ${form.name}, for example ${examples([example])}.`,
      ...(form.fix === undefined ? {} : { fix: form.fix }),
    }),
  );
  return [...named, ...remembered];
}
