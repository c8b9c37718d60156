import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { fingerprint } from '../../analytics/ingest/bytes/fingerprint.ts';
import { occurrences } from '../../analytics/ingest/bytes/occurrences.ts';
import '../support/random.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'weir-bytes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a byte is counted wherever it stands, whatever stands beside it', () => {
  const byte = fc.constantFrom(0, 9, 10, 11, 13, 138, 255, 65);
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), fc.integer({ min: 0, max: 7 }), byte, (bytes, from, wanted) => {
      const all = Buffer.from([...Array.from({ length: from }, () => wanted), ...bytes]).subarray(from);
      expect(occurrences(all, wanted)).toBe(bytes.filter((each) => each === wanted).length);
    }),
  );
});

test('a byte is counted in more of them than the sums side by side can hold', () => {
  expect(occurrences(Buffer.alloc(100_003, 10), 10)).toBe(100_003);
  expect(occurrences(Buffer.alloc(100_003, 11), 10)).toBe(0);
});

test.each([
  ['few', 500_000],
  ['many', 5_000_000],
])('the fingerprint is the SHA-256 of the bytes, where there are %s', async (_, times) => {
  const bytes = Buffer.from('weir '.repeat(times));
  const file = path.join(folder, "it's.csv");
  writeFileSync(file, bytes);
  expect(await fingerprint(file)).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('a fingerprint that is taken back, or of a file that is not there, is refused', async () => {
  const file = path.join(folder, 'long.csv');
  writeFileSync(file, Buffer.alloc(50_000_000));
  const stop = new AbortController();
  const digest = fingerprint(file, stop.signal);
  stop.abort();
  await expect(digest).rejects.toThrow();
  await expect(fingerprint(path.join(folder, 'none.csv'))).rejects.toThrow('none.csv');
});
