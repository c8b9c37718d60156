import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import { counted, examples, finding } from '../finding.ts';
import type { TypingRequest } from './typed-rows.ts';

/** ServiceNow writes a duration as the time it comes to after 1970 began. */
const SINCE_1970 = '1970-01-\\d{2}[ T]\\d{1,2}:\\d{2}:\\d{2}';

/** Says of columns that no column takes where they hold durations that look like times of 1970. */
export async function keptDurations(sql: Sql, { headers, match, relation }: TypingRequest): Promise<ImportFinding[]> {
  if (match.unknown.length === 0) return [];
  // Of files with thousands of columns each would cost its share: one look tells whether any is such.
  const [any] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${relation} r WHERE contains(concat_ws(' ', ${match.unknown.map((position) => `c${position}`).join(', ')}), '1970-01-')) AS some`,
  });
  if (!any?.some) return [];
  const is = (position: number) => `regexp_full_match(c${position}, '${SINCE_1970}')`;
  const counts = match.unknown.map(
    (position, index) =>
      `count(*) FILTER (${is(position)}) AS n${index}, max(c${position}) FILTER (${is(position)}) AS example${index}`,
  );
  const [row] = await sql.rows<Record<string, number | string | null>>({
    text: `SELECT ${counts.join(', ')} FROM ${relation} r`,
  });
  return match.unknown.flatMap((position, index) => {
    const count = Number(row?.[`n${index}`] ?? 0);
    if (count === 0) return [];
    const header = headers[position] ?? '';
    const example = String(row?.[`example${index}`] ?? '');
    const message = `${header} holds ${counted(count, 'duration')} written as times since 1970 began: ${examples([example])} is ${inWords(example)}. No column of ${match.table.title.toLowerCase()} takes it; it is kept beside each row.`;
    return [finding('epoch-duration', header, count, { message })];
  });
}

/** `1970-01-02 2:37:03` as `1 d 2 h 37 min 3 s`. */
function inWords(text: string): string {
  const [, day = '1', hours = '0', minutes = '0', seconds = '0'] = /^1970-01-(\d\d)[ T](\d+):(\d+):(\d+)/.exec(text) ?? [];
  const parts = [`${Number(day) - 1} d`, `${Number(hours)} h`, `${Number(minutes)} min`, `${Number(seconds)} s`];
  return parts.filter((part) => !part.startsWith('0 ')).join(' ') || 'no time';
}
