import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { CleanCsv } from './clean-csv.ts';
import { documentRecords } from './json-document.ts';
import type { LineMap } from './line-map.ts';

const LONGEST_LINE = 64_000_000;
/** A document is held in memory as a whole. */
const LARGEST_DOCUMENT = 256 * 1024 * 1024;
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

/** True where whole lines of the text are JSON objects each, so that it is no document. */
export function isSurelyLines(start: string): boolean {
  const [first = '', second = '', ...rest] = start.replace(/^\uFEFF/, '').split(/\r?\n/);
  return rest.length > 0 && objectOf(first) !== null && objectOf(second) !== null;
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
  return toCsv(target, () => records(linesOf(source, reading.encoding), reading));
}

/** Writes the records of one JSON document as CSV, in the form of {@link jsonLinesToCsv}; null of a document without records. */
export async function jsonDocumentToCsv(source: string, target: string, { encoding }: JsonReading): Promise<LineMap | null> {
  const { size } = await stat(source);
  if (size > LARGEST_DOCUMENT) return null;
  const found = documentRecords(iconv.decode(await readFile(source), encoding).replace(/^\uFEFF/, ''));
  return (
    found &&
    toCsv(target, () => found.flatMap(({ text, line }) => recordsOf(text).map((record) => ({ number: line, text, record }))))
  );
}

interface LineRecord {
  readonly number: number;
  readonly text: string;
  readonly record: ReadonlyMap<string, string> | null;
}

async function toCsv(target: string, records: () => AsyncIterable<LineRecord> | Iterable<LineRecord>): Promise<LineMap> {
  const columns = new Set<string>();
  for await (const { record } of records()) for (const key of record?.keys() ?? []) columns.add(key);
  const csv = new CleanCsv(target);
  const keys = [...columns];
  await csv.row(keys);
  for await (const { number, text, record } of records()) {
    await csv.row(record === null ? [text] : keys.map((key) => record.get(key) ?? ''), number);
  }
  await csv.end();
  return csv.lines;
}

async function* records(texts: AsyncIterable<readonly string[]>, { heed }: JsonReading): AsyncGenerator<LineRecord> {
  let number = 0;
  for await (const lines of texts) {
    for (const line of lines) {
      number++;
      if (number % HEEDED_LINES === 0) heed?.();
      const text = line.startsWith('\uFEFF') ? line.slice(1) : line;
      if (text.trim() === '') continue;
      const found = recordsOf(text);
      for (const record of found) yield { number, text, record };
      if (found.length === 0) yield { number, text, record: null };
    }
  }
}

/** The records that a text of one JSON object holds, by their keys; none where it is no such text. */
function recordsOf(text: string): ReadonlyMap<string, string>[] {
  const value = objectOf(NOT_EXACT.test(text) ? withExactNumbers(text) : text);
  return value === null ? [] : evsesOf(value).map((each) => flat(each));
}

/** A location of OCPI 2.2.1 (section 8.3.1) holds its charging points, each of which is a record; everything else is one itself. */
function evsesOf(value: object): readonly object[] {
  if (!('evses' in value) || !Array.isArray(value.evses) || value.evses.length === 0) return [value];
  const location = 'id' in value ? { location_id: value.id } : {};
  return value.evses.map((evse: unknown) => ({ ...location, ...(typeof evse === 'object' ? evse : { evse }) }));
}

/** The lines of a text, some at a time. A sign such as U+2028 separates no lines here: JSON has it in its texts. */
export async function* linesOf(source: string, encoding: string): AsyncGenerator<readonly string[]> {
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
