import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileChoices } from '../../../analytics/contract/file-choices.ts';
import { importFiles } from '../../../analytics/ingest/index.ts';
import { withWords } from '../../../analytics/ingest/profiles/null-words.ts';
import { type ImportBench, importBench } from '../scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const said = (name: string, content: string, choices: FileChoices = {}, profile?: string) => {
  const file = bench.file(name, content);
  const request = { files: [file], choices: { [file]: choices }, dryRun: false, ...(profile ? { profile } : {}) };
  return importFiles(bench.sql, request, { settings: bench.settings });
};
const leads = (columns: string) => bench.sql.rows({ text: `SELECT ${columns} FROM lead ORDER BY lead_id` });
const DAY = '2026-01-02T00:00:00Z';

test('words that are said mean no value in every column, whatever their case, and hold for the next file of the source', async () => {
  const content = (id: string) => `lead_id,created_at,converted_at,region\n${id},${DAY},TBD,Keine Angabe\n`;
  await expect(said('a.csv', content('A'))).resolves.toMatchObject({ files: [{ rows: { rejected: 1 } }] });
  await said('a.csv', content('A'), { nullWords: ['tbd', 'keine angabe'] });
  await said('b.csv', content('B'));
  expect(await leads('lead_id, converted_at, region')).toEqual([
    { lead_id: 'A', converted_at: null, region: null },
    { lead_id: 'B', converted_at: null, region: null },
  ]);
});

test('a usual word for no value may be a value, in the whole file or in one column', async () => {
  await said('a.csv', `lead_id,created_at,region,channel\nA,${DAY},N/A,N/A\n`, { columns: { region: { valueWords: ['n/a'] } } });
  await said('b.csv', `lead_id,created_at,region,product\nB,${DAY},-,-\n`, { valueWords: ['-'] });
  expect(await leads('region, channel, product')).toEqual([
    { region: 'N/A', channel: null, product: null },
    { region: '-', channel: null, product: '-' },
  ]);
});

test('what is said of a column goes before what is said of the file, and reaches ids, lists and plain numbers', async () => {
  const columns = { amount: { nullWords: ['0'] }, date: { nullWords: ['2099-01-01'] } };
  const report = await said('a.csv', 'spend_id,date,amount\nC1,2026-01-01,0\nC2,2026-01-01,7\nC3,2099-01-01,8\n', {
    table: 'marketing_spend',
    columns,
  });
  expect(report.files[0]?.rows).toMatchObject({ read: 3, inserted: 1, rejected: 2 });
  const ids = { lead_id: { nullWords: ['UNKNOWN'] }, is_duplicate_of: { nullWords: ['none'] } };
  const leadsFile = `lead_id,created_at,is_duplicate_of\nUNKNOWN,${DAY},none\nA,${DAY},none\n`;
  const second = await said('b.csv', leadsFile, { columns: ids, nullWords: ['A'], valueWords: ['none'] });
  expect(second.files[0]?.rows).toMatchObject({ inserted: 1, rejected: 1 });
  expect(await leads('lead_id, is_duplicate_of')).toEqual([{ lead_id: 'A', is_duplicate_of: null }]);
});

test('a member of a list may be said to mean no value', async () => {
  const content = `ticket_id,created_at,priority\nT1,${DAY},low\nT2,${DAY},high\n`;
  await said('a.csv', content, { columns: { priority: { nullWords: ['Low'] } } });
  expect(await bench.sql.rows({ text: 'SELECT priority FROM support_ticket ORDER BY line' })).toEqual([
    { priority: null },
    { priority: 'p2' },
  ]);
});

test('a profile says them too, and what is said of the file goes before it', async () => {
  const profile = bench.file(
    'p.json',
    JSON.stringify({
      name: 'ours',
      title: 'Ours',
      nullWords: ['tbd', 'open'],
      valueWords: ['n/a'],
      tables: { lead: { readAs: { updated_at_src: { nullWords: ['never'] } } } },
    }),
  );
  const content = `lead_id,created_at,region,channel,product,updated_at\nA,${DAY},tbd,n/a,open,never\n`;
  await said('a.csv', content, { valueWords: ['OPEN'] }, profile);
  expect(await leads('region, channel, product, updated_at_src')).toEqual([
    { region: null, channel: 'n/a', product: 'open', updated_at_src: null },
  ]);
});

test('the same file is read again where other words are said', async () => {
  const content = `lead_id,created_at,region\nA,${DAY},tbd\n`;
  await said('a.csv', content);
  expect((await said('a.csv', content, { nullWords: ['tbd'] })).files[0]?.rows).toMatchObject({ updated: 1 });
});

test('the last word counts, and leaves the others', () => {
  const before = { nullWords: ['a', 'b'], valueWords: ['c'] };
  expect(withWords(before, { nullWords: ['C'], valueWords: ['A'] })).toEqual({ nullWords: ['b', 'C'], valueWords: ['A'] });
  expect(withWords({}, {})).toEqual({});
});
