import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportReport, RejectedRow } from '../../analytics/contract/import-report.ts';
import { zipFile } from '../ingest/reading/zip-file.ts';
import { weir, weirJson } from './weir-command.ts';

let folder: string;
let workspace: string;
/** A workspace in which nothing is ever imported. */
let empty: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-import-command-'));
  empty = join(folder, 'empty');
  await weir('init', empty);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A workspace of the test's own. */
async function init(): Promise<void> {
  workspace = join(folder, `w${count++}`);
  await weir('init', workspace);
}

async function written(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const imported = async (file: string, ...options: string[]) => {
  const { files } = await weirJson<ImportReport>('import', workspace, file, ...options);
  return files[0];
};
/** The text of the first rejected row, which shows how its file was cut. */
const rejected = async () => weirJson<RejectedRow[]>('rejects', workspace);

test('--map says what a column fills and what is kept beside the row, a header with = in it too', async () => {
  await init();
  const file = await written('map.csv', 'Kode,a=b,region\nK1,2026-01-02T00:00:00Z,North\n');
  const report = await imported(file, '--table', 'lead', '--map', 'Kode=lead_id', '--map', 'a=b=created_at', '--map', 'region=');
  expect(report).toMatchObject({ table: 'lead', rows: { read: 1, inserted: 1 } });
  expect(report?.findings).toContainEqual(
    expect.objectContaining({ code: 'unknown-column', message: expect.stringContaining('region') }),
  );
});

test('--encoding, --delimiter, --quote and --header-line say how the bytes become rows', async () => {
  await init();
  const bytes = iconv.encode("made by hand\nlead_id|created_at|region\nK1|soon|'M\u00fc|€'\n", 'ISO-8859-15');
  const file = await written('layout.csv', bytes);
  const report = await imported(file, '--encoding', 'latin9', '--delimiter', '|', '--quote', "'", '--header-line', '2');
  expect(report).toMatchObject({ encoding: 'ISO-8859-15', dialect: { delimiter: '|', quote: "'", headerLine: 2 } });
  expect((await rejected())[0]).toMatchObject({ line: 3, column: 'created_at', text: expect.stringContaining('Mü|€') });
});

test('--delimiter takes \\t for a tab, and --quote none for no quotation mark', async () => {
  await init();
  const file = await written('tabs.csv', 'lead_id\tcreated_at\tregion\n"K1\t2026-01-02T00:00:00Z\t"North\n');
  const report = await imported(file, '--delimiter', '\\t', '--quote', 'none');
  expect(report).toMatchObject({ dialect: { delimiter: '\t', quote: '' }, rows: { read: 1, inserted: 1, rejected: 0 } });
});

test('--sheet names the file within an archive; without it the sentence says which there are', async () => {
  await init();
  const leads = (id: string) => `lead_id,created_at\n${id},2026-01-02T00:00:00Z\n`;
  const file = await written('two.zip', zipFile({ 'a.csv': leads('A'), 'b.csv': `${leads('B')}C,2026-01-03T00:00:00Z\n` }));
  const refused = await weir('import', workspace, file);
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/a\.csv, b\.csv\. Say which one.*--sheet NAME/) });
  expect(await imported(file, '--sheet', 'b.csv')).toMatchObject({ rows: { read: 2, inserted: 2 } });
});

test('--date-order, --decimal-mark and --time-zone settle what the values leave open, and each question names its option', async () => {
  await init();
  const spend = await written('spend.csv', 'spend_id,date,amount\nM1,03/04/2026,"1,234"\n');
  const days = await weir('import', workspace, spend);
  expect(days).toMatchObject({ code: 1, err: expect.stringContaining('--date-order day-first') });
  const marks = await weir('import', workspace, spend, '--date-order', 'day-first');
  expect(marks).toMatchObject({ code: 1, err: expect.stringContaining('--decimal-mark') });
  expect(marks.err).not.toContain('--date-order');
  expect(await imported(spend, '--date-order', 'day-first', '--decimal-mark', ',')).toMatchObject({ rows: { inserted: 1 } });
  const leads = await written('leads.csv', 'lead_id,created_at\nL1,2026-01-02 10:00\n');
  const report = await imported(leads, '--time-zone', 'Asia/Tokyo');
  expect(report?.findings).toContainEqual(
    expect.objectContaining({ code: 'zone-assumed', message: expect.stringContaining('Asia/Tokyo time') }),
  );
});

test('--null-word and --value-word may be given several times, and hold for the next file of the source', async () => {
  await init();
  const content = (id: string) => `lead_id,created_at,converted_at,region\n${id},2026-01-02T00:00:00Z,tbd,N/A\n`;
  const file = await written('words.csv', content('A'));
  const report = await imported(file, '--null-word', 'TBD', '--null-word', 'open', '--value-word', 'n/a');
  expect(report).toMatchObject({ rows: { inserted: 1, rejected: 0 } });
  expect(await imported(await written('next.csv', content('B')))).toMatchObject({ rows: { inserted: 1, rejected: 0 } });
});

