import type { ImportFinding } from '../../contract/import-report.ts';
import { counted, examples, finding } from '../finding.ts';
import type { CellSource } from './cell.ts';

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600 };
/** `1970-01-01 2:37:03` (ServiceNow writes durations as times since the epoch), `2:37:03`, `2:37`, `1 day 2:37:03`. */
const CLOCK =
  '(19(?:70-0[1-9]|69-12)-\\d{2}[ T])?(?:(\\d{1,4}) ?(?:d|days?|Tage?|j|jours?),? |(\\d{1,4})\\.)?(\\d{1,4}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?Z?';
/** `P1DT3H` (ISO 8601-1, section 5.5.2), which has months and years too, of no fixed length. */
const ISO = 'P(?:(\\d+)W)?(?:(\\d+)D)?(?:T(?:(\\d+(?:\\.\\d+)?)H)?(?:(\\d+(?:\\.\\d+)?)M)?(?:(\\d+(?:\\.\\d+)?)S)?)?';
/** `3 days 2 hours`, `1h 30m`, `1,5 Std.`; three digits after a mark may be thousands. */
const AMOUNT = '(\\d+(?:[.,]\\d{1,2})?) ?';
const NEXT = '(?:[.,]? ?(?:and |und |et )?)';
const WORDS = `(?i)(?:${AMOUNT}(?:w|wks?|weeks?|Wochen?|semaines?)\\b${NEXT})?(?:${AMOUNT}(?:d|days?|Tage?|j|jours?)\\b${NEXT})?(?:${AMOUNT}(?:h|hrs?|hours?|Std|Stunden?|heures?)\\b${NEXT})?(?:${AMOUNT}(?:m|mins?|minutes?|Minuten?)\\b${NEXT})?(?:${AMOUNT}(?:s|secs?|seconds?|Sek|Sekunden?|secondes?)\\b[.]?)?`;
const UNIT_SECONDS = [604_800, 86_400, 3600, 60, 1];

/** Durations written as clock times or in words in a column of minutes or hours, made numbers of its unit. */
export interface DurationReading {
  /** The text, or where it is a duration the number it comes to, as text. */
  readonly text: string;
  readonly findings: readonly ImportFinding[];
}

/** The reading of a column of time spans whose cells are written as durations; null where the column is none or no cell is. */
export async function durationReading(source: CellSource, cell: string): Promise<DurationReading | null> {
  const unit = SECONDS[source.column.unit ?? ''];
  if (unit === undefined || source.column.type === 'integer') return null;
  const forms = [
    { words: 'written as clock times', is: `regexp_full_match(${cell}, '${CLOCK}')`, seconds: clockSeconds(cell) },
    { words: 'written with their units', is: isOf(cell, ISO), seconds: unitSeconds(cell, ISO) },
    { words: 'written with their units', is: isOf(cell, WORDS), seconds: unitSeconds(cell, WORDS) },
  ];
  const [found] = await source.sql.rows<Record<string, number | string | null>>({
    text: `SELECT ${forms.map(({ is }, index) => `count(*) FILTER (${is}) AS n${index}, min(${cell}) FILTER (${is}) AS e${index}`).join(', ')} FROM ${source.relation} r`,
  });
  const here = forms.flatMap((form, index) => {
    const count = Number(found?.[`n${index}`] ?? 0);
    return count === 0 ? [] : [{ ...form, count, example: String(found?.[`e${index}`] ?? '') }];
  });
  if (here.length === 0) return null;
  const cases = here.map(({ is, seconds }) => `WHEN ${is} THEN CAST(CAST(${seconds} AS DOUBLE) / ${unit} AS VARCHAR)`);
  return {
    text: `CASE ${cases.join(' ')} ELSE ${cell} END`,
    findings: here.map(({ count, example, words }) => {
      const message = `${counted(count, 'duration')} of ${source.header} ${words}, for example ${examples([example])}, became ${source.column.unit}.`;
      return finding('clock-duration', source.header, count, { message });
    }),
  };
}

/** True of a text that is wholly in the form, and not an empty or a bare one. */
function isOf(cell: string, form: string): string {
  return `(regexp_full_match(${cell}, '${form}') AND regexp_matches(${cell}, '\\d ?\\pL'))`;
}

function clockSeconds(cell: string): string {
  const part = (group: number) => `coalesce(TRY_CAST(regexp_extract(${cell}, '${CLOCK}', ${group}) AS INTEGER), 0)`;
  const since1970 = `CASE WHEN regexp_matches(${cell}, '^19\\d{2}-') THEN coalesce(date_diff('day', DATE '1970-01-01', TRY_CAST(left(${cell}, 10) AS DATE)), 0) ELSE 0 END`;
  return `((${since1970} + ${part(2)} + ${part(3)}) * 86400 + ${part(4)} * 3600 + ${part(5)} * 60 + ${part(6)})`;
}

function unitSeconds(cell: string, form: string): string {
  const parts = UNIT_SECONDS.map((seconds, index) => {
    const amount = `replace(regexp_extract(${cell}, '^(?:${form})$', ${index + 1}), ',', '.')`;
    return `coalesce(TRY_CAST(${amount} AS DOUBLE), 0) * ${seconds}`;
  });
  return `(${parts.join(' + ')})`;
}
