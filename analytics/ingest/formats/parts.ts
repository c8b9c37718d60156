import { open } from 'node:fs/promises';
import path from 'node:path';
import { UNPACK_LIMITS, ZipArchive } from './archive.ts';
import { isWorkbook, sheetNames } from './workbook.ts';

/** What there is to choose within a file: the sheets of a workbook, the files of an archive; nothing of any other file. */
export async function partsOf(file: string): Promise<readonly string[]> {
  const source = path.resolve(file);
  if (!(await isZip(source))) return [];
  const zip = await ZipArchive.open(source);
  try {
    if (isWorkbook(zip)) return await sheetNames(zip, UNPACK_LIMITS);
    return zip.entries.map(({ fileName }) => fileName).filter((name) => !/(^|\/)(\.|__MACOSX\/)|\/$/.test(name));
  } finally {
    zip.close();
  }
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === 'PK';
  } finally {
    await handle.close();
  }
}