test('--full reports the rows that are gone and names the option that takes them out; --remove-gone does', async () => {
  await init();
  const leads = (...ids: string[]) => `lead_id,created_at\n${ids.map((id) => `${id},2026-01-02T00:00:00Z\n`).join('')}`;
  await imported(await written('all.csv', leads('A', 'B')));
  const rest = await written('rest.csv', leads('A'));
  const told = await weir('import', workspace, rest, '--full');
  expect(told.out).toMatch(/"B"\. It was left as it is\. .*--remove-gone/);
  const taken = await weir('import', workspace, rest, '--remove-gone');
  expect(taken.out).toContain('It was taken out. Undo this import');
  expect(taken.out).not.toContain('--remove-gone');
});

test.each([
  ['--map without a column', ['--map', 'Kode'], '--map takes a header and a column'],
  ['a header that the file does not have', ['--map', 'Nope=lead_id'], 'no column called Nope'],
  ['a column that the table does not have', ['--table', 'lead', '--map', 'lead_id=colour'], 'has no column colour'],
  ['a table that is none', ['--table', 'leed'], 'There is no table leed'],
  ['a profile that is none', ['--profile', 'sap'], 'weir profiles DIR lists them'],
  ['an encoding that is none', ['--encoding', 'klingon'], 'there is no encoding klingon'],
  ['a delimiter that is empty', ['--delimiter', ''], 'The delimiter is empty'],
  ['a quotation mark of two signs', ['--quote', '""'], 'A quotation mark is one character'],
  ['a header line that is no number', ['--header-line', 'two'], '--header-line is a number from 1'],
  ['a header line beyond the file', ['--header-line', '99'], 'line 99'],
  ['an order that is none', ['--date-order', 'year-first'], '--date-order is day-first or month-first'],
  ['a mark that is none', ['--decimal-mark', ';'], '--decimal-mark is . or ,'],
  ['a zone that is none', ['--time-zone', 'Mars/Olympus'], 'IANA time zone'],
  ['a word that is empty', ['--null-word', ' '], 'A word is empty'],
])('%s is refused in words', async (_, options, words) => {
  const file = await written('refused.csv', 'lead_id,created_at\nL1,2026-01-02T00:00:00Z\n');
  const run = await weir('import', empty, file, ...options);
  expect(run).toMatchObject({ code: 1, out: '', err: expect.stringContaining(words) });
  expect(run.err).not.toContain('    at ');
});

test('nothing is imported by an import that is refused', async () => {
  expect(await weirJson<unknown[]>('batches', empty)).toEqual([]);
});

test.each([
  ['a folder', 'it is a folder. Name the files in it.'],
  ['no file', 'There is no file at'],
])('%s named to be imported or read is refused in words', async (what, words) => {
  const path = join(folder, what);
  if (what === 'a folder') await mkdir(path, { recursive: true });
  for (const command of [
    ['import', empty, path],
    ['read', path],
  ]) {
    expect(await weir(...command)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(words) });
  }
});

test('a dry run of a full export lists the rows that are gone, and keeps them', async () => {
  await init();
  await imported(
    await written('all.csv', 'lead_id,created_at\nK1,2026-01-02T00:00:00Z\nK2,2026-01-02T00:00:00Z\nK3,2026-01-02T00:00:00Z\n'),
  );
  const later = await written('later.csv', 'lead_id,created_at\nK2,2026-01-02T00:00:00Z\n');
  const { out } = await weir('import', workspace, later, '--full', '--dry-run');
  expect(out).toMatch(/2 rows of leads .*\n {4}K1\n {4}K3\n/);
});

test('undo says which files came together before it takes them all back', async () => {
  await init();
  const [one, other] = [
    await written('one.csv', 'lead_id,created_at\nK1,2026-01-02T00:00:00Z\n'),
    await written('other.csv', 'ticket_id,opened_at\nT1,2026-01-02T00:00:00Z\n'),
  ];
  await weir('import', workspace, one, other);
  const { code, err } = await weir('undo', workspace, '1');
  expect(code).toBe(0);
  expect(err).toContain('It brought 2 files together, and all of them are taken back: one.csv, other.csv.');
});

test('profiles --add brings the file of a profile, and another of its name only with --replace', async () => {
  await init();
  const profile = (title: string) => JSON.stringify({ name: 'our-crm', title, tables: {} });
  const first = await written('first.json', profile('First'));
  expect(await weir('profiles', workspace, '--add', first)).toMatchObject({ code: 0, out: expect.stringContaining('our-crm') });
  const second = await written('second.json', profile('Second'));
  const refused = await weir('profiles', workspace, '--add', second);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('Use --replace.') });
  expect((await weir('profiles', workspace, '--add', second, '--replace')).code).toBe(0);
  expect((await weir('profiles', workspace)).out).toContain('Second');
  expect(await weir('profiles', '--add', first)).toMatchObject({ code: 1, err: expect.stringContaining('needs the workspace') });
});
