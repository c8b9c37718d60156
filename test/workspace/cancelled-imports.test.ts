import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WeirError } from '../../analytics/contract/errors.ts';
import type { ImportProgress, ImportReport } from '../../analytics/contract/import-report.ts';
import type { WorkspaceDescription } from '../../analytics/contract/workspace.ts';
import { openDatabase } from '../../analytics/warehouse/index.ts';
import { importInto } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { rehearseImport } from '../../analytics/workspace/effect/rehearse.ts';
import { type Engine, openEngine } from '../../analytics/workspace/engine.ts';
import { openWorkspace } from '../../analytics/workspace/open.ts';
import { reporting } from '../../analytics/workspace/running/reporting.ts';
import { zipFile } from '../ingest/reading/zip-file.ts';
import { storedTables } from './stored-tables.ts';

const HEADER = 'lead_id,stream_id,created_at,region,updated_at';
const FIRST = `${HEADER}\nL1,NCV-01,2026-01-05T10:00:00Z,North,2026-01-06T00:00:00Z\nL2,NCV-01,2026-01-07T10:00:00Z,South,2026-01-08T00:00:00Z\n`;
/** One row is new, one changes what is there, one is refused. */
const SECOND = `${HEADER}\nL2,NCV-01,2026-01-07T10:00:00Z,North,2026-02-08T00:00:00Z\nL3,NCV-01,2026-02-07T10:00:00Z,East,2026-02-08T00:00:00Z\nL4,NCV-01,soon,East,2026-02-08T00:00:00Z\n`;

let folder: string;
let dir: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-cancel-'));
  dir = join(folder, 'workspace');
  await createWorkspace(dir, { sample: false });
  await writeFile(join(folder, 'first.csv'), FIRST);
  await writeFile(join(folder, 'second.csv'), SECOND);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A metric of the workspace's own over leads. */
function writeMetric(name: string, num: string, from = 'lead'): Promise<void> {
  const header = `stage: NCV-01.1\nname: ${name}\nmeaning: A test\nformula: a sum\nunit: count\ndirection: up\nkind: count\nbasis: event\ndateRule: day of the lead\ngrain: lead\nentity: lead\ntables: [lead]\nsource: test\nversion: 1`;
  const select = `SELECT source_key AS entity_id, local_day(created_at, region) AS day, segment, region, product, channel, crew, ${num} AS num, NULL AS den, NULL AS matures_on FROM ${from}`;
  return writeFile(
    join(dir, 'metrics', `${name.toLowerCase().replaceAll(' ', '-')}.sql`),
    `/* ---\n${header}\n--- */\n${select}\n`,
  );
}

async function everything(): Promise<Record<string, readonly string[]>> {
  const workspace = await openWorkspace(dir);
  try {
    return await storedTables(workspace);
  } finally {
    workspace.close();
  }
}

