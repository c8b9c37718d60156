import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileChoices, LayoutChoices } from '../../../analytics/contract/file-choices.ts';
import { importFiles } from '../../../analytics/ingest/index.ts';
import { zipFile } from '../reading/zip-file.ts';
import { type ImportBench, importBench } from '../scratch-file.ts';

let bench: ImportBench;
let folder: string;
beforeEach(async () => {
  bench = await importBench();
  folder = path.join(path.dirname(bench.file('any', '')), 'profiles');
  mkdirSync(folder);
});
afterEach(() => bench.close());

function profile(layout: LayoutChoices, name = 'ours'): void {
  const columns = { lead_id: ['Nr'], created_at: ['Dato'], region: ['Sted'] };
  const tables = { lead: { recognisedBy: [['Nr', 'Dato', 'Sted']], columns } };
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ name, title: 'Ours', layout, tables }));
}

async function bring(name: string, content: string | Buffer, choices: FileChoices = {}) {
  const file = bench.file(name, content);
  const request = { files: [file], choices: { [file]: choices }, dryRun: false };
  const { files } = await importFiles(bench.sql, request, { settings: bench.settings, profilesFolder: folder });
  const [report] = files;
  if (!report) throw new Error('There is no report');
  return { report, layoutFindings: report.findings.filter(({ code }) => /profile-layout|layout-unfit/.test(code)) };
}
const regions = async () =>
  (await bench.sql.rows<{ region: string }>({ text: 'SELECT region FROM lead ORDER BY line' })).map(({ region }) => region);

test('the layout of a profile that the headers tell is in force where it fits as well', async () => {
  profile({ quote: '' });
  const { report, layoutFindings } = await bring('a.csv', 'Nr;Dato;Sted\n1;2026-01-01;"Oslo" øst\n2;2026-01-02;"Bergen"\n');
  expect(report).toMatchObject({ profile: 'ours', dialect: { quote: '' }, rows: { inserted: 2 } });
  expect(layoutFindings).toEqual([
    expect.objectContaining({ code: 'profile-layout', message: expect.stringContaining('no quotation mark') }),
  ]);
  expect(await regions()).toEqual(['"Oslo" øst', '"Bergen"']);
});

test('nothing is said where the file is read so anyway', async () => {
  profile({ delimiter: ';', headerLine: 1, encoding: 'Windows-1252' });
  expect((await bring('a.csv', 'Nr;Dato;Sted\n1;2026-01-01;Oslo\n')).layoutFindings).toEqual([]);
});

test('a layout that does not fit is left aside, and that is said', async () => {
  profile({ headerLine: 3, delimiter: '|' });
  const { report, layoutFindings } = await bring('a.csv', 'Nr;Dato;Sted\n1;2026-01-01;Oslo\n2;2026-01-02;Bergen\n');
  expect(report).toMatchObject({ dialect: { headerLine: 1, delimiter: ';' }, rows: { inserted: 2 } });
  expect(layoutFindings).toEqual([
    expect.objectContaining({
      code: 'layout-unfit',
      message: expect.stringContaining('the delimiter "|", the header on line 3'),
    }),
  ]);
});

test('an encoding is in force where the bytes leave it open, and not where they do not', async () => {
  profile({ encoding: 'ISO-8859-15' });
  const text = (region: string) => `Nr;Dato;Sted\n${region};2026-01-01;${region}\n`;
  const open = await bring('open.csv', iconv.encode(text('é€'), 'ISO-8859-15'), {});
  expect(open.report.encoding).toBe('ISO-8859-15');
  const sure = await bring('sure.csv', text('é'));
  expect(sure.report.encoding).toBe('UTF-8');
  expect(sure.layoutFindings).toEqual([expect.objectContaining({ code: 'layout-unfit' })]);
  expect(await regions()).toEqual(expect.arrayContaining(['é€', 'é']));
});

test('what is said of the file goes before the layout of its profile', async () => {
  profile({ quote: '' });
  const { report } = await bring('a.csv', 'Nr;Dato;Sted\n1;2026-01-01;"Oslo"\n', { quote: '"' });
  expect(report.dialect.quote).toBe('"');
  expect(await regions()).toEqual(['Oslo']);
});

test('headers that only the layout brings out are known by it: a header further down, a file within an archive', async () => {
  profile({ headerLine: 4 });
  const odd = 'Nr;Dato;Sted\nof;our;report\nnot;a;header\n';
  const { report } = await bring('a.csv', `a;b;c\n${odd.split('\n').slice(1).join('\n')}Nr;Dato;Sted\n1;2026-01-01;Oslo\n`);
  expect(report).toMatchObject({ profile: 'ours', rows: { inserted: 1 } });
  profile({ part: 'leads.csv' }, 'packed');
  const packed = zipFile({ 'notes.csv': 'a,b\n1,2\n', 'leads.csv': 'Nr;Dato;Sted\n2;2026-01-01;Bergen\n' });
  await expect(bring('b.zip', zipFile({ 'notes.csv': 'a,b\n1,2\n', 'more.csv': 'c,d\n1,2\n' }))).rejects.toMatchObject({
    code: 'file-several',
  });
  const second = await bring('b.zip', packed);
  expect(second.report).toMatchObject({ rows: { inserted: 1 } });
  expect(second.layoutFindings).toEqual([expect.objectContaining({ message: expect.stringContaining('the part "leads.csv"') })]);
});
