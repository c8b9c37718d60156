import { expect, it } from 'vitest';
import { builtInMetrics } from '../../analytics/catalogue/built-in-metrics.ts';
import { builtInStreams } from '../../analytics/streams/index.ts';

/** The build writes what was read of the shipped files as data, in the order of its fields, which fingerprints rest on. */
it.each([
  ['metrics', builtInMetrics],
  ['streams', builtInStreams],
])('what is read of the shipped %s is the same once it was written as data', (_, read) => {
  const written = JSON.stringify(read());
  expect(read().length).toBeGreaterThan(0);
  expect(JSON.parse(written)).toStrictEqual(read());
  expect(JSON.stringify(JSON.parse(written))).toBe(written);
});
