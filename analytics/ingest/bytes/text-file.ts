import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { WeirError } from '../../contract/errors.ts';
import type { ImportFinding } from '../../contract/import-report.ts';
import { counted, finding } from '../finding.ts';
import { UNPACK_LIMITS } from '../formats/archive.ts';
import type { LineMap } from '../formats/line-map.ts';
import { type Compression, type FileFormat, type FormatOptions, plainPath, toText } from '../formats/to-text.ts';
import { type Encoding, EncodingWatch, encodingNamed, markedEncoding, withSigns } from './encoding.ts';
import { occurrences } from './occurrences.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** A file of fewer bytes is looked through before anything else is done with it. */
const GLANCED_BYTES = 4 * 1024 * 1024;
const SEEN_BYTES = 1024 * 1024;
/** What is said where temporary copies find no room. */
export const DISK_FULL = 'the disk for temporary files is full. Free some space and try again.';

const FORBIDDEN = 'you have no right to read it. Change its permissions, or ask its owner to.';

/** A source file as UTF-8 text on disk. */
export interface TextFile {
  /** The path as the user gave it. */
  readonly given: string;
  /** Where the text is: the file itself, or a copy in `scratch`. Safe to hand to the database. */
  readonly textPath: string;
  readonly format: FileFormat;
  readonly compression: Compression;
  /** The file within an archive, or the sheet of a workbook; null where there is none to choose. */
  readonly part: string | null;
  /** Where its bytes lie: the file itself, or what was unpacked or converted from it. */
  readonly bytesPath: string;
  readonly encoding: Encoding;
  /** Lines that end in a line feed, and the last one where it does not. */
  readonly lines: number;
  /** Which line of the file as it was given each of them stands for. */
  readonly lineMap: LineMap;
  /** What there is to say of how its bytes became text. */
  readonly findings: readonly ImportFinding[];
  /** True where every line ends in a line feed, or every one in a carriage return and a line feed. */
  readonly evenLines: boolean;
  readonly empty: boolean;
  /** The file as all its bytes say; null where they say otherwise than was supposed of a file of which only the start and the end were looked at. */
  settled(): Promise<TextFile | null>;
}

/** What is known of the bytes after one reading. */
interface Survey {
  readonly encoding: Encoding;
  readonly lines: number;
  readonly evenLines: boolean;
  readonly bytes: number;
  /** Bytes of zero, which are no text in an encoding of single bytes. */
  readonly zeros: number;
}

export interface OpenOptions extends FormatOptions {
  /** The folder that temporary copies go to; the system's otherwise. */
  readonly scratch?: string;
  /** Hears over and over how much of the file is looked through, 0 to 1, or null while it is unpacked; throws where that is to stop. */
  readonly scanned?: ((part: number | null) => void) | undefined;
  /** Lets a long text be taken for what its start and its end are; the rest is looked through until `signal` aborts. */
  readonly glance?: { readonly signal: AbortSignal | undefined };
}

