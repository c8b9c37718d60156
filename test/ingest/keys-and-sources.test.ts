import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importFiles, rejectTables } from '../../analytics/ingest/index.ts';
import { undoBatch } from '../../analytics/ingest/undo.ts';
import { type ImportBench, importBench } from './scratch-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const all = (files: readonly string[], profile?: string, profilesFolder?: string) =>
  importFiles(
    bench.sql,
    { files: [...files], dryRun: false, ...(profile ? { profile } : {}) },
    { settings: bench.settings, ...(profilesFolder ? { profilesFolder } : {}) },
  );
const created = async () =>
  (await bench.sql.rows<{ at: string }>({ text: 'SELECT created_at AS at FROM lead ORDER BY lead_id' })).map((row) => row.at);

test('work orders without a contract and visits without an order are counted with examples once both sides are there', async () => {
  const deals = bench.file('o.csv', 'opp_id,case_id,created_at\nO1,C1,2026-01-01T00:00:00Z\n');
  const orders = bench.file(
    'w.csv',
    'wo_id,case_id,created_at\nW1,C1,2026-01-02T00:00:00Z\nW2,C2,2026-01-02T00:00:00Z\nW3,C3,2026-01-02T00:00:00Z\n',
  );
  const visits = bench.file('v.csv', 'visit_id,wo_id,sched_start\nV1,W1,2026-01-03T00:00:00Z\nV2,W9,2026-01-03T00:00:00Z\n');
  const report = await all([visits, orders, deals]);
  const unmet = report.files.map((file) =>
    file.findings.filter((each) => each.code === 'key-not-met').map((each) => [each.column, each.count, each.message]),
  );
  expect(unmet[0]).toEqual([['wo_id', 1, expect.stringContaining('"W9"')]]);
  expect(unmet[1]).toEqual([['case_id', 2, expect.stringContaining('"C2", "C3"')]]);
  expect(unmet[2]).toEqual([]);
});

test('events of devices not in the register are one finding, and none while there is no register', async () => {
  const events =
    'asset_id,happened_at,status\nP1,2026-01-01T00:00:00Z,Available\nP2,2026-01-01T00:00:00Z,Faulted\nP2,2026-01-01T01:00:00Z,Available\n';
  const before = await bench.importFile('e.csv', events);
  expect(before.files[0]?.findings.map((each) => each.code)).not.toContain('key-not-met');
  await bench.importFile('a.csv', 'asset_id,kind\nP1,port\n');
  const after = await bench.importFile('f.csv', events.replaceAll('2026-01-01', '2026-01-02'));
  expect(after.files[0]?.findings.filter((each) => each.code === 'key-not-met')).toEqual([
    expect.objectContaining({ column: 'asset_id', count: 2, message: expect.stringContaining('"P2"') }),
  ]);
});

test('an excuse may name a site that only its assets name; another site is not met', async () => {
  await bench.importFile('a.csv', 'asset_id,kind,site_id\nP1,port,S1\n');
  const report = await bench.importFile(
    'x.csv',
    'exclusion_id,asset_id,start_at,end_at,reason\nX1,S1,2026-01-01,2026-01-02,grid\nX2,P1,2026-01-01,2026-01-02,grid\nX3,S2,2026-01-01,2026-01-02,grid\n',
  );
  expect(report.files[0]?.findings.filter((each) => each.code === 'key-not-met')).toEqual([
    expect.objectContaining({ column: 'asset_id', count: 1, message: expect.stringContaining('"S2"') }),
  ]);
});

test('a product spelt otherwise in another table is listed and left as it is', async () => {
  await bench.importFile(
    'l.csv',
    'lead_id,created_at,product\n1,2026-01-01T00:00:00Z,GTX Pro\n2,2026-01-01T00:00:00Z,MG Special\n',
  );
  const report = await bench.importFile('o.csv', 'opp_id,created_at,product\n1,2026-01-01T00:00:00Z,GTXPro\n');
  expect(report.files[0]?.findings).toContainEqual(
    expect.objectContaining({
      code: 'spelt-two-ways',
      column: 'product',
      count: 1,
      message: expect.stringContaining('"GTX Pro" and "GTXPro"'),
    }),
  );
  expect(await bench.sql.rows({ text: 'SELECT product FROM opportunity' })).toEqual([{ product: 'GTXPro' }]);
});

const OPEN = 'lead_id,created_at\n1,03/04/2026\n';
const MONTH_FIRST = 'lead_id,created_at\n2,01/13/2026\n';
const DAY_FIRST = 'lead_id,created_at\n3,13/01/2026\n';

