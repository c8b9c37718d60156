import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Entry, open, type ZipFile } from 'yauzl';

/** What an archive may unpack to before it is taken for a bomb. */
export interface UnpackLimits {
  /** Times the size of the archive; counts only above `freeBytes`. */
  readonly ratio: number;
  readonly freeBytes: number;
  readonly mostBytes: number;
  /** Called over and over as it is unpacked; throws where that is to stop. */
  readonly heed?: () => void;
}

export const UNPACK_LIMITS: UnpackLimits = { ratio: 200, freeBytes: 1e9, mostBytes: 200e9 };

/** Unpacks a gzip file to `target`. */
export async function gunzip(source: string, target: string, limits: UnpackLimits): Promise<void> {
  const { size } = await stat(source);
  await pipeline(createReadStream(source), createGunzip(), guarded(size, limits), createWriteStream(target));
}

/** An open zip archive: its files in order, and a stream of each. */
export class ZipArchive {
  readonly entries: readonly Entry[];
  readonly #zip: ZipFile;
  readonly #bytes: number;

  private constructor(zip: ZipFile, entries: readonly Entry[], bytes: number) {
    this.#zip = zip;
    this.entries = entries;
    this.#bytes = bytes;
  }

  static async open(source: string): Promise<ZipArchive> {
    const { size } = await stat(source);
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      open(source, { lazyEntries: true, autoClose: false }, (fault, opened) => (fault ? reject(fault) : resolve(opened)));
    });
    const entries: Entry[] = [];
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject).on('end', resolve);
      zip.on('entry', (entry: Entry) => {
        if (!entry.fileName.endsWith('/')) entries.push(entry);
        if (entries.length > 100_000) reject(new Error('it holds more than 100,000 files.'));
        else zip.readEntry();
      });
      zip.readEntry();
    });
    return new ZipArchive(zip, entries, size);
  }

  entry(name: string): Entry | undefined {
    return this.entries.find((entry) => entry.fileName === name);
  }

  /** The bytes of one file; the stream fails where they are far more than an honest archive of this size holds. */
  async *read(entry: Entry, limits: UnpackLimits): AsyncGenerator<Buffer> {
    const stream = await new Promise<Readable>((resolve, reject) => {
      this.#zip.openReadStream(entry, (fault, opened) => (fault ? reject(fault) : resolve(opened)));
    });
    yield* guarded(this.#bytes, limits)(stream);
  }

  async unpack(entry: Entry, target: string, limits: UnpackLimits): Promise<void> {
    await pipeline(this.read(entry, limits), createWriteStream(target));
  }

  close(): void {
    this.#zip.close();
  }
}

const BY_HAND = 'as no export does. If it is right all the same, unpack it and import what comes out.';

function guarded(packed: number, { ratio, freeBytes, mostBytes, heed }: UnpackLimits) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let written = 0;
    for await (const chunk of chunks) {
      heed?.();
      written += chunk.length;
      if (written > freeBytes && written > packed * ratio)
        throw new Error(`it unpacks to more than ${ratio} times its size, ${BY_HAND}`);
      if (written > mostBytes) throw new Error(`it unpacks to more than ${mostBytes} bytes, ${BY_HAND}`);
      yield chunk;
    }
  };
}
