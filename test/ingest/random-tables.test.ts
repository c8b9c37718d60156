import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runs } from '../support/random.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeAll(async () => {
  bench = await importBench();
});
afterAll(() => bench.close());

const cell = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'é', '漢', ' ', ',', ';', '\t', '|', '"', "'", '\n', '\r\n', '=', '1', '.'),
    maxLength: 8,
  }),
  fc.constantFrom('', 'plain', '1,234.5', 'two\nlines', '"', '""', 'a,b;c'),
);
const tables = fc.record({
  rows: fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n'),
  mark: fc.boolean(),
  quoteAll: fc.boolean(),
  lastNewline: fc.boolean(),
});

test('random tables in random dialects are read back whole, each row with its line', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ rows, delimiter, newline, mark, quoteAll, lastNewline }) => {
      const written = (text: string) => (quoteAll || /[\n\r"'\t,;|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const line = (cells: readonly string[]) => cells.map(written).join(delimiter);
      const lines: number[] = [];
      let at = 2;
      for (const row of rows) {
        lines.push(at);
        at += 1 + row.join('').split(/\r\n|\n/).length - 1;
      }
      const body = rows.map((row, index) => line([`key ${index}`, '2026-01-01T00:00:00Z', ...row])).join(newline);
      const text = `${mark ? '\ufeff' : ''}${line(['lead_id', 'created_at', 'first note', 'second note'])}${newline}${body}${lastNewline ? newline : ''}`;
      await bench.sql.run({ text: 'DELETE FROM lead' });
      await bench.sql.run({ text: 'DELETE FROM import_file' });
      const report = await bench.importFile('random.csv', text);
      expect(report.files[0]?.rows, JSON.stringify(report)).toMatchObject({ read: rows.length, inserted: rows.length });
      const stored = await bench.sql.rows<{ lead_id: string; line: number; extra: string | null }>({
        text: 'SELECT lead_id, line, extra FROM lead ORDER BY line',
      });
      expect(stored.map((row) => row.line)).toEqual(lines);
      for (const [index, [first, second]] of rows.entries()) {
        const extra = JSON.parse(stored[index]?.extra ?? '{}') as Record<string, string>;
        expect([extra['first note'] ?? '', extra['second note'] ?? '']).toEqual([first.trim(), second.trim()]);
      }
    }),
    { numRuns: runs(60) },
  );
});
