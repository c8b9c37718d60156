import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, rename, symlink } from 'node:fs/promises';
import path from 'node:path';
import iconv from 'iconv-lite';
import { WeirError } from '../../contract/errors.ts';
import type { ImportFinding } from '../../contract/import-report.ts';
import { type Encoding, EncodingWatch, encodingNamed, markedEncoding } from '../bytes/encoding.ts';
import { gunzip, UNPACK_LIMITS, type UnpackLimits, ZipArchive } from './archive.ts';
import { isJsonDocument, isJsonLines, isSurelyLines, jsonDocumentToCsv, jsonLinesToCsv, linesOf } from './json-lines.ts';
import { LineMap } from './line-map.ts';
import { isMessageLog, messageLogToCsv } from './message-log.ts';
import { parquetToCsv } from './parquet.ts';
import { isWorkbook, sheetToCsv } from './workbook.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;

export type FileFormat = 'text' | 'xlsx' | 'parquet' | 'json-lines' | 'message-log';
export type Compression = 'none' | 'gzip' | 'zip';

/** A file brought into the form of delimited text. */
export interface AsText {
  /** The file itself, or a copy in the scratch folder. */
  readonly path: string;
  readonly format: FileFormat;
  readonly compression: Compression;
  /** The file chosen within an archive, or the sheet of a workbook. */
  readonly part: string | null;
  /** Where its rows stand in the file, the header of a table apart that names its columns otherwise. */
  readonly lines: LineMap;
  readonly start: Buffer;
  /** What there is to say of bringing it into this form. */
  readonly findings: readonly ImportFinding[];
  /** The encoding that the file was read in to make the copy; absent where nothing but the bytes decides. */
  readonly encoding?: Encoding;
}

export interface FormatOptions {
  /** The encoding to read the file in; found from its bytes otherwise. */
  readonly encoding?: string;
  /** The file within an archive, or the sheet within a workbook; the first otherwise. */
  readonly part?: string;
  readonly limits?: UnpackLimits;
}

/** Unpacks and converts whatever `source` is, as far as its bytes tell; a file that holds no table is refused. */
export async function toText(given: string, source: string, copy: string, options: FormatOptions): Promise<AsText> {
  const found: AsText = {
    path: source,
    format: 'text',
    compression: 'none',
    part: null,
    lines: new LineMap(),
    findings: [],
    start: await firstBytes(source),
  };
  return convert(given, found, { ...options, copy, depth: 0 });
}

interface Step extends FormatOptions {
  readonly copy: string;
  readonly depth: number;
}

async function convert(given: string, found: AsText, step: Step): Promise<AsText> {
  const { start, path: source } = found;
  const limits = step.limits ?? UNPACK_LIMITS;
  const target = `${step.copy}.${step.depth}`;
  const deeper = async (facts: Partial<AsText>) => {
    if (step.depth >= 3) throw refusal(given, 'it is packed within packed files. Unpack it first.');
    return convert(
      given,
      { ...found, ...facts, path: target, start: await firstBytes(target) },
      { ...step, depth: step.depth + 1 },
    );
  };
  const mark = start.toString('latin1', 0, 8);
  if (start[0] === 0x1f && start[1] === 0x8b) {
    await gunzip(source, target, limits).catch((thrown: unknown) => {
      throw isDamage(thrown)
        ? refusal(given, `it is a gzip file that is cut off or damaged (${thrown.message}). ${FETCH_AGAIN}`)
        : thrown;
    });
    return deeper({ compression: 'gzip' });
  }
  if (mark.startsWith('PK\u0003\u0004') || mark.startsWith('PK\u0005\u0006')) {
    const zip = await ZipArchive.open(source).catch((thrown: unknown) => {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw refusal(
        given,
        `it is an Excel workbook or a zip archive that is damaged (${reason}). Save it again, or save the sheet as CSV (UTF-8).`,
      );
    });
    try {
      if (isWorkbook(zip)) {
        const { name: part, lines, findings } = await sheetToCsv(zip, target, step.part ?? null, limits);
        return { ...found, format: 'xlsx', part, lines, findings, path: target, start: await firstBytes(target) };
      }
      const part = chosen(given, zip, step.part);
      await zip.unpack(part, target, limits).catch((thrown: unknown) => {
        throw isDamage(thrown) ? refusal(given, `${part.fileName} in it is damaged (${thrown.message}). ${FETCH_AGAIN}`) : thrown;
      });
      return await deeper({ compression: 'zip', part: part.fileName });
    } finally {
      zip.close();
    }
  }
  if (mark.startsWith('PAR1')) {
    const lines = await parquetToCsv(await plainPath(source, step.copy), target, limits.heed);
    return { ...found, format: 'parquet', lines, path: target, start: await firstBytes(target) };
  }
  refuseForeign(given, start);
  const text = iconv.decode(start, markedEncoding(start)?.name ?? 'UTF-8');
  const isLines = isJsonLines(text);
  if (isLines || isJsonDocument(text)) {
    const encoding = await encodingOf(source, start, { told: step.encoding, heed: limits.heed });
    const reading = { encoding: encoding.name, heed: limits.heed };
    const lines =
      (isSurelyLines(text) ? null : await jsonDocumentToCsv(source, target, reading)) ??
      (isLines ? await jsonLinesToCsv(source, target, reading) : null);
    if (lines === null) throw refusal(given, NO_RECORDS);
    return { ...found, format: 'json-lines', encoding, lines, path: target, start: await firstBytes(target) };
  }
  if (isMessageLog(text)) {
    const encoding = await encodingOf(source, start, { told: step.encoding, heed: limits.heed });
    const { lines, findings } = await messageLogToCsv(linesOf(source, encoding.name), target);
    return { ...found, format: 'message-log', encoding, lines, findings, path: target, start: await firstBytes(target) };
  }
  return found;
}

