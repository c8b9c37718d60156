import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import { CleanCsv } from './clean-csv.ts';
import type { LineMap } from './line-map.ts';

const LONGEST_LINE = 64_000_000;
const HEEDED_LINES = 2000;
const CHUNK_BYTES = 1_048_576;

/** True where the text begins with lines that are JSON objects each. */
export function isJsonLines(start: string): boolean {
  const text = start.replace(/^\uFEFF/, '').trimStart();
  if (!text.startsWith('{')) return false;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  return objectOf(first) !== null || (lines.length === 1 && /^\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(first) && start.length >= 4096);
}

/** True where the text begins like a list of JSON objects or lists, or like one object over several lines; to be asked of what is no JSON lines. */
export function isJsonDocument(start: string): boolean {
  return /^\uFEFF?\s*(\[\s*[[{]\s*["\d[{\]}-]|\{\s*"(?:[^"\\]|\\.)*"\s*:)/.test(start);
}

/** How JSON lines are read. */
export interface JsonReading {
  /** The encoding by the name that iconv-lite knows. */
  readonly encoding: string;
  /** Called over and over; may throw to stop the work. */
  readonly heed?: (() => void) | undefined;
}

/**
 * Writes JSON lines as CSV: a column for every key that occurs, in order of first sight; the keys of an object within are
 * joined by a point, a list stays JSON. A line that is no JSON object becomes a row of one cell. Gives the line on which each row
 * stands.
 */
export async function jsonLinesToCsv(source: string, target: string, reading: JsonReading): Promise<LineMap> {
  const columns = new Set<string>();
  for await (const { record } of records(source, reading)) for (const key of record?.keys() ?? []) columns.add(key);
  const csv = new CleanCsv(target);
  const keys = [...columns];
  await csv.row(keys);
  for await (const { number, text, record } of records(source, reading)) {
    await csv.row(record === null ? [text] : keys.map((key) => record.get(key) ?? ''), number);
  }
  await csv.end();
  return csv.lines;
}

async function* records(source: string, { encoding, heed }: JsonReading) {
  let number = 0;
  for await (const lines of linesOf(source, encoding)) {
    for (const line of lines) {
      number++;
      if (number % HEEDED_LINES === 0) heed?.();
      const text = line.startsWith('\uFEFF') ? line.slice(1) : line;
      if (text.trim() === '') continue;
      const value = objectOf(NOT_EXACT.test(text) ? withExactNumbers(text) : text);
      yield { number, text, record: value && flat(value) };
    }
  }
}

/** The lines of a text, some at a time. A sign such as U+2028 separates no lines here: JSON has it in its texts. */
async function* linesOf(source: string, encoding: string): AsyncGenerator<readonly string[]> {
  const decoder = iconv.getDecoder(encoding);
  let rest = '';
  let number = 0;
  for await (const chunk of createReadStream(source, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    rest += decoder.write(chunk);
    // A line feed may follow.
    const held = rest.endsWith('\r') ? '\r' : '';
    const lines = rest.slice(0, rest.length - held.length).split(rest.includes('\r') ? /\r\n|\n|\r/ : '\n');
    rest = (lines.pop() ?? '') + held;
    number += lines.length;
    yield lines;
    if (rest.length > LONGEST_LINE)
      throw new Error(`line ${number + 1} is longer than ${LONGEST_LINE / 1_000_000} million characters.`);
  }
  const last = (rest + (decoder.end() ?? '')).replace(/\r$/, '');
  if (last !== '') yield [last];
}

/** Signs of a number that JavaScript would not give back as it stands: a long one, one that ends in 0, one with an exponent. */
const NOT_EXACT = /\d{16}|\.\d*0(?!\d)|\d[eE]/;
/** Begins a number that is kept as text. */
const EXACT = '\ue000';

/** JSON with its numbers as marked texts, so that they stay as they stand; what is no JSON stays so. */
function withExactNumbers(line: string): string {
  if (objectOf(line) === null) return line;
  return line.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, (token) =>
    token.startsWith('"') ? token : `"${EXACT}${token}"`,
  );
}

/** A list as JSON, its numbers as they stood. */
function listText(list: readonly unknown[]): string {
  return JSON.stringify(list).replace(/"\ue000([^"]*)"/g, '$1');
}

function objectOf(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function flat(value: object, prefix = '', into = new Map<string, string>()): Map<string, string> {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    const name = prefix + key;
    if (inner === null || inner === undefined) into.set(name, '');
    else if (Array.isArray(inner)) into.set(name, listText(inner));
    else if (typeof inner === 'object') flat(inner, `${name}.`, into);
    else into.set(name, typeof inner === 'string' && inner.startsWith(EXACT) ? inner.slice(1) : String(inner));
  }
  return into;
}