/** Reads the bytes of `given`: unpacks and converts it where need be, finds the encoding, and gives its text as UTF-8. Copies go to the folder `scratch`. */
export async function openTextFile(given: string, scratch: string, name: string, options: OpenOptions = {}): Promise<TextFile> {
  const source = path.resolve(given);
  await refuseNoFile(given, source);
  const { scanned, glance } = options;
  const limits = { ...(options.limits ?? UNPACK_LIMITS), ...(scanned ? { heed: () => scanned(null) } : {}) };
  const opened = await toText(given, source, path.join(scratch, name), { ...options, limits }).catch((thrown: unknown) => {
    throw unreadable(given, thrown);
  });
  const { path: plain, format, compression, part, lines: lineMap, findings } = opened;
  const facts = { given, format, compression, part, lineMap, findings, bytesPath: plain };
  const told = options.encoding === undefined || format !== 'text' ? null : encodingNamed(options.encoding, opened.start);
  const marked = told ?? markedEncoding(opened.start);
  const ofSurvey = async (survey: Survey): Promise<TextFile> => {
    const encoding = told ? { ...told, controls: survey.encoding.controls } : survey.encoding;
    const named = opened.encoding ?? encoding;
    if ((isUtf8(encoding) && survey.zeros === 0) || survey.bytes === 0) {
      const { lines, evenLines, bytes } = survey;
      const textPath = plain === source ? await plainPath(plain, path.join(scratch, name)) : plain;
      return settledFile({ ...facts, textPath, encoding: named, lines, evenLines, empty: bytes <= encoding.markBytes });
    }
    const copy = path.join(scratch, `${name}.text`);
    await transcode(plain, copy, { encoding, scanned }).catch((thrown: unknown) => {
      throw unreadable(given, thrown);
    });
    const { lines, evenLines, bytes } = await surveyBytes(given, copy, { marked: null, scanned });
    const zeros = encoding.name.startsWith('UTF-16') ? [] : zeroFindings(survey.zeros);
    return settledFile({
      ...facts,
      findings: [...findings, ...zeros],
      textPath: copy,
      encoding: named,
      lines,
      evenLines,
      empty: bytes === 0,
    });
  };
  const seen = glance && marked === null ? await glanceAt(given, plain) : null;
  if (!glance || !seen) return ofSurvey(await surveyBytes(given, plain, { marked, scanned }));
  const heed = () => {
    if (glance.signal?.aborted) throw new WeirError('cancelled');
  };
  const supposed = await ofSurvey(seen);
  let whole: Promise<TextFile | null> | null = null;
  const settled = () => {
    // Nothing is written here: where it is otherwise, the file may be opened again at the same time.
    whole ??= surveyBytes(given, plain, { marked, scanned: heed }).then(({ encoding, lines, evenLines, zeros }) =>
      isUtf8(encoding) && evenLines && zeros === 0
        ? settledFile({ ...supposed, encoding: opened.encoding ?? encoding, lines })
        : null,
    );
    return whole;
  };
  return { ...supposed, settled };
}

function settledFile(file: Omit<TextFile, 'settled'>): TextFile {
  const whole: TextFile = { ...file, settled: () => Promise.resolve(whole) };
  return whole;
}

function zeroFindings(zeros: number): ImportFinding[] {
  if (zeros === 0) return [];
  const message = `${counted(zeros, 'byte')} of zero ${zeros === 1 ? 'stands' : 'stand'} in the text, where no letter is; ${zeros === 1 ? 'it was' : 'they were'} left out.`;
  return [finding('zero-bytes', null, zeros, { message, fix: 'Where cells look cut off, export the file again.' })];
}

function isUtf8({ name, controls }: Encoding): boolean {
  return name === 'UTF-8' && controls === 0;
}

/** What the start and the end of a long file lead one to suppose of all of it, its lines counted by their length; null where it is short, or not plainly UTF-8. */
async function glanceAt(given: string, file: string): Promise<Survey | null> {
  const handle = await open(file).catch((thrown: unknown) => {
    throw unreadable(given, thrown);
  });
  try {
    const { size } = await handle.stat();
    if (size < GLANCED_BYTES) return null;
    const watch = new EncodingWatch();
    const lines: number[] = [];
    let hasZeros = false;
    for (const from of [0, size - SEEN_BYTES]) {
      const { buffer } = await handle.read(Buffer.alloc(SEEN_BYTES), 0, SEEN_BYTES, from);
      const first = from === 0 ? 0 : buffer.indexOf(10) + 1;
      const part = buffer.subarray(first, buffer.lastIndexOf(10) + 1);
      watch.see(part);
      hasZeros ||= part.includes(0);
      const [feeds, returns] = [occurrences(part, 10), occurrences(part, 13)];
      if (feeds === 0 || (returns !== 0 && returns !== feeds)) return null;
      lines.push(feeds / part.length);
    }
    const encoding = watch.decide();
    const whole = isUtf8(encoding) && !hasZeros;
    return whole ? { encoding, lines: Math.round(size * Math.max(...lines)), evenLines: true, bytes: size, zeros: 0 } : null;
  } finally {
    await handle.close();
  }
}

