import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportReport } from '../../analytics/contract/import-report.ts';
import { monthlyValues } from '../../analytics/query/index.ts';
import { importInto } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { rehearseImport } from '../../analytics/workspace/effect/rehearse.ts';
import { openWorkspace, type Workspace } from '../../analytics/workspace/open.ts';
import { contextOf } from '../../analytics/workspace/parts.ts';
import { randomExtract, randomNumbers } from './random-extract.ts';
import { storedTables } from './stored-tables.ts';

let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-effect-'));
  await createWorkspace(join(folder, 'workspace'), { sample: false });
  workspace = await openWorkspace(join(folder, 'workspace'));
});
afterEach(async () => {
  workspace.close();
  await rm(folder, { recursive: true, force: true });
});

async function written(name: string, ...lines: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

function rehearse(...files: readonly string[]): Promise<ImportReport> {
  return rehearseImport(workspace, { files: [...files], dryRun: true }, {});
}

async function keep(...files: readonly string[]): Promise<void> {
  await importInto(workspace, { files: [...files], dryRun: false }, {});
}

/** Value and n of every metric in every month in which either is something, as a dashboard would show them. */
async function shown(): Promise<ReadonlyMap<string, readonly [number | null, number]>> {
  const rows = await monthlyValues(workspace.reader, await contextOf(workspace, workspace.reader, undefined));
  const figures = rows.map((row) => [`${row.metric} ${row.period}`, [row.value, row.n]] as const);
  return new Map(figures.filter(([, [value, n]]) => value !== null || n > 0));
}

const LEADS = 'lead_id,stream_id,created_at,segment,channel,converted_at,opportunity_id';
const DEALS = 'opp_id,stream_id,created_at,segment,outcome,decided_at,signed_at,one_off_net,amount_net';
const OLD_LEADS = [
  LEADS,
  'L1,NCV-02,2026-01-05T10:00:00Z,residential,web,2026-01-20T10:00:00Z,',
  'L2,NCV-02,2026-01-06T10:00:00Z,residential,web,,',
  'L3,NCV-02,2026-02-07T10:00:00Z,residential,web,,',
];
const OLD_DEALS = [
  DEALS,
  'O1,NCV-02,2026-01-10T10:00:00Z,residential,won,2026-01-20T10:00:00Z,2026-01-20T10:00:00Z,1000,1000',
  'O2,NCV-02,2026-01-11T10:00:00Z,residential,won,2026-01-31T10:00:00Z,2026-01-31T10:00:00Z,3000,3000',
  'O3,NCV-02,2026-02-01T10:00:00Z,residential,won,2026-06-30T10:00:00Z,2026-06-30T10:00:00Z,3000,3000',
];

function figuresOf(report: ImportReport, metric: string) {
  return report.changes
    ?.filter((change) => change.metric === metric)
    .map(({ period, from, to, fromN, toN }) => [period, from, to, fromN, toN]);
}

test('of two files judged together each month tells its value before and after: a rate, a mean, a median', async () => {
  await keep(await written('leads.csv', ...OLD_LEADS), await written('deals.csv', ...OLD_DEALS));
  const report = await rehearse(
    await written(
      'more leads.csv',
      LEADS,
      'L3,NCV-02,2026-02-07T10:00:00Z,residential,web,2026-02-17T10:00:00Z,',
      'L4,NCV-02,2026-01-09T10:00:00Z,residential,web,2026-01-19T10:00:00Z,',
    ),
    await written(
      'more deals.csv',
      DEALS,
      'O4,NCV-02,2026-01-01T10:00:00Z,residential,won,2026-01-31T10:00:00Z,2026-01-31T10:00:00Z,5000,5000',
    ),
  );
  expect(report).toMatchObject({ batch: null, asOf: { from: '2026-06-30', to: '2026-06-30' }, currency: 'USD', unavailable: [] });
  expect(report.files.map((file) => file.rows)).toMatchObject([
    { read: 2, inserted: 1, updated: 1 },
    { read: 1, inserted: 1, updated: 0 },
  ]);
  // January: one of two converted, then two of three. February: none of one, then one of one.
  expect(figuresOf(report, 'ncv-02.1/lead-conversion-rate')).toEqual([
    ['2026-01', 1 / 2, 2 / 3, 2, 3],
    ['2026-02', 0, 1, 1, 1],
  ]);
  // 10 and 20 days: median 15; with 30 days: 20. June's one deal is as it was.
  expect(figuresOf(report, 'ncv-02.3/sales-cycle-time')).toEqual([['2026-01', 15, 20, 2, 3]]);
  // 1000 and 3000, then 5000 too.
  expect(figuresOf(report, 'ncv-02.3/average-deal-size')).toEqual([['2026-01', 2000, 3000, 2, 3]]);
});

test('a later row moves the day the data reaches: what matures by it is told, though no row of it changed', async () => {
  await keep(
    await written('leads.csv', LEADS, 'L1,NCV-02,2026-01-05T10:00:00Z,residential,web,2026-01-20T10:00:00Z,'),
    await written('deals.csv', DEALS, 'O1,NCV-02,2026-01-10T10:00:00Z,residential,,,,,'),
  );
  const report = await rehearse(await written('later.csv', DEALS, 'O2,NCV-02,2026-06-30T10:00:00Z,residential,,,,,'));
  expect(report.asOf).toEqual({ from: '2026-01-20', to: '2026-06-30' });
  expect(figuresOf(report, 'ncv-02.1/lead-conversion-rate')).toEqual([['2026-01', null, 1, 0, 1]]);
});

test('the first import of an empty workspace changes every value from nothing', async () => {
  const report = await rehearse(await written('leads.csv', ...OLD_LEADS), await written('deals.csv', ...OLD_DEALS));
  expect(report.asOf).toEqual({ from: null, to: '2026-06-30' });
  expect(figuresOf(report, 'ncv-02.3/sales-cycle-time')).toEqual([
    ['2026-01', null, 15, 0, 2],
    ['2026-06', null, 149, 0, 1],
  ]);
});

test('the same file again changes nothing', async () => {
  const file = await written('leads.csv', ...OLD_LEADS);
  await keep(file);
  expect(await rehearse(file)).toMatchObject({ batch: null, changes: [], asOf: { from: '2026-02-07', to: '2026-02-07' } });
});

test.each([11, 12])(
  'an import afterwards changes exactly what the dry run told, to the last bit, and the dry run itself leaves every table as it was (seed %i)',
  async (seed) => {
    const random = randomNumbers(seed);
    let told = 0;
    for (let step = 0; step < 6; step += 1) {
      const files: string[] = [];
      for (const part of [0, 1, 2]) {
        const { table, csv } = randomExtract(random, 90 + 20 * step, step + part === 0 ? 'asset' : undefined);
        const file = join(folder, `${step} ${part} ${table}.csv`);
        await writeFile(file, csv);
        files.push(file);
      }
      const [tables, before] = [await storedTables(workspace), await shown()];
      const report = await rehearse(...files);
      expect(await storedTables(workspace), `tables after the dry run of step ${step}`).toEqual(tables);
      expect(await shown()).toEqual(before);
      await keep(...files);
      const expected = new Map(before);
      for (const change of report.changes ?? []) {
        const place = `${change.metric} ${change.period}`;
        expect([change.from, change.fromN], place).toEqual(before.get(place) ?? [null, 0]);
        if (change.to === null && change.toN === 0) expected.delete(place);
        else expected.set(place, [change.to, change.toN]);
      }
      expect(await shown(), `values after step ${step}`).toEqual(expected);
      expect(workspace.state.asOf).toBe(report.asOf?.to);
      told += report.changes?.length ?? 0;
    }
    expect(told).toBeGreaterThan(50);
  },
  120_000,
);

test('a metric that fails over the new rows is named, and the others are told all the same', async () => {
  workspace.close();
  const own = `/* ---
stage: NCV-02.1
name: Numbered leads
meaning: Leads whose key is a number
formula: count
unit: count
direction: up
kind: count
basis: event
dateRule: day the lead came in
grain: lead
entity: lead
tables: [lead]
source: test
version: 1
--- */
SELECT source_key AS entity_id, local_day(created_at, region) AS day, segment, region, product, channel, crew,
  CAST(lead_id AS INTEGER) AS num, NULL AS den, NULL AS matures_on
FROM lead
`;
  await writeFile(join(folder, 'workspace', 'metrics', 'numbered-leads.sql'), own);
  workspace = await openWorkspace(join(folder, 'workspace'));
  await keep(await written('leads.csv', LEADS, '1,NCV-02,2026-01-05T10:00:00Z,residential,web,,'));
  expect((await shown()).get('ncv-02.1/numbered-leads 2026-01')).toEqual([1, 1]);
  const tables = await storedTables(workspace);
  const report = await rehearse(
    await written('more.csv', LEADS, 'L2,NCV-02,2026-01-05T10:00:00Z,residential,web,,'),
    await written('deals.csv', ...OLD_DEALS),
  );
  expect(report.unavailable?.map((metric) => metric.id)).toEqual(['ncv-02.1/numbered-leads']);
  expect(report.unavailable?.[0]?.reason).toContain('L2');
  expect(figuresOf(report, 'ncv-02.1/numbered-leads')).toEqual([]);
  expect(figuresOf(report, 'ncv-02.3/sales-cycle-time')).toHaveLength(2);
  expect(await storedTables(workspace)).toEqual(tables);
});
