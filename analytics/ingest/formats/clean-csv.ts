import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { LineMap } from './line-map.ts';

/**
 * Writes rows as CSV by RFC 4180 in UTF-8 with line feeds, at the speed at which the disk takes them; `lines` tells where each
 * stood in the file that they come from.
 */
export class CleanCsv {
  readonly #stream: WriteStream;
  #failed: Error | null = null;
  #waiting = '';
  #line = 1;
  readonly lines = new LineMap();

  constructor(target: string) {
    this.#stream = createWriteStream(target);
    this.#stream.on('error', (fault) => {
      this.#failed = fault;
    });
  }

  /** Writes one row; `line` is where it stands in the file it comes from, if it stands there. */
  async row(cells: readonly string[], line?: number): Promise<void> {
    if (line !== undefined) this.lines.note(this.#line, line);
    this.#waiting += `${cells.map((cell) => (cell === '' && cells.length === 1 ? '""' : this.#written(cell))).join(',')}\n`;
    this.#line++;
    if (this.#waiting.length > 65_536) await this.#flush();
  }

  async end(): Promise<void> {
    await this.#flush();
    this.#stream.end();
    await once(this.#stream, 'close');
    if (this.#failed) throw this.#failed;
  }

  #written(cell: string): string {
    if (!/[",\r\n]/.test(cell)) return cell;
    this.#line += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
    return `"${cell.replaceAll('"', '""')}"`;
  }

  async #flush(): Promise<void> {
    if (this.#failed) throw this.#failed;
    const text = this.#waiting;
    this.#waiting = '';
    if (!text || this.#stream.write(text)) return;
    const heard = new AbortController();
    await Promise.race(['drain', 'close'].map((event) => once(this.#stream, event, { signal: heard.signal })));
    heard.abort();
  }
}