const NO_RECORDS =
  'it is a JSON document without a list of records, or a broken or very large one. Save it with each record on a line of its own (JSON lines), or as CSV.';
const FETCH_AGAIN = 'Copy or download it again.';

/** True of what the unpacking itself found wrong. */
function isDamage(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('Z_');
}

/** The encoding of a text that begins with `start`: as it is told, as its mark says, or as all its bytes allow. */
async function encodingOf(
  file: string,
  start: Buffer,
  { told, heed }: { readonly told: string | undefined; readonly heed: (() => void) | undefined },
): Promise<Encoding> {
  if (told !== undefined) return encodingNamed(told, start);
  const marked = markedEncoding(start);
  if (marked && marked.name !== 'UTF-8') return marked;
  const watch = new EncodingWatch();
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    heed?.();
    watch.see(chunk);
  }
  return watch.decide();
}

/** The one file of an archive that holds a table, or the one that is asked for. */
function chosen(given: string, zip: ZipArchive, wanted: string | undefined) {
  const files = zip.entries.filter(({ fileName }) => !/(^|\/)(\.|__MACOSX\/)/.test(fileName));
  const names = files.map(({ fileName }) => fileName);
  const entry =
    wanted === undefined
      ? undefined
      : files.find(({ fileName }) => fileName === wanted || path.posix.basename(fileName) === wanted);
  if (entry) return entry;
  const tables = files.filter(({ fileName }) => /\.(csv|tsv|tab|txt|psv|json|jsonl|ndjson|parquet|xlsx|gz)$/i.test(fileName));
  const [only, more] = tables.length > 0 ? tables : files;
  if (wanted !== undefined) throw refusal(given, `it holds no file ${wanted}. It holds: ${names.slice(0, 20).join(', ')}.`);
  if (!only) throw refusal(given, 'it is an empty archive.');
  if (more) throw new WeirError('file-several', { file: given, names: names.slice(0, 20).join(', ') });
  return only;
}

function refuseForeign(given: string, start: Buffer): void {
  const mark = start.toString('latin1', 0, 8);
  if (mark.startsWith('\u00d0\u00cf\u0011\u00e0'))
    throw refusal(given, 'it is an old Excel workbook. Save the sheet as CSV (UTF-8) and import that.');
  if (/^(\u00ef\u00bb\u00bf)?\s*(<!doctype html|<html)/i.test(start.toString('latin1', 0, 512)))
    throw refusal(given, 'it is a web page, perhaps that of a sign-in. Download the export again and import that.');
  if (mark.startsWith('%PDF')) throw refusal(given, 'it is a PDF document. Export the table as CSV and import that.');
  if (mark.startsWith('\u00ff\u00fe\u0000\u0000') || mark.startsWith('\u0000\u0000\u00fe\u00ff'))
    throw refusal(given, 'it is text in UTF-32, which is not read. Save it as UTF-8 and import that.');
  if (start.includes(0) && !markedEncoding(start) && !isStrayZero(start)) {
    throw refusal(given, 'it is not text. Export the table as CSV and import that.');
  }
}

/** A few zero bytes in what is else text: some exporters write them as marks, or for empty cells. */
function isStrayZero(start: Buffer): boolean {
  const isStrange = (byte: number) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27 && byte !== 30 && byte !== 31);
  const strange = start.filter(isStrange).length;
  const zeros = start.filter((byte) => byte === 0).length;
  if (strange === zeros && zeros < start.length * 0.1 && isUtf8(start.subarray(0, start.lastIndexOf(10) + 1))) return true;
  return start.length >= 64 && strange < start.length * 0.02;
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(4096);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The database reads `*`, `?` and `[` in a path as a pattern, so a file whose path has them is reached through a link. */
export async function plainPath(file: string, link: string): Promise<string> {
  if (!/[*?[\]{}]/.test(file)) return file;
  await symlink(file, `${link}.new`);
  await rename(`${link}.new`, `${link}.link`);
  return `${link}.link`;
}

function refusal(given: string, reason: string): WeirError {
  return new WeirError('file-unreadable', { file: given, reason });
}
