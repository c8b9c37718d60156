import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileChoices } from '../../analytics/contract/file-choices.ts';
import { importFiles } from '../../analytics/ingest/index.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const bring = (name: string, days: readonly string[], choices: FileChoices = {}, more = '') => {
  const rows = days.map((day, index) => `${name}${String(index).padStart(2, '0')},${day}${more}\n`);
  const file = bench.file(`${name}.csv`, `lead_id,created_at${more && ',note'}\n${rows.join('')}`);
  return importFiles(bench.sql, { files: [file], choices: { [file]: choices }, dryRun: false }, { settings: bench.settings });
};
const stored = async () =>
  (await bench.sql.rows<{ at: string }>({ text: 'SELECT created_at AS at FROM lead ORDER BY lead_id' })).map(({ at }) =>
    at.slice(0, 16),
  );
const codes = async (report: ReturnType<typeof bring>) => (await report).files[0]?.findings.map(({ code }) => code);

test('one day that can be nothing else turns the whole column, but for times that are ISO 8601 by their T', async () => {
  const report = bring('a', [
    '2024-05-04',
    '2024-25-04',
    '2024-5-4 10:30',
    '2024-05-04T10:30:00Z',
    '2024-05-04 10:30:00+02:00',
    '2024/05/04 01:00 PM',
  ]);
  expect(await stored().then(() => report.then(stored))).toEqual([
    '2024-04-05T00:00',
    '2024-04-25T00:00',
    '2024-04-05T10:30',
    '2024-05-04T10:30',
    '2024-04-05T08:30',
    '2024-04-05T13:00',
  ]);
  expect(await codes(report)).toContain('time-form');
});

test('days as ISO 8601 has them stay so, and nothing is said of them', async () => {
  expect(await codes(bring('a', ['2024-05-04T00:00:00Z', '2024-04-25T00:00:00Z']))).toEqual([]);
});

test('a file whose days may be either is read as another file of its source settled, plain as it looks', async () => {
  await bring('a', ['2024-25-04 00:00:00Z']);
  const next = bring('b', ['2024-05-04 00:00:00Z']);
  expect(await codes(next)).toContain('order-remembered');
  expect(await stored()).toEqual(['2024-04-25T00:00', '2024-04-05T00:00']);
});

test('a long file is no exception', async () => {
  const long = ','.padEnd(60, 'x');
  const days = Array.from({ length: 12_000 }, () => '2024-05-04 00:00:00Z');
  await bring('a', ['2024-25-04 00:00:00Z'], {}, long);
  await bring('b', days, {}, long);
  expect(new Set(await stored())).toEqual(new Set(['2024-04-25T00:00', '2024-04-05T00:00']));
});

test('files of one source that contradict each other are refused with both examples', async () => {
  await bring('a', ['2024-25-04']);
  await expect(bring('b', ['2024-04-25 00:00:00Z'])).rejects.toMatchObject({
    code: 'source-contradicts',
    message: expect.stringMatching(/2024-04-25.*2024-25-04/),
  });
  const said = bring('b', ['2024-04-25T00:00:00Z', '2024-05-04T00:00:00Z'], {
    columns: { created_at: { afterYear: 'month-first' } },
  });
  await said;
  expect(await stored()).toEqual(['2024-04-25T00:00', '2024-04-25T00:00', '2024-05-04T00:00']);
});

test('a column that mixes both orders is asked about, and the answer is in force for the days that fit both', async () => {
  const days = ['2024-25-04', '2024-04-25', '2024-05-04', '2024-26-04'];
  await expect(bring('a', days)).rejects.toMatchObject({
    code: 'column-mixed',
    questions: [{ kind: 'after-year', header: 'created_at' }],
  });
  const turned = await bring('a', days, { columns: { created_at: { afterYear: 'day-first' } } });
  expect(turned.files[0]?.rows).toMatchObject({ inserted: 3, rejected: 1 });
  expect(await stored()).toEqual(['2024-04-25T00:00', '2024-04-05T00:00', '2024-04-26T00:00']);
});

test('a slip among days of the other order is rejected and said, and turns nothing', async () => {
  const days = Array.from({ length: 40 }, (_, index) => `2024-04-${String(13 + (index % 15)).padStart(2, '0')}`);
  const report = await bring('a', [...days, '2024-25-04', '2024-05-04']);
  expect(report.files[0]?.rows).toMatchObject({ inserted: 41, rejected: 1 });
  expect(report.files[0]?.findings).toContainEqual(expect.objectContaining({ code: 'slipped-day', count: 1 }));
  expect((await stored()).at(-1)).toBe('2024-05-04T00:00');
});

test('an order that is said of days with slashes turns no day that begins with its year', async () => {
  await bring('a', ['03/04/2024', '2024-05-04'], { columns: { created_at: { dateOrder: 'day-first' } } });
  expect(await stored()).toEqual(['2024-04-03T00:00', '2024-05-04T00:00']);
});

test('a time that is no ISO 8601 for all its T is rejected, and turns no other', async () => {
  const report = await bring('a', ['2026-13-09T10:00:00Z', '2026-01-09T10:00:00Z']);
  expect(report.files[0]?.rows).toMatchObject({ inserted: 1, rejected: 1 });
  expect(await stored()).toEqual(['2026-01-09T10:00']);
});
