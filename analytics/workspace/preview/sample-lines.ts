import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import iconv from 'iconv-lite';
import type { Dialect, FileReport } from '../../contract/import-report.ts';

/** The text of the asked lines of a file, in the encoding that was found; reads no further than the last of them. */
export async function linesOf(
  report: Pick<FileReport, 'file' | 'encoding'>,
  wanted: readonly number[],
): Promise<Map<number, string>> {
  const last = Math.max(...wanted);
  const asked = new Set(wanted);
  const found = new Map<number, string>();
  const source = createReadStream(report.file);
  const bytes = (await isGzip(report.file)) ? source.pipe(createGunzip()) : source;
  const text = bytes.pipe(iconv.decodeStream(report.encoding)) as unknown as Readable;
  let number = 0;
  for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (asked.has(number)) found.set(number, line);
    if (number >= last) break;
  }
  source.destroy();
  return found;
}

/** The cells of a line. For showing a sample only: a cell that runs over several lines ends with its first. */
export function cellsOf(line: string, { delimiter, quote }: Pick<Dialect, 'delimiter' | 'quote'>): string[] {
  const cells: string[] = [];
  let cell = '';
  let inside = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (inside && sign === quote && line[at + 1] === quote) {
      cell += quote;
      at += 1;
    } else if (sign === quote && quote !== '' && (inside || cell === '')) inside = !inside;
    else if (!inside && line.startsWith(delimiter, at)) {
      cells.push(cell);
      cell = '';
      at += delimiter.length - 1;
    } else cell += sign;
  }
  return line === '' ? [] : [...cells, cell];
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}
