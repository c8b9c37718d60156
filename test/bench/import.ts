import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { settingsSchema } from '../../analytics/contract/settings.ts';
import type { Sql } from '../../analytics/contract/sql.ts';
import { importFiles } from '../../analytics/ingest/index.ts';
import { createTables, installDialect, openDatabase } from '../../analytics/warehouse/index.ts';

/** Import of a clean status log beside the database's bare reading of it: `npm run bench`, `-- --rows=10000000` for the large one. */
const FOLDER = path.resolve('.cache/bench');
const RUNS = 3;
const [mode, given] = (process.env.BENCH_CASE ?? '').split(':');

interface Measure {
  readonly ms: number;
  readonly cpu: number;
  readonly megabytes: number;
}

if (mode) console.log(JSON.stringify(await measured(mode, Number(given))));
else await compare();

async function compare(): Promise<void> {
  const rows = Number(process.argv.find((each) => each.startsWith('--rows='))?.slice(7) ?? 1_000_000);
  await makeLog(rows);
  const measures: Record<string, Measure[]> = { floor: [], import: [] };
  for (let run = 0; run < RUNS; run++) for (const [name, list] of Object.entries(measures)) list.push(inOwnProcess(name, rows));
  const floor = median((measures.floor ?? []).map((each) => each.ms));
  const table = Object.entries(measures).map(([name, list]) => {
    const ms = median(list.map((each) => each.ms));
    return {
      name,
      ms: Math.round(ms),
      ratio: (ms / floor).toFixed(2),
      'rows/s': Math.round((rows / ms) * 1000),
      'cpu ms': Math.round(median(list.map((each) => each.cpu))),
      'peak MB': Math.round(Math.max(...list.map((each) => each.megabytes))),
    };
  });
  console.log(`${rows} status rows, medians of ${RUNS} runs each in its own process`);
  console.table(table);
}

function inOwnProcess(name: string, rows: number): Measure {
  const env = { ...process.env, BENCH_CASE: `${name}:${rows}` };
  const said = execFileSync(
    process.execPath,
    process.argv.slice(1).length ? [...process.execArgv, ...process.argv.slice(1)] : [],
    {
      env,
      encoding: 'utf8',
    },
  );
  return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Measure;
}

async function measured(name: string, rows: number): Promise<Measure> {
  const file = path.join(FOLDER, `${name}.duckdb`);
  for (const ending of ['', '.wal']) rmSync(file + ending, { force: true });
  const database = await openDatabase(file);
  const sql = await database.connect();
  const settings = settingsSchema.parse({});
  await createTables(sql);
  await installDialect(sql, settings);
  const [start, before] = [performance.now(), process.cpuUsage()];
  if (name === 'floor') await bare(sql, logPath(rows));
  else await importFiles(sql, { files: [logPath(rows)], dryRun: false }, { settings });
  await sql.run({ text: 'CHECKPOINT' });
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  database.close();
  for (const ending of ['', '.wal']) rmSync(file + ending, { force: true });
  return { ms, cpu: (user + system) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 };
}

/** The floor: types given, no order kept, newest storage, and nothing of what an import promises. */
async function bare(sql: Sql, file: string): Promise<void> {
  await sql.run({ text: 'SET preserve_insertion_order = false' });
  await sql.run({ text: 'CREATE TABLE bare (a VARCHAR, c INTEGER, m VARCHAR, s VARCHAR, e VARCHAR, t TIMESTAMP)' });
  await sql.run({
    text: `INSERT INTO bare SELECT * FROM read_csv($file, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
      columns = {'a': 'VARCHAR', 'c': 'INTEGER', 'm': 'VARCHAR', 's': 'VARCHAR', 'e': 'VARCHAR', 't': 'TIMESTAMP'})`,
    params: { file },
  });
}

function logPath(rows: number): string {
  return path.join(FOLDER, `status-${rows}.csv`);
}

/** A log in order of time: ports interleaved, 25,000 messages each over 24 months. */
async function makeLog(rows: number): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  if (existsSync(logPath(rows))) return;
  const database = await openDatabase(':memory:');
  const sql = await database.connect();
  const ports = Math.max(40, Math.round(rows / 25_000));
  await sql.run({
    text: `COPY (SELECT 'CP-' || lpad(CAST(i * 7919 % ${ports} AS VARCHAR), 5, '0') AS charge_box_id, 1 + i % 2 AS connector_id,
      'StatusNotification' AS message_type, ['Available', 'Preparing', 'Charging', 'Finishing', 'Faulted', 'Unavailable'][1 + CAST(hash(i) % 6 AS INTEGER)] AS status,
      CASE WHEN hash(i) % 6 = 4 THEN 'GroundFailure' ELSE 'NoError' END AS error_code,
      strftime(TIMESTAMP '2024-01-01' + to_seconds(i * 63072000 // ${rows}), '%Y-%m-%dT%H:%M:%SZ') AS status_timestamp
      FROM range(${rows}) AS rows(i)) TO '${logPath(rows).replaceAll("'", "''")}' (HEADER)`,
  });
  database.close();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
