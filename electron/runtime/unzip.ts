import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

const SYMLINK = 0o120000;
const FILE_TYPE = 0o170000;

/** Unpacks what lies under `prefix` of a zip archive into `folder`, with file modes and links as they were packed. */
export async function unzip(archive: string, prefix: string, folder: string): Promise<void> {
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.startsWith(prefix) || entry.fileName.endsWith('/')) continue;
      const target = join(folder, entry.fileName.slice(prefix.length));
      if (!target.startsWith(folder + sep)) throw new Error(`The archive names a file outside its folder: ${entry.fileName}`);
      await mkdir(dirname(target), { recursive: true });
      await place(zip, entry, target);
    }
  } finally {
    zip.close();
  }
}

async function place(zip: ZipFile, entry: Entry, target: string): Promise<void> {
  const mode = entry.externalFileAttributes >>> 16;
  const content = await zip.openReadStreamPromise(entry);
  if ((mode & FILE_TYPE) === SYMLINK) {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk as Buffer);
    await symlink(Buffer.concat(chunks).toString(), target);
    return;
  }
  await pipeline(content, createWriteStream(target, { mode: mode & 0o777 || 0o644 }));
}
