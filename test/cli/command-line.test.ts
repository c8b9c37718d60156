import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchSummary, ImportReport, RejectedRow } from '../../analytics/contract/import-report.ts';
import type { MetricAnswer } from '../../analytics/contract/metric-query.ts';
import type { RecordsPage } from '../../analytics/contract/records.ts';
import type { StreamCheck } from '../../analytics/contract/stage-model.ts';
import { weir, weirJson } from './weir-command.ts';

let folder: string;
let workspace: string;

const LEADS = `lead_id,stream_id,created_at,segment,channel,converted_at
L1,NCV-02,2026-01-05T10:00:00Z,residential,web,2026-02-01T10:00:00Z
L2,NCV-02,2026-01-06T10:00:00Z,residential,web,
L3,NCV-02,2026-01-07T10:00:00Z,fleet,fair,2026-04-20T10:00:00Z
L4,NCV-02,2026-02-07T10:00:00Z,commercial,fair,2026-05-20T10:00:00Z
L5,NCV-02,not a date,commercial,fair,
L6,NCV-02,2026-06-30T10:00:00Z,commercial,fair,
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-cli-'));
  workspace = join(folder, "a workspace with a ' quote");
  await writeFile(join(folder, 'leads.csv'), LEADS);
  const made = await weir('init', workspace);
  expect(made).toMatchObject({ code: 0, out: '' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('an import prints a ledger that balances, and the same file again changes nothing', async () => {
  const first = await weirJson<ImportReport>('import', workspace, join(folder, 'leads.csv'));
  expect(first.files[0]).toMatchObject({
    table: 'lead',
    rows: { read: 6, inserted: 5, updated: 0, unchanged: 0, duplicate: 0, rejected: 1 },
  });
  const again = await weirJson<ImportReport>('import', workspace, join(folder, 'leads.csv'));
  expect(again.batch).toBeNull();
  expect(again.files[0]?.rows).toMatchObject({ inserted: 0, updated: 0 });
  const [reject] = await weirJson<RejectedRow[]>('rejects', workspace);
  expect(reject).toMatchObject({ line: 6, column: 'created_at' });
});

test('metrics follow from what was imported: of the January leads two convert in time, fleet having 120 days', async () => {
  const answer = await weirJson<MetricAnswer>(
    'metrics',
    workspace,
    '--metric',
    'ncv-02.1/lead-conversion-rate',
    '--from',
    '2026-01',
    '--to',
    '2026-02',
    '--as-of',
    '2026-06-30',
  );
  expect(answer.asOf).toBe('2026-06-30');
  expect(answer.rows.map(({ period, num, den, n }) => [period, num, den, n])).toEqual([
    ['2026-01', 2, 3, 3],
    ['2026-02', 0, 1, 1],
  ]);
  expect(answer.rows[0]?.value).toBeCloseTo(2 / 3, 12);
});

test('what was not known on an earlier day does not count on it', async () => {
  const answer = await weirJson<MetricAnswer>(
    'metrics',
    workspace,
    '--metric',
    'ncv-02.1/lead-conversion-rate',
    '--from',
    '2026-01',
    '--to',
    '2026-01',
    '--as-of',
    '2026-03-31',
  );
  expect(answer.rows[0]).toMatchObject({ num: 1, den: 2, pending: 1, provisional: true });
});

test('a member that no record has is named beside the answer, with those there are', async () => {
  const run = await weir('metrics', workspace, '--stage', 'NCV-02.1', '--where', 'segment=Fleet');
  expect(run).toMatchObject({ code: 0, err: expect.stringContaining('fleet') });
});

test('the records behind a number name file and line', async () => {
  const page = await weirJson<RecordsPage>('records', workspace, 'ncv-02.1/lead-conversion-rate', '--period', '2026-01');
  expect(page.rows.map((row) => [row.entityId, row.num, row.line])).toEqual([
    ['L1', 1, 2],
    ['L2', 0, 3],
    ['L3', 1, 4],
  ]);
  expect(page.rows[0]?.file).toContain('leads.csv');
});

test('an import can be taken back', async () => {
  const [batch] = await weirJson<BatchSummary[]>('batches', workspace);
  expect((await weir('undo', workspace, String(batch?.batch))).code).toBe(0);
  const answer = await weirJson<MetricAnswer>(
    'metrics',
    workspace,
    '--metric',
    'ncv-02.1/lead-conversion-rate',
    '--from',
    '2026-01',
    '--to',
    '2026-01',
  );
  expect(answer.rows[0]).toMatchObject({ value: null, n: 0 });
  expect(answer.rows[0]?.note).toBeTruthy();
});

describe('what is asked wrongly is answered with a sentence and an exit code', () => {
  test.each([
    ['no such command', ['frobnicate'], 2],
    ['a missing argument', ['metrics'], 2],
    ['an unknown option', ['metrics', '.', '--nope'], 2],
    ['no workspace', ['metrics', '/nowhere/at/all'], 1],
    ['a stream document that is none', ['stream', 'check', import.meta.filename], 1],
  ])('%s', async (_, args, code) => {
    const run = await weir(...args);
    expect(run.code).toBe(code);
    expect(run.err + run.out).not.toContain('    at ');
    expect(run.err + run.out).not.toBe('');
  });

  test('a metric that is not there', async () => {
    const run = await weir('metrics', workspace, '--metric', 'ncv-01.5/first-time-fixes');
    expect(run.code).toBe(1);
    expect(run.err).toContain('ncv-01.5/first-time-fix-rate');
    expect(run.out).toBe('');
  });

  test('a metric whose statement fails says so each time, and harms no other', async () => {
    const dir = join(folder, 'faulty');
    await weir('init', dir);
    const header = `/* ---
stage: NCV-02.1
name: My leads
meaning: m
formula: f
unit: count
direction: up
kind: count
basis: event
dateRule: d
grain: lead
entity: lead
tables: [lead]
source: s
version: 1
--- */`;
    await writeFile(join(dir, 'metrics', 'mine.sql'), `${header}\nSELECT colour AS entity_id FROM lead`);
    await weir('import', dir, join(folder, 'leads.csv'));
    for (const _ of ['first', 'again']) {
      const { rows } = await weirJson<MetricAnswer>(
        'metrics',
        dir,
        '--stage',
        'NCV-02.1',
        '--from',
        '2026-01',
        '--to',
        '2026-01',
      );
      const mine = rows.find((row) => row.metric === 'ncv-02.1/my-leads');
      expect(mine?.value).toBeNull();
      expect(mine?.note).toContain('cannot be computed');
      expect(mine?.note).toContain('colour');
      expect(rows.find((row) => row.metric === 'ncv-02.1/lead-conversion-rate')?.n).toBe(3);
    }
  });

  test('months that run backwards, a dimension that is none, a folder that is not there', async () => {
    const backwards = await weir('metrics', workspace, '--from', '2026-03', '--to', '2026-01');
    expect(backwards).toMatchObject({ code: 1, err: expect.stringContaining('lies after the last') });
    expect((await weir('flow', workspace, 'NCV-02', '--from', '2026-03', '--to', '2026-01')).code).toBe(1);
    const colour = await weir('metrics', workspace, '--where', 'colour=red');
    expect(colour).toMatchObject({ code: 1, err: expect.stringContaining('segment, region, product, channel, crew') });
    const nowhere = await weir('review', workspace, '--month', '2026-01', '--out', join(folder, 'no', 'such', 'review.html'));
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('there is no folder') });
  });

  test('an id that is like none gets the metrics of its stage', async () => {
    const run = await weir('explain', workspace, 'ncv-02.1/weather');
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('ncv-02.1/cost-per-lead') });
  });

  test('a file that fits no table names the nearest one and what it lacks', async () => {
    const file = join(folder, 'other.csv');
    await writeFile(file, 'lead_id,colour\nL1,blue\n');
    const run = await weir('import', workspace, file);
    expect(run.code).toBe(1);
    expect(run.err).toContain('lead');
    expect(run.err).toContain('created_at');
  });

  test('settings that are not valid', async () => {
    const dir = join(folder, 'wrong');
    await weir('init', dir);
    await writeFile(join(dir, 'weir.json'), '{"timeZone": "Mars/Olympus"}');
    const run = await weir('metrics', dir);
    expect(run.code).toBe(1);
    expect(run.err).toContain('IANA time zone');
  });

  test('a workspace made by a newer Weir', async () => {
    const dir = join(folder, 'newer');
    await weir('init', dir);
    await writeFile(join(dir, 'weir.json'), '{"format": 99}');
    expect((await weir('metrics', dir)).err).toContain('newer');
  });
});

test('explain prints the meaning and the statement of every key metric', async () => {
  const run = await weir('explain', workspace, 'ncv-01.5/first-time-fix-rate');
  expect(run.code).toBe(0);
  for (const word of ['Meaning', 'Formula', 'Date rule', 'SELECT']) expect(run.out).toContain(word);
});

test('a stage document is read from any file', async () => {
  const source = resolveDocument();
  const check = await weirJson<StreamCheck>('stream', 'check', source);
  expect(check.model?.stages).toHaveLength(7);
  expect(await readFile(source, 'utf8')).toContain(check.model?.name ?? 'no name');
});

function resolveDocument(): string {
  return join(import.meta.dirname, '../../analytics/streams/documents/ncv-01.md');
}

test('a profile is listed with its tables, and shown as a file that can be taken back as it is', async () => {
  const listed = await weirJson<{ name: string; own: boolean; tables: string[] }[]>('profiles', workspace);
  expect(listed.find((each) => each.name === 'zendesk')).toMatchObject({ own: false, tables: ['support_ticket'] });
  const shown = await weir('profiles', '--show', 'zendesk');
  await writeFile(join(folder, 'ours.json'), shown.out);
  await writeFile(join(folder, 'tickets.csv'), 'id,created_at,requester_id\n1,2026-01-01 10:00,7\n');
  const report = await weirJson<ImportReport>(
    'import',
    workspace,
    join(folder, 'tickets.csv'),
    '--dry-run',
    '--profile',
    join(folder, 'ours.json'),
  );
  expect(report.files[0]).toMatchObject({ table: 'support_ticket', profile: 'zendesk' });
});
