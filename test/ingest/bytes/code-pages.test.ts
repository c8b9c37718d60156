import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importRequestSchema } from '../../../analytics/contract/import-report.ts';
import { importFiles } from '../../../analytics/ingest/index.ts';
import { type ImportBench, importBench } from '../scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const lead = (regions: readonly string[]) =>
  `lead_id,created_at,region\n${regions.map((region, index) => `L${index},2026-01-01T00:00:00Z,${region}\n`).join('')}`;

test.each([
  ['Windows-1251', ['Москва', 'Санкт-Петербург', 'Нижний Новгород']],
  ['KOI8-R', ['Москва', 'Санкт-Петербург', 'Нижний Новгород']],
  ['IBM866', ['Москва', 'Санкт-Петербург', 'Нижний Новгород']],
  ['Windows-1253', ['Αθήνα', 'Θεσσαλονίκη', 'Πάτρα']],
  ['Windows-1250', Array.from({ length: 20 }, () => ['Łódź', 'Kraków', 'Gdańsk', 'Częstochowa śródmieście']).flat()],
  ['GB18030', ['北京', '上海市', '广东省深圳市']],
])('bytes of %s are said to look like it, and are read as it where that is said', async (name, regions) => {
  const bytes = iconv.encode(lead(regions), name);
  const assumed = await bench.importFile('leads.csv', bytes, { dryRun: true });
  expect(assumed.files[0]?.findings).toContainEqual(
    expect.objectContaining({ code: 'encoding-assumed', fix: expect.stringContaining(`look like ${name}`) }),
  );
  const file = bench.file('leads.csv', bytes);
  const request = importRequestSchema.parse({ files: [file], choices: { [file]: { encoding: name } } });
  await importFiles(bench.sql, request, { settings: bench.settings });
  const rows = await bench.sql.rows<{ region: string }>({ text: 'SELECT region FROM lead ORDER BY line' });
  expect(rows.map(({ region }) => region)).toEqual(regions);
});

test.each([
  ['German', ['Süd', 'München', 'Köln an der Straße']],
  ['French', ['Île-de-France', 'Rhône-Alpes', 'Besançon près de la forêt']],
  ['Swedish', ['Malmö', 'Göteborg', 'Skåne län']],
  ['amounts', Array.from({ length: 30 }, (_, index) => `${index} €`)],
])('%s in Windows-1252 looks like nothing else', async (_, regions) => {
  const report = await bench.importFile('leads.csv', iconv.encode(lead(regions), 'Windows-1252'));
  expect(report.files[0]?.findings.find(({ code }) => code === 'encoding-assumed')?.fix).not.toContain('look like');
});
