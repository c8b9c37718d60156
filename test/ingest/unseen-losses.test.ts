import { afterEach, beforeEach, expect, test } from 'vitest';
import { undoBatch } from '../../analytics/ingest/index.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const HEADER = 'ticket_id,opened_at,resolved_at,priority\n';
const FIRST = `${HEADER}T1,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,High\nT2,2026-01-01T00:00:00Z,,Low\n`;

test('what an export leaves empty that was stored is cleared, and said, and undo brings it back', async () => {
  await bench.importFile('first.csv', FIRST);
  const before = await bench.content('support_ticket');
  const report = await bench.importFile(
    'changes.csv',
    `${HEADER}T1,2026-01-01T00:00:00Z,,High\nT2,2026-01-01T00:00:00Z,2026-01-03T00:00:00Z,\n`,
  );
  const [found] = (report.files[0]?.findings ?? []).filter(({ code }) => code === 'values-cleared');
  expect(found).toMatchObject({ count: 2, message: expect.stringContaining('resolved_at (1), priority (1)') });
  await undoBatch(bench.sql, report.batch ?? 0);
  expect(await bench.content('support_ticket')).toBe(before);
});

test('columns that a file lacks are not cleared', async () => {
  await bench.importFile('first.csv', FIRST);
  const report = await bench.importFile('channels.csv', 'ticket_id,opened_at,channel\nT1,2026-01-01T00:00:00Z,Phone\n');
  expect(report.files[0]?.findings.map(({ code }) => code)).not.toContain('values-cleared');
});

test('a key that is not met but for zeros at its beginning is said with how it is written there', async () => {
  await bench.importFile('deals.csv', 'opp_id,created_at\n0001234,2026-01-01T00:00:00Z\n');
  const report = await bench.importFile('quotes.csv', 'quote_id,opp_id,issued_at\nQ1,1234,2026-01-02T00:00:00Z\n');
  expect(report.files[0]?.findings).toContainEqual(
    expect.objectContaining({ code: 'key-not-met', message: expect.stringContaining('"1234" is there as "0001234"') }),
  );
});

test('rows of a value stream that the workspace does not have are said, for they count nowhere', async () => {
  const rows = 'case_id,stream_id,opened_at\nC1,NCV-01,2026-01-01T00:00:00Z\nC2,NCV01,2026-01-01T00:00:00Z\n';
  const report = await bench.importFile('cases.csv', rows, { streams: ['NCV-01', 'NCV-02'] });
  expect(report.files[0]?.findings).toContainEqual(
    expect.objectContaining({ code: 'stream-unknown', count: 1, fix: expect.stringContaining('Write NCV-01 or NCV-02') }),
  );
});
