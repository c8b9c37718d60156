import type { ImportFinding } from '../../contract/import-report.ts';
import { counted, examples, finding } from '../finding.ts';
import { CleanCsv } from './clean-csv.ts';
import type { LineMap } from './line-map.ts';

/** A message of OCPP (OCPP-J 1.6, section 4.2) at the end of a line, behind whatever a program writes before it. */
const MESSAGE = /^(.*?[^\s"[,;|].*?)(\[\s*[234]\s*,\s*"[^"]{1,36}"\s*,.*\])\s*$/;
const TIME = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?/;
/** What says that a charger's name follows. */
const NAMED =
  /(?:charge_?(?:box|point|r)(?:_?id)?|charging_?station(?:_?id)?|station(?:_?id)?|cp_?id|identity)["']?\s*[=:]\s*["']?([\w*.-]+)/i;
/** A name as chargers have: letters and figures, no time, no number of a thread or a session. */
const NAME = /^(?=.*[A-Za-z])(?=.*\d)[A-Za-z][\w*-]{1,47}$/;
const COLUMNS = ['timestamp', 'charge_point_id', 'message', 'log_text'];
const LEAST_MESSAGES = 0.5;

/** True of a text of lines most of which end in a message of OCPP and begin with something else, without a line of headers. */
export function isMessageLog(start: string): boolean {
  const lines = start
    .split(/\r?\n/)
    .slice(0, -1)
    .filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  const messages = lines.filter((line) => MESSAGE.test(line)).length;
  return (TIME.test(first) || MESSAGE.test(first)) && messages > 1 && messages >= lines.length * LEAST_MESSAGES;
}

/** Writes the messages of a log as CSV: their time, their charger and themselves, with the text that stood before them. Gives the line on which each stands. */
export async function messageLogToCsv(
  lines: AsyncIterable<readonly string[]>,
  target: string,
): Promise<{ readonly lines: LineMap; readonly findings: readonly ImportFinding[] }> {
  const csv = new CleanCsv(target);
  await csv.row(COLUMNS);
  let number = 0;
  let others = 0;
  let example: readonly [name: string, text: string] | null = null;
  for await (const some of lines) {
    for (const line of some) {
      number++;
      const [, before = '', message = ''] = MESSAGE.exec(line) ?? [];
      if (message === '') {
        if (line.trim() !== '') others++;
        continue;
      }
      const charger = chargerIn(before);
      if (charger !== '') example ??= [charger, before.trim()];
      await csv.row([(TIME.exec(before)?.[0] ?? '').replace(',', '.'), charger, message, before.trim()], number);
    }
  }
  await csv.end();
  return { lines: csv.lines, findings: logFindings(others, example) };
}

/** The charger that the text before a message names, where it names one; empty where none or several could be it. */
function chargerIn(before: string): string {
  const named = NAMED.exec(before)?.[1];
  if (named !== undefined) return named;
  const words = before
    .replace(TIME, ' ')
    .split(/[^\w*-]+/)
    .filter((word) => NAME.test(word));
  const [only, more] = new Set(words);
  return more === undefined ? (only ?? '') : '';
}

function logFindings(others: number, example: readonly [name: string, text: string] | null): ImportFinding[] {
  const found: ImportFinding[] = [];
  if (example) {
    const message = `The file is a log in which messages stand behind other text: their times and chargers were taken from that, for example ${examples([example[0]])} from ${examples([example[1]])}.`;
    found.push(
      finding('message-log', null, 1, { message, fix: 'Where that is no charger, export the messages with a column for it.' }),
    );
  }
  if (others > 0) {
    const message = `${counted(others, 'line')} of the log ${others === 1 ? 'holds' : 'hold'} no message and ${others === 1 ? 'was' : 'were'} left out.`;
    found.push(finding('log-line', null, others, { message }));
  }
  return found;
}