test('what one file of a source settled is applied to a later one that cannot tell, and said', async () => {
  await bench.importFile('jan.csv', MONTH_FIRST);
  const later = await bench.importFile('mar.csv', OPEN);
  expect(later.files[0]?.findings).toContainEqual(
    expect.objectContaining({ code: 'order-remembered', count: 1, message: expect.stringContaining('"01/13/2026"') }),
  );
  expect(await created()).toEqual(['2026-03-04T00:00:00Z', '2026-01-13T00:00:00Z']);
});

test('files of other headers are another source', async () => {
  await bench.importFile('jan.csv', MONTH_FIRST);
  const other = bench.importFile('mar.csv', 'lead_id,created_at,region\n1,03/04/2026,N\n');
  await expect(other).rejects.toMatchObject({ code: 'column-undecided' });
});

test('a decision goes with the import that made it', async () => {
  await bench.importFile('jan.csv', MONTH_FIRST);
  await undoBatch(bench.sql, 1);
  await expect(bench.importFile('mar.csv', OPEN)).rejects.toMatchObject({ code: 'column-undecided' });
});

test('within one import a later file settles an earlier one, and the files keep their order', async () => {
  const report = await all([bench.file('a.csv', OPEN), bench.file('b.csv', DAY_FIRST)]);
  expect(report.files.map((file) => path.basename(file.file))).toEqual(['a.csv', 'b.csv']);
  expect(await created()).toEqual(['2026-04-03T00:00:00Z', '2026-01-13T00:00:00Z']);
  expect((await bench.sql.rows({ text: 'SELECT choice FROM source_decision' })).length).toBe(1);
});

test('two files that contradict each other are refused side by side, in one import and one after the other', async () => {
  const says = { code: 'source-contradicts', message: expect.stringMatching(/13\/01\/2026.*01\/13\/2026/) };
  await expect(all([bench.file('a.csv', MONTH_FIRST), bench.file('b.csv', DAY_FIRST)])).rejects.toMatchObject(says);
  expect(await created()).toEqual([]);
  await bench.importFile('a.csv', MONTH_FIRST);
  await expect(bench.importFile('b.csv', DAY_FIRST)).rejects.toMatchObject(says);
});

const OWN = {
  name: 'our-crm',
  title: 'Our CRM',
  dateOrder: 'day-first',
  repairYears: true,
  tables: {
    lead: { recognisedBy: [['Nr', 'Kommt am']], columns: { lead_id: ['Nr'], created_at: ['Kommt am'] } },
    safety_incident: {
      recognisedBy: [['Nr', 'Date', 'Time']],
      columns: { incident_id: ['Nr'], occurred_at: ['when'], severity: ['Klasse'] },
      values: { severity: { first_aid: ['Pflaster'] } },
      derived: { when: { join: ['Date', 'Time'], clock: ['Time'] } },
    },
  },
};

function ownFolder(profile: object): string {
  const folder = path.join(path.dirname(bench.file('x.csv', '')), 'profiles');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'our-crm.json'), JSON.stringify(profile));
  return folder;
}

test("a workspace's own profile is taken by its headers, and settles what it says", async () => {
  const file = bench.file('l.csv', 'Nr,Kommt am\n1,03/04/2026\n2,0014-11-18\n');
  const report = await all([file], undefined, ownFolder(OWN));
  expect(report.files[0]?.profile).toBe('our-crm');
  expect(await created()).toEqual(['2026-04-03T00:00:00Z', '2014-11-18T00:00:00Z']);
  expect(report.files[0]?.findings.map((each) => each.code)).toContain('year-repaired');
});

test('times of day that lost their zeros are joined to their day', async () => {
  const file = bench.file(
    's.csv',
    'Nr,Date,Time,Klasse\n1,2026-03-01,5,Pflaster\n2,2026-03-01,1430,Pflaster\n3,2026-03-01,09:15,Pflaster\n',
  );
  await all([file], undefined, ownFolder(OWN));
  const rows = await bench.sql.rows({ text: 'SELECT occurred_at AS at, severity FROM safety_incident ORDER BY incident_id' });
  expect(rows).toEqual([
    { at: '2026-03-01T00:05:00Z', severity: 'first_aid' },
    { at: '2026-03-01T14:30:00Z', severity: 'first_aid' },
    { at: '2026-03-01T09:15:00Z', severity: 'first_aid' },
  ]);
});

