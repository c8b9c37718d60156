import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MetricRow, metricQuerySchema } from '../../analytics/contract/metric-query.ts';
import { recordsQuerySchema } from '../../analytics/contract/records.ts';
import { queryMetrics, recordsBehind } from '../../analytics/query/index.ts';
import { importInto, undoIn } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { explainMetric } from '../../analytics/workspace/explain.ts';
import { openWorkspace, type Workspace } from '../../analytics/workspace/open.ts';
import { contextOf } from '../../analytics/workspace/parts.ts';
import { randomNumbers } from './random-extract.ts';

const CONVERSION = 'ncv-02.1/lead-conversion-rate';
const CYCLE = 'ncv-02.3/sales-cycle-time';

let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-bounds-'));
  await createWorkspace(join(folder, 'workspace'), { sample: false });
  workspace = await openWorkspace(join(folder, 'workspace'));
});
afterEach(async () => {
  workspace.close();
  await rm(folder, { recursive: true, force: true });
});

async function take(name: string, ...lines: readonly string[]): Promise<number | null> {
  const file = join(folder, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  const report = await importInto(workspace, { files: [file], dryRun: false }, {});
  return report.batch;
}

async function rowsOf(metric: string, more: object = {}): Promise<readonly MetricRow[]> {
  const query = metricQuerySchema.parse({ metrics: [metric], from: '2026-01', to: '2026-03', ...more });
  return (await queryMetrics(workspace.reader, await contextOf(workspace, workspace.reader, undefined), query)).rows;
}

async function boundsOf(metric: string, more: object = {}) {
  const rows = await rowsOf(metric, more);
  return rows.map(({ bounds }) => (bounds === null ? null : [bounds.low, bounds.high, bounds.unusable]));
}

const LEADS = 'lead_id,stream_id,created_at,segment,channel,converted_at,score';
/** January: two leads, one converted. February: one lead, not converted. March: one, converted. All are mature at the end of July. */
const SOUND = [
  'L1,NCV-02,2026-01-05T10:00:00Z,residential,web,2026-01-20T10:00:00Z,1',
  'L2,NCV-02,2026-01-06T10:00:00Z,residential,web,,2',
  'L3,NCV-02,2026-02-07T10:00:00Z,residential,web,,3',
  'L4,NCV-02,2026-03-07T10:00:00Z,residential,web,2026-03-08T10:00:00Z,4',
  'L5,NCV-02,2026-07-31T10:00:00Z,residential,web,,5',
];

test('a rejected row counts in the month of its date, one without a readable date in every month, one of the other stream in none', async () => {
  await take(
    'leads.csv',
    LEADS,
    ...SOUND,
    'L6,NCV-02,2026-01-09T10:00:00Z,residential,web,,a lot',
    'L7,NCV-02,2026-13-09T10:00:00Z,residential,web,,7',
    'L8,NCV-01,2026-01-09T10:00:00Z,residential,web,,a lot',
  );
  // January: 1 of 2 and 2 unusable; February: 0 of 1 and 1; March: 1 of 1 and 1.
  expect(await boundsOf(CONVERSION)).toEqual([
    [1 / 4, 3 / 4, 2],
    [0, 1 / 2, 1],
    [1 / 2, 1, 1],
  ]);
  expect((await explainMetric(workspace, CONVERSION)).unusable).toEqual([
    { table: 'lead', rows: 3, why: 'rejected', inBounds: true },
  ]);
  expect(await boundsOf('ncv-01.1/gross-lead-volume')).toEqual([null, null, null]);
  const asked = recordsQuerySchema.parse({ metric: CONVERSION, period: '2026-01' });
  const page = await recordsBehind(workspace.reader, await contextOf(workspace, workspace.reader, undefined), asked);
  expect(page).toMatchObject({ total: 2, bounds: { low: 1 / 4, high: 3 / 4, unusable: 2 } });
});

test('over a span a row counts once, and a filter leaves out rejected rows that are known to be of another member', async () => {
  await take(
    'leads.csv',
    LEADS,
    ...SOUND,
    'L6,NCV-02,2026-01-09T10:00:00Z,fleet,web,,a lot',
    'L7,NCV-02,2026-13-09T10:00:00Z,,web,,7',
  );
  const quarter = { grain: 'quarter' };
  // 2 of 4, and 2, 1 or 2 unusable.
  expect(await boundsOf(CONVERSION, quarter)).toEqual([[2 / 6, 4 / 6, 2]]);
  expect(await boundsOf(CONVERSION, { ...quarter, where: { segment: ['residential'] } })).toEqual([[2 / 5, 3 / 5, 1]]);
  const split = await rowsOf(CONVERSION, { ...quarter, by: ['segment'] });
  expect(split.map((row) => [row.by.segment, row.bounds?.unusable])).toEqual([['residential', 1]]);
});

test('cases whose segment is not known move a segment, and not the whole', async () => {
  await take('leads.csv', LEADS, ...SOUND, 'L6,NCV-02,2026-02-09T10:00:00Z,,web,,6');
  expect(await boundsOf(CONVERSION)).toEqual([null, null, null]);
  // February: none of one residential lead converted, and one lead is of some segment.
  expect(await boundsOf(CONVERSION, { where: { segment: ['residential'] } })).toEqual([null, [0, 1 / 2, 1], null]);
  const split = await rowsOf(CONVERSION, { by: ['segment'], from: '2026-02', to: '2026-02' });
  expect(split.map((row) => [row.by.segment, row.bounds?.unusable ?? null])).toEqual([
    ['residential', 1],
    ['unknown', null],
  ]);
});

test('a row that comes back right is usable: by its key, or as a row of the list of rejected rows', async () => {
  await take(
    'leads.csv',
    LEADS,
    ...SOUND,
    'L6,NCV-02,2026-01-09T10:00:00Z,residential,web,,a lot',
    ',NCV-02,2026-01-10T10:00:00Z,residential,web,,7',
  );
  expect(await boundsOf(CONVERSION)).toEqual([[1 / 4, 3 / 4, 2], null, null]);
  await take('mended.csv', LEADS, 'L6,NCV-02,2026-01-09T10:00:00Z,residential,web,,6');
  // L6 is one of three now.
  expect(await boundsOf(CONVERSION)).toEqual([[1 / 4, 2 / 4, 1], null, null]);
  const back = await take(
    'returned.csv',
    `${LEADS},weir_rest,weir_file,weir_line,weir_reason`,
    `L7,NCV-02,2026-01-10T10:00:00Z,residential,web,,7,,${join(folder, 'leads.csv')},8,lead_id is empty`,
  );
  expect(await boundsOf(CONVERSION)).toEqual([null, null, null]);
  await undoIn(workspace, back ?? 0);
  expect(await boundsOf(CONVERSION)).toEqual([[1 / 4, 2 / 4, 1], null, null]);
});

test('the same row rejected in two files counts once, an import taken back counts no more, and no-data rows never do', async () => {
  const bad = 'L6,NCV-02,2026-01-09T10:00:00Z,residential,web,,a lot';
  await take('leads.csv', LEADS, ...SOUND, bad);
  const second = await take(
    'again.csv',
    LEADS,
    SOUND[0] ?? '',
    bad,
    LEADS,
    'L9,NCV-02,2026-02-09T10:00:00Z,residential,web,,much',
  );
  expect(await boundsOf(CONVERSION)).toEqual([[1 / 3, 2 / 3, 1], [0, 1 / 2, 1], null]);
  const version = workspace.state.dataVersion;
  await undoIn(workspace, second ?? 0);
  expect(await boundsOf(CONVERSION)).toEqual([[1 / 3, 2 / 3, 1], null, null]);
  expect(workspace.state.dataVersion).toBe(version + 1);
});

test('a row that cannot be cut into cells may be anything in any month', async () => {
  await take('leads.csv', LEADS, ...SOUND, 'L6,NCV-02,2026-01-09T10:00:00Z,residential,web,,6,7,8,9');
  expect(await boundsOf(CONVERSION)).toEqual([
    [1 / 3, 2 / 3, 1],
    [0, 1 / 2, 1],
    [1 / 2, 1, 1],
  ]);
});

test('a median is bounded by the sizes beside the middle, a duration by 0 below, and a row whose end is empty is no case of it', async () => {
  const deal = (id: string, days: number, amount: string) =>
    `O${id},NCV-02,2026-01-01T00:00:00Z,residential,won,2026-01-${String(1 + days).padStart(2, '0')}T00:00:00Z,${amount}`;
  const head = 'opp_id,stream_id,created_at,segment,outcome,signed_at,amount_net';
  await take(
    'deals.csv',
    head,
    ...[1, 2, 3, 4, 10].map((days) => deal(String(days), days, '1')),
    deal('bad', 5, 'dear'),
    'Oopen,NCV-02,2026-01-01T00:00:00Z,residential,,,dear',
    'Olate,NCV-02,2026-02-01T00:00:00Z,residential,won,2026-02-04T00:00:00Z,1',
    'Olost,NCV-02,2026-02-01T00:00:00Z,residential,won,2026-02-99T00:00:00Z,1',
  );
  // January: 1, 2, 3, 4, 10 and one more: 2.5 to 3.5. The open deal was not signed. The unreadable date is of February or later:
  // with one of 3 days and one unknown the middle lies between a known and an unknown size.
  const [january, february] = await rowsOf(CYCLE, { to: '2026-02' });
  expect(january).toMatchObject({ value: 3, bounds: { low: 2.5, high: 3.5, unusable: 1 } });
  expect(february).toMatchObject({ value: 3, bounds: { low: 0, high: null, unusable: 1 } });
  expect((await rowsOf('ncv-02.3/average-deal-size', { to: '2026-01' }))[0]?.bounds).toEqual({
    low: null,
    high: null,
    unusable: 1,
  });
});

test('a duration leaves out rows that end before they begin, and they bound it like rejected ones; a proportion counts them', async () => {
  const head = 'opp_id,stream_id,created_at,segment,outcome,decided_at,signed_at,amount_net';
  const deal = (id: string, from: number, to: number) =>
    `${id},NCV-02,2026-01-0${from}T00:00:00Z,residential,won,2026-01-0${to}T00:00:00Z,2026-01-0${to}T00:00:00Z,1`;
  await take('deals.csv', head, deal('O1', 1, 2), deal('O2', 1, 4), deal('O3', 1, 6), deal('O4', 5, 2));
  // 1, 3 and 5 days, and one signed before it began: 2 to 4.
  expect((await rowsOf(CYCLE, { to: '2026-01' }))[0]).toMatchObject({ value: 3, n: 3, bounds: { low: 2, high: 4, unusable: 1 } });
  expect((await rowsOf('ncv-02.3/average-deal-size', { to: '2026-01' }))[0]).toMatchObject({ n: 4, bounds: null });
  expect((await explainMetric(workspace, CYCLE)).unusable).toEqual([
    { table: 'opportunity', rows: 1, why: 'contradictory', inBounds: true },
  ]);
});

test('whatever the rejected rows turn out to be, the values with them lie within the bounds without them (seed 3)', async () => {
  const random = randomNumbers(3);
  const date = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString();
  const sound: string[] = [];
  const damaged: string[] = [];
  const deals: string[] = [];
  const mended: string[] = [];
  for (let index = 0; index < 120; index += 1) {
    const [start, length] = [random() * 80, random() * 20];
    const converted = random() < 0.5 ? date(start + length) : '';
    const lead = (score: string) => `L${index},NCV-02,${date(start)},residential,web,${converted},${score}`;
    const deal = (amount: string) => `O${index},NCV-02,${date(start)},residential,won,${date(start + length)},${amount}`;
    if (random() < 0.15) {
      damaged.push(lead('a lot'));
      mended.push(lead('1'));
      deals.push(deal('dear'));
    } else {
      sound.push(lead('1'));
      deals.push(deal('1'));
    }
  }
  await take('leads.csv', LEADS, ...sound, ...damaged, 'L999,NCV-02,2026-07-31T10:00:00Z,residential,web,,5');
  const head = 'opp_id,stream_id,created_at,segment,outcome,signed_at,amount_net';
  await take('deals.csv', head, ...deals);
  const before = [...(await rowsOf(CONVERSION)), ...(await rowsOf(CYCLE))];
  expect(before.filter((row) => row.bounds !== null).length).toBeGreaterThan(4);
  await take('mended leads.csv', LEADS, ...mended);
  await take('mended deals.csv', head, ...deals.map((line) => line.replace('dear', '1')));
  const after = [...(await rowsOf(CONVERSION)), ...(await rowsOf(CYCLE))];
  for (const [index, row] of after.entries()) {
    const { bounds, value } = before[index] ?? row;
    const place = `${row.metric} ${row.period}`;
    expect(row.bounds, place).toBeNull();
    expect(row.value ?? 0, place).toBeGreaterThanOrEqual(bounds?.low ?? value ?? 0);
    expect(row.value ?? 0, place).toBeLessThanOrEqual(bounds?.high ?? value ?? 0);
  }
});

test('every metric tells what stands behind its numbers, also where it is made from what nobody imports', async () => {
  for (const { id } of workspace.catalogue.metrics) {
    expect(await explainMetric(workspace, id)).toMatchObject({ metric: { id } });
  }
});