async function withEngine<Value>(
  work: (engine: Engine) => Promise<Value>,
  progress: (progress: ImportProgress) => void = () => undefined,
): Promise<Value> {
  const engine = await openEngine(dir, { progress, changed: () => undefined, watched: () => undefined });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

const importOf = (engine: Engine, file: string, signal?: AbortSignal) =>
  engine.call('import.files', { files: [join(folder, file)] }, signal ? { signal } : {});

async function imported(file: string): Promise<ImportReport> {
  const outcome = await withEngine((engine) => importOf(engine, file));
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

async function cancelled(file: string, when: (progress: ImportProgress) => boolean): Promise<string | null> {
  const stop = new AbortController();
  const outcome = await withEngine(
    (engine) => importOf(engine, file, stop.signal),
    (progress) => {
      if (when(progress)) stop.abort();
    },
  );
  return outcome.ok ? null : outcome.error.code;
}

test.each(['scanning', 'reading', 'checking', 'storing', 'measuring'] as const)(
  'an import cancelled while it is %s leaves every table as it was, and can be made again',
  async (step) => {
    await imported('first.csv');
    const before = await everything();
    expect(await cancelled('second.csv', (progress) => progress.step === step)).toBe('cancelled');
    expect(await everything()).toEqual(before);
    const report = await imported('second.csv');
    expect(report).toMatchObject({ batch: 2, files: [{ rows: { read: 3, inserted: 1, updated: 1, rejected: 1 } }] });
  },
);

test.each([
  ['a Parquet file', 'wide.parquet'],
  ['a sheet of a workbook', 'wide.xlsx'],
])('%s is given up while it is converted', async (_, file) => {
  await imported('first.csv');
  const before = await everything();
  await (file.endsWith('.parquet') ? wideParquet(join(folder, file)) : wideWorkbook(join(folder, file)));
  const steps: ImportProgress[] = [];
  expect(await cancelled(file, (progress) => steps.push(progress) > 1)).toBe('cancelled');
  expect(new Set(steps.map(({ step }) => step))).toEqual(new Set(['scanning']));
  expect(steps.every(({ part }) => part === null)).toBe(true);
  expect(await everything()).toEqual(before);
});

/** A small file that is a gigabyte of text. */
async function wideParquet(file: string): Promise<void> {
  const database = await openDatabase(':memory:');
  const columns = Array.from({ length: 10 }, (_, index) => `repeat('x', 50) AS c${index}`).join(', ');
  const sql = await database.connect();
  await sql.run({ text: `COPY (SELECT i AS lead_id, ${columns} FROM range(2000000) r(i)) TO '${file}' (FORMAT parquet)` });
  database.close();
}

async function wideWorkbook(file: string): Promise<void> {
  const row = `<row>${'<c t="inlineStr"><is><t>some text</t></is></c>'.repeat(20)}</row>`;
  const book = {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
    'xl/worksheets/s.xml': `<worksheet><sheetData>${row.repeat(40_000)}</sheetData></worksheet>`,
  };
  await writeFile(file, zipFile(book));
}

test('a statement that measures for ever is interrupted in its midst, and the workspace is as before', async () => {
  const all = `(SELECT any_value(COLUMNS(a.*)), sum(hash(b.lead_id, c.lead_id, d.lead_id) % 7) AS n FROM lead a, lead b, lead c, lead d) forever`;
  await writeMetric('Endless', 'n', all);
  const many = Array.from({ length: 5000 }, (_, index) => `M${index},NCV-01,2026-01-05T10:00:00Z,North,2026-01-06T00:00:00Z`);
  await writeFile(join(folder, 'many.csv'), [HEADER, ...many].join('\n'));
  await withEngine(async () => undefined);
  const before = await everything();
  let heard = 0;
  const inTheMidst = ({ step }: ImportProgress) => step === 'measuring' && ++heard === 2;
  expect(await cancelled('many.csv', inTheMidst)).toBe('cancelled');
  expect(await everything()).toEqual(before);
}, 60_000);

test('nothing of the working tables stays on the connection, and a cancel that comes after the commit changes nothing', async () => {
  const workspace = await openWorkspace(dir);
  const stop = new AbortController();
  const { until } = workspace.writer;
  workspace.writer.until = (signal) => {
    const sql = until(signal);
    let depth = 0;
    return {
      ...sql,
      async transaction(work) {
        depth += 1;
        const value = await sql.transaction(work);
        depth -= 1;
        if (depth === 0) stop.abort();
        return value;
      },
    };
  };
  const request = { files: [join(folder, 'first.csv')], dryRun: false };
  const report = await importInto(workspace, request, { signal: stop.signal });
  expect(stop.signal.aborted).toBe(true);
  expect(report.batch).toBe(1);
  const left = await workspace.writer.rows({
    text: `SELECT table_name AS name FROM duckdb_tables() WHERE temporary AND starts_with(table_name, 'ingest')
      UNION ALL SELECT view_name FROM duckdb_views() WHERE temporary AND starts_with(view_name, 'ingest')`,
  });
  workspace.close();
  expect(left).toEqual([]);
});

test('an import that is stopped, at whatever moment, does not stop the one that waits behind it', async () => {
  const workspace = await openWorkspace(dir);
  const before = await storedTables(workspace);
  const request = { files: [join(folder, 'first.csv')], dryRun: true };
  const outcomes = new Set<string>();
  for (let delay = 0; delay < 300; delay += 20) {
    const stop = new AbortController();
    const watch = { signal: stop.signal, files: request.files, progress: () => undefined };
    const stopped = reporting(workspace.writer, watch, (options) => rehearseImport(workspace, request, options)).then(
      () => 'done',
      (thrown: unknown) => (thrown as WeirError).code,
    );
    const waiting = rehearseImport(workspace, request, {});
    setTimeout(() => stop.abort(), delay);
    outcomes.add(await stopped);
    await expect(waiting).resolves.toMatchObject({ batch: null, asOf: { to: '2026-01-07' } });
  }
  expect(outcomes).toContain('cancelled');
  expect(await storedTables(workspace)).toEqual(before);
  workspace.close();
}, 60_000);

test('a metric whose statement fails over the new rows does not take the import with it, and comes back once they are gone', async () => {
  await writeMetric('Whole', '1');
  await writeMetric('Fragile', `CASE WHEN lead_id = 'L3' THEN CAST('x' || lead_id AS INTEGER) ELSE 1 END`);
  const counts = async (metric: string) => {
    const rows = (await everything())['weir.main.observation']?.filter((row) => row.includes(`ncv-01.1/${metric}`));
    return rows?.length;
  };
  const unavailable = () =>
    withEngine(async (engine) => {
      const outcome = await engine.call('workspace.describe', {});
      return outcome.ok ? (outcome.value satisfies WorkspaceDescription).unavailable.map((each) => each.id) : null;
    });
  await imported('first.csv');
  expect([await counts('whole'), await counts('fragile')]).toEqual([2, 2]);
  expect((await imported('second.csv')).batch).toBe(2);
  expect([await counts('whole'), await counts('fragile')]).toEqual([3, 0]);
  expect(await unavailable()).toEqual(['ncv-01.1/fragile']);
  await withEngine((engine) => engine.call('import.undo', { batch: 2 }));
  expect([await counts('whole'), await counts('fragile')]).toEqual([2, 2]);
  expect(await unavailable()).toEqual([]);
});