/** Size and time of the last change of a file. */
export interface FileState {
  readonly bytes: number;
  readonly changedAt: number;
}

export async function fileState(given: string): Promise<FileState> {
  const facts = await stat(path.resolve(given)).catch(() => {
    throw new WeirError('file-missing', { file: given });
  });
  return { bytes: facts.size, changedAt: facts.mtimeMs };
}

/** Refuses a file that was written to since: what was read of it may be half of one state and half of another. */
export async function refuseChanged(given: string, since: FileState): Promise<void> {
  const now = await fileState(given);
  if (now.bytes === since.bytes && now.changedAt === since.changedAt) return;
  throw new WeirError('file-unreadable', {
    file: given,
    reason: 'it changed while it was read. Import it again once it is complete.',
  });
}

async function refuseNoFile(given: string, file: string): Promise<void> {
  const facts = await stat(file).catch(() => {
    throw new WeirError('file-missing', { file: given });
  });
  if (facts.isDirectory())
    throw new WeirError('file-unreadable', { file: given, reason: 'it is a folder. Name the files in it.' });
  if (!facts.isFile()) throw new WeirError('file-unreadable', { file: given, reason: 'it is no ordinary file.' });
}

async function surveyBytes(
  given: string,
  file: string,
  { marked, scanned }: { readonly marked: Encoding | null; readonly scanned: OpenOptions['scanned'] },
): Promise<Survey> {
  const { size } = await stat(file);
  const watch = marked && marked.name !== 'UTF-8' ? null : new EncodingWatch();
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let feeds = 0;
  let returns = 0;
  let bytes = 0;
  let zeros = 0;
  let last = 10;
  const handle = await open(file).catch((thrown: unknown) => {
    throw unreadable(given, thrown);
  });
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES).catch((thrown: unknown) => {
        throw unreadable(given, thrown);
      });
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      watch?.see(chunk);
      feeds += occurrences(chunk, 10);
      if (chunk.includes(0)) zeros += occurrences(chunk, 0);
      if (chunk.includes(13)) returns += occurrences(chunk, 13);
      bytes += bytesRead;
      last = chunk.at(-1) ?? last;
      scanned?.(bytes / size);
    }
  } finally {
    await handle.close();
  }
  const decided = watch?.decide() ?? marked ?? new EncodingWatch().decide();
  const encoding = marked && decided.name === marked.name ? { ...marked, controls: decided.controls } : decided;
  const lines = feeds + (last === 10 ? 0 : 1);
  return { encoding, lines, evenLines: returns === 0 || returns === feeds, bytes, zeros };
}

async function transcode(
  source: string,
  target: string,
  { encoding, scanned }: { readonly encoding: Encoding; readonly scanned: OpenOptions['scanned'] },
): Promise<void> {
  const decoder = iconv.decodeStream(encoding.name, { stripBOM: true });
  const bytes = createReadStream(source, { highWaterMark: CHUNK_BYTES });
  const heeded = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      scanned?.(null);
      yield chunk;
    }
  };
  const signs = new Transform({
    decodeStrings: false,
    transform: (text: string, _, done) => {
      const plain = text.includes('\0') ? text.replaceAll('\0', '') : text;
      done(null, encoding.name === 'UTF-8' ? withSigns(plain) : plain);
    },
  });
  await pipeline(heeded, decoder, signs, createWriteStream(target, { encoding: 'utf8' }));
}

export function unreadable(given: string, thrown: unknown): WeirError {
  if (thrown instanceof WeirError) return thrown;
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC') {
    return new WeirError('file-unreadable', { file: given, reason: DISK_FULL }, thrown.message);
  }
  if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'EACCES' || thrown.code === 'EPERM')) {
    return new WeirError('file-unreadable', { file: given, reason: FORBIDDEN }, thrown.message);
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new WeirError('file-unreadable', { file: given, reason }, reason);
}