test('an edited profile reads the same file anew', async () => {
  const file = bench.file('l.csv', 'Nr,Kommt am\n1,03/04/2026\n');
  await all([file], undefined, ownFolder(OWN));
  await all([file], undefined, ownFolder({ ...OWN, dateOrder: 'month-first' }));
  expect(await created()).toEqual(['2026-03-04T00:00:00Z']);
});

test('a profile may be named by the path of its file', async () => {
  const folder = ownFolder(OWN);
  const report = await all([bench.file('l.csv', 'Nr,Kommt am\n1,03/04/2026\n')], path.join(folder, 'our-crm.json'));
  expect(report.files[0]?.profile).toBe('our-crm');
});

test.each([
  [{ ...OWN, tables: { leads: {} } }, 'there is no such table'],
  [{ ...OWN, tables: { lead: { columns: { created: ['x'] } } } }, 'lead has no such column'],
  [{ ...OWN, tables: { visit: { values: { outcome: { finished: ['x'] } } } } }, 'it may hold completed'],
  [{ ...OWN, timeZone: 'Mars/Olympus' }, 'is no IANA time zone'],
  [{ ...OWN, colour: 'red' }, 'colour'],
])('a profile that is not valid is refused with what is wrong in it', async (profile, words) => {
  const folder = ownFolder(profile);
  await expect(all([bench.file('l.csv', OPEN)], undefined, folder)).rejects.toMatchObject({
    code: 'profile-invalid',
    message: expect.stringContaining(words),
  });
});

test('what a user said of a source is not asked again', async () => {
  const first = bench.file('a.csv', OPEN);
  await all([first], 'day-first');
  const later = await bench.importFile('b.csv', 'lead_id,created_at\n2,05/06/2026\n');
  expect(later.files[0]?.findings.map((each) => each.code)).toContain('order-remembered');
  expect(await created()).toEqual(['2026-04-03T00:00:00Z', '2026-06-05T00:00:00Z']);
});

test('saying the order of dates leaves the source that its headers tell', async () => {
  const file = bench.file('r.csv', 'Lead ID,Lead Source,Create Date\n00QA0000006Vm9r,Web,01/02/2026\n');
  await expect(all([file])).rejects.toMatchObject({ code: 'column-undecided' });
  const report = await all([file], 'day-first');
  expect(report.files[0]?.profile).toBe('salesforce');
  expect(await created()).toEqual(['2026-02-01T00:00:00Z']);
});

test('lines below the data begin as the profile says', async () => {
  const footed = { ...OWN, footers: ['Ende des Berichts'] };
  const file = bench.file('l.csv', 'Nr,Kommt am,Ort\n1,2026-03-04,N\nEnde des Berichts vom 4.3.2026,,\n');
  await all([file], undefined, ownFolder(footed));
  const [reject] = await bench.sql.rows({ text: 'SELECT line, reason FROM reject_row' });
  expect(reject).toEqual({ line: 3, reason: 'The row is a footer of the report, not data.' });
});

test('rejected rows that come back corrected are of the source they came from, and are not asked about', async () => {
  const first = 'opp_id;created_at;amount\n1;13/02/2026;1.234,50\n2;31/02/2026;3.500\n';
  await bench.importFile('a.csv', first);
  const [table] = await rejectTables(bench.sql, 1);
  const corrected = [table?.headers ?? [], ...(table?.rows ?? [])].map((row) => row.join(',')).join('\n');
  const report = await bench.importFile('b.csv', `${corrected.replace('31/02/2026', '03/02/2026')}\n`);
  expect(report.files[0]?.rows).toMatchObject({ read: 1, inserted: 1 });
  const [row] = await bench.sql.rows({
    text: `SELECT created_at AS at, amount_net AS amount FROM opportunity WHERE opp_id = '2'`,
  });
  expect(row).toEqual({ at: '2026-02-03T00:00:00Z', amount: 3500 });
});

test('devices without a contract are counted, those of a subscription apart', async () => {
  const deals = bench.file('o.csv', 'opp_id,case_id,created_at\nO1,C1,2026-01-01T00:00:00Z\n');
  const terms = bench.file('t.csv', 'term_id,customer_id,case_id,start_at\nT1,K,C2,2020-01-01T00:00:00Z\n');
  const devices = bench.file('a.csv', 'asset_id,kind,case_id\nD1,hub,C1\nD2,hub,C2\nD3,hub,C3\nD4,hub,\n');
  const report = await all([devices, deals, terms]);
  const unmet = report.files[0]?.findings.filter((each) => each.code === 'key-not-met');
  expect(unmet).toEqual([expect.objectContaining({ column: 'case_id', count: 1, message: expect.stringContaining('"C3"') })]);
});
