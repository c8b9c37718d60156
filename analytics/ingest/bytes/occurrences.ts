/** How often the sums of four bytes side by side can grow by one before they run into one another. */
const ROUNDS = 255;

/** How often a byte occurs. Four bytes are looked at together: a line a count would be too slow for files of gigabytes. */
export function occurrences(bytes: Buffer, byte: number): number {
  const before = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4);
  const size = (bytes.length - before) >>> 2;
  const words = size === 0 ? new Uint32Array() : new Uint32Array(bytes.buffer, bytes.byteOffset + before, size);
  let count = 0;
  for (let at = 0; at < before; at += 1) if (bytes[at] === byte) count += 1;
  for (let at = before + 4 * words.length; at < bytes.length; at += 1) if (bytes[at] === byte) count += 1;
  const pattern = Math.imul(byte, 0x01010101);
  for (let from = 0; from < words.length; from += ROUNDS) {
    const to = Math.min(words.length, from + ROUNDS);
    let sums = 0;
    for (let at = from; at < to; at += 1) {
      const other = (words[at] as number) ^ pattern;
      // The highest bit of a byte is left unset where all of it is zero.
      sums = (sums + ((~(((other & 0x7f7f7f7f) + 0x7f7f7f7f) | other) >>> 7) & 0x01010101)) | 0;
    }
    count += (sums & 0xff) + ((sums >>> 8) & 0xff) + ((sums >>> 16) & 0xff) + (sums >>> 24);
  }
  return count;
}
