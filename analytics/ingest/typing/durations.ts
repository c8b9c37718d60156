import type { ImportFinding } from '../../contract/import-report.ts';
import { counted, examples, finding } from '../finding.ts';
import type { CellSource } from './cell.ts';

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600 };
/** `1970-01-01 2:37:03` (ServiceNow writes durations as times since the epoch), `2:37:03`, `2:37`. */
const DURATION = '(19(?:70-0[1-9]|69-12)-\\d{2}[ T])?(\\d{1,4}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?Z?';

/** Durations written as clock times in a column of minutes or hours, made numbers of its unit. */
export interface DurationReading {
  /** The text, or where it is a duration the number it comes to, as text. */
  readonly text: string;
  readonly findings: readonly ImportFinding[];
}

/** The reading of a column of time spans whose cells are written as clock times; null where the column is none or no cell is. */
export async function durationReading(source: CellSource, cell: string): Promise<DurationReading | null> {
  const unit = SECONDS[source.column.unit ?? ''];
  if (unit === undefined || source.column.type === 'integer') return null;
  const is = `regexp_full_match(${cell}, '${DURATION}')`;
  const [found] = await source.sql.rows<{ count: number; example: string | null }>({
    text: `SELECT count(*) FILTER (${is}) AS count, min(${cell}) FILTER (${is}) AS example FROM ${source.relation} r`,
  });
  if (!found || found.count === 0) return null;
  const part = (group: number) => `coalesce(TRY_CAST(regexp_extract(${cell}, '${DURATION}', ${group}) AS INTEGER), 0)`;
  const days = `CASE WHEN regexp_matches(${cell}, '^19') THEN coalesce(date_diff('day', DATE '1970-01-01', TRY_CAST(left(${cell}, 10) AS DATE)), 0) ELSE 0 END`;
  const seconds = `((${days}) * 86400 + ${part(2)} * 3600 + ${part(3)} * 60 + ${part(4)})`;
  const message = `${counted(found.count, 'duration')} of ${source.header} written as clock times, for example ${examples([found.example ?? ''])}, became ${source.column.unit}.`;
  return {
    text: `CASE WHEN ${is} THEN CAST(CAST(${seconds} AS DOUBLE) / ${unit} AS VARCHAR) ELSE ${cell} END`,
    findings: [finding('clock-duration', source.header, found.count, { message })],
  };
}
