import { open } from 'node:fs/promises';
import type { TextFile } from '../bytes/text-file.ts';
import { LineTooLong } from './records.ts';

const START_BYTES = 262_144;
const OTHER_BYTES = 65_536;
const LONGEST_START = 64_000_000;

/** Pieces of a text that begin and end with a line; the first is its start. */
export interface Samples {
  readonly pieces: readonly string[];
  /** True where the first piece is all there is. */
  readonly whole: boolean;
}

/** Takes samples of the start, the middle and the end. A first line longer than 64 million characters is refused. */
export async function takeSamples(file: TextFile): Promise<Samples> {
  const handle = await open(file.textPath);
  try {
    const { size } = await handle.stat();
    const take = async (from: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(length, size)), 0, Math.min(length, size), from);
      return buffer.toString('utf8', 0, bytesRead);
    };
    let length = START_BYTES;
    let start = (await take(0, length)).replace(/^\uFEFF/, '');
    while (size > length && !/[\r\n]/.test(start)) {
      if (length >= LONGEST_START) throw new LineTooLong(1);
      length *= 16;
      start = (await take(0, length)).replace(/^\uFEFF/, '');
    }
    if (size <= length) return { pieces: [start], whole: true };
    const later = [Math.floor(size / 2), Math.max(length, size - OTHER_BYTES)];
    const others = await Promise.all(later.map((from) => take(from, OTHER_BYTES)));
    return { pieces: [untilLastLine(start), ...others.map((text) => untilLastLine(text.slice(firstBreak(text))))], whole: false };
  } finally {
    await handle.close();
  }
}

/** Where the first whole line begins; a piece of one long line has none. */
function firstBreak(text: string): number {
  const at = text.search(/[\r\n]/);
  return at === -1 ? text.length : at + 1;
}

function untilLastLine(text: string): string {
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return end === -1 ? text : text.slice(0, end + 1);
}
