import { isAscii, isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { WeirError } from '../../contract/errors.ts';
import { ENCODINGS } from '../../contract/file-choices.ts';
import type { ImportFinding } from '../../contract/import-report.ts';
import { counted, examples, finding } from '../finding.ts';
import { looksLike } from './code-page.ts';

/** How a file's bytes stand for text: the name iconv-lite knows it by, and how it was decided. */
export interface Encoding {
  readonly name: (typeof ENCODINGS)[number];
  /** Bytes of the mark at the start that are no text. */
  readonly markBytes: number;
  /** True where no letter beyond ASCII occurs, so that it is the same text in most encodings. */
  readonly plain: boolean;
  /** True where the bytes allow other readings too. */
  readonly assumed: boolean;
  /** True where parts of the bytes look like UTF-8 and others are not: some letters will be wrong in either reading. */
  readonly mixed: boolean;
  /** Where it is assumed, a word as it was read with letters beyond ASCII. */
  readonly example?: string;
  /** Where it is assumed, another encoding that the words look like. */
  readonly other?: string;
  /** Letters that are the control characters of ISO-8859-1: signs of Windows-1252 that a program on the way took for those. */
  readonly controls: number;
}

const sure = (name: Encoding['name'], markBytes: number): Encoding => ({
  name,
  markBytes,
  plain: false,
  assumed: false,
  mixed: false,
  controls: 0,
});

/** The encoding that a mark at the start of the file, or the zero bytes of UTF-16, give away; null where nothing does. */
export function markedEncoding(start: Buffer): Encoding | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return sure('UTF-8', 3);
  if (start[0] === 0xff && start[1] === 0xfe) return sure('UTF-16LE', 2);
  if (start[0] === 0xfe && start[1] === 0xff) return sure('UTF-16BE', 2);
  const zeros = [0, 0];
  const sample = start.subarray(0, 4096);
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 5 && even < odd / 20) return { ...sure('UTF-16LE', 0), assumed: true };
  if (even > sample.length / 5 && odd < even / 20) return { ...sure('UTF-16BE', 0), assumed: true };
  return null;
}

const NAMES: Readonly<Record<string, Encoding['name']>> = {
  ...Object.fromEntries(ENCODINGS.map((name) => [folded(name), name])),
  utf16: 'UTF-16LE',
  cp1252: 'Windows-1252',
  ansi: 'Windows-1252',
  latin1: 'ISO-8859-1',
  latin9: 'ISO-8859-15',
  cp1250: 'Windows-1250',
  cp1251: 'Windows-1251',
  cp1253: 'Windows-1253',
  cp1254: 'Windows-1254',
  cp1257: 'Windows-1257',
  latin2: 'ISO-8859-2',
  cp866: 'IBM866',
  gbk: 'GB18030',
  gb2312: 'GB18030',
  sjis: 'Shift_JIS',
};

