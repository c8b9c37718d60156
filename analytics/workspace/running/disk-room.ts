import { statfs } from 'node:fs/promises';

/** How much may still be written where `folder` lies, in MB (10^6 bytes). */
export async function diskRoomMb(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / 1e6;
}