/** The encoding that a user calls by one of its names. */
export function encodingNamed(given: string, start: Buffer): Encoding {
  const name = NAMES[folded(given)];
  if (!name) {
    throw new WeirError('bad-request', {
      reason: `there is no encoding ${given}. The encodings are: ${ENCODINGS.join(', ')}.`,
    });
  }
  const marked = markedEncoding(start);
  if (folded(given) === 'utf16' && marked?.name === 'UTF-16BE') return marked;
  return sure(name, marked?.name === name ? marked.markBytes : 0);
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Watches the bytes of a file go by and says, at the end, how they are encoded. */
export class EncodingWatch {
  #utf8 = true;
  #tail: Buffer = Buffer.alloc(0);
  #controls = false;
  #euro = false;
  #pairs = 0;
  #lead = false;
  #misread = 0;
  readonly #strange: Buffer[] = [];

  see(chunk: Buffer): void {
    if (this.#utf8 && this.#tail.length === 0 && isAscii(chunk)) return;
    if (this.#utf8) this.#checkUtf8(chunk);
    if (!this.#utf8) this.#checkSingleBytes(chunk);
  }

  /** The encoding of a file without mark. */
  decide(): Encoding {
    if (this.#utf8 && this.#tail.length === 0) return { ...sure('UTF-8', 0), plain: this.#pairs === 0, controls: this.#misread };
    const guesses = this.#strange.length > 0 ? analyse(Buffer.concat(this.#strange)).map((guess) => guess.name) : [];
    if (this.#euro && !this.#controls && guesses.some((name) => name.startsWith('ISO-8859'))) {
      return { ...sure('ISO-8859-15', 0), assumed: true, ...this.#example('ISO-8859-15') };
    }
    const other = looksLike(Buffer.concat(this.#strange));
    return {
      ...sure('Windows-1252', 0),
      assumed: true,
      mixed: this.#pairs > 0,
      ...this.#example('Windows-1252'),
      ...(other === null ? {} : { other }),
    };
  }

  /** A word with letters beyond ASCII, in this reading. */
  #example(name: Encoding['name']): { readonly example?: string } {
    const text = iconv.decode(this.#strange[0] ?? Buffer.alloc(0), name);
    const word = /[\p{L}\p{N} ]*[^\p{ASCII}\p{Cc}][^\p{Cc},;|"]*/u.exec(text)?.[0].trim();
    return word ? { example: word } : {};
  }

  #checkUtf8(chunk: Buffer): void {
    const bytes = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk;
    const whole = wholeCharacters(bytes);
    this.#utf8 = isUtf8(bytes.subarray(0, whole));
    if (this.#utf8) {
      this.#pairs = Math.max(this.#pairs, 1);
      this.#misread += misreadControls(bytes.subarray(0, whole));
    }
    this.#tail = this.#utf8 ? Buffer.from(bytes.subarray(whole)) : Buffer.alloc(0);
    if (!this.#utf8 && bytes !== chunk) this.#checkSingleBytes(bytes.subarray(0, bytes.length - chunk.length));
  }

  #checkSingleBytes(chunk: Buffer): void {
    for (const byte of chunk) {
      if (byte >= 0x80 && byte < 0xa0) this.#controls = true;
      if (this.#lead && byte >= 0x80 && byte < 0xc0) this.#pairs++;
      this.#lead = byte === 0xc2 || byte === 0xc3;
      if (byte === 0xa4) this.#euro = true;
    }
    if (this.#strange.length < 4) this.#strange.push(Buffer.from(chunk.subarray(0, 65_536)));
  }
}

/** Characters U+0080 to U+009F in UTF-8: two bytes, the first of which is always 0xC2. */
function misreadControls(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0xc2); at !== -1; at = bytes.indexOf(0xc2, at + 2)) if ((bytes[at + 1] ?? 0xff) < 0xa0) count++;
  return count;
}

/** The text with the signs that Windows-1252 has where ISO-8859-1 has control characters; it lacks five of them. */
export function withSigns(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => {
    const sign = iconv.decode(Buffer.from([control.charCodeAt(0)]), 'windows-1252');
    return sign === '\ufffd' ? control : sign;
  });
}

/** How many bytes at the start hold whole UTF-8 characters; up to three at the end may begin one. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** What a user must know of the encoding that a file was read in: what was assumed, and what was mended. */
export function encodingFindings(encoding: Encoding): ImportFinding[] {
  const found: ImportFinding[] = [];
  if (encoding.assumed) {
    const example = encoding.example === undefined ? '' : `, for example ${examples([encoding.example])}`;
    const message = `The bytes allow several readings; they were read as ${encoding.name}${example}.`;
    const fix =
      encoding.other === undefined
        ? 'Where letters look wrong, say the encoding, or export as UTF-8.'
        : `The words look like ${encoding.other}: say that it is the encoding, or export as UTF-8.`;
    found.push(finding('encoding-assumed', null, 1, { message, fix }));
  }
  if (encoding.mixed) {
    const message =
      'Some bytes look like UTF-8 and others are not: the file mixes encodings, and letters with accents may be wrong.';
    found.push(finding('encoding-mixed', null, 1, { message, fix: 'Export the file again in one encoding, best UTF-8.' }));
  }
  if (encoding.controls > 0) {
    const message = `${counted(encoding.controls, 'sign')} of Windows-1252 (curly quotation marks, dashes, the euro) stood as control characters; they were read as the signs.`;
    found.push(finding('encoding-mended', null, encoding.controls, { message }));
  }
  return found;
}
