import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportReport } from '../../../analytics/contract/import-report.ts';
import { importFiles, undoBatch } from '../../../analytics/ingest/index.ts';
import { bufferBytes } from '../../../analytics/ingest/reading/stage.ts';
import { createTables } from '../../../analytics/warehouse/index.ts';
import { type ImportBench, importBench } from '../scratch-file.ts';
import { HEADER, log, ROWS, rowOf, time } from './status-log.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const LAST = ROWS - 1;
const rowsOf = (report: ImportReport) => Object.values(report.files[0]?.rows ?? {});
const bring = async (name: string, content: string) => rowsOf(await bench.importFile(name, content));
const one = async <Row extends object>(text: string) => (await bench.sql.rows<Row>({ text }))[0];
const parts = () => bench.sql.rows({ text: 'SELECT batch_id AS batch, file_id AS file FROM table_part ORDER BY file_id' });

/** How many rows stand otherwise than the log has them, the lines listed apart. */
const wrong = async (...lines: readonly number[]) => {
  const row = await one<{ n: number }>(`SELECT count(*) AS n FROM device_event
    WHERE line NOT IN (${[0, ...lines].join(', ')}) AND file_id = 1 AND (happened_at <> TIMESTAMP '2026-01-01' + to_seconds(line - 2)
      OR asset_id <> 'CB-' || (line - 2) % 50 OR connector_no <> (line - 2) % 3 OR event <> 'status' OR error_code <> 'NoError' OR batch_id <> 1
      OR status <> CASE WHEN (line - 2) % 7 = 0 THEN 'Faulted' ELSE 'Available' END OR received_at IS NOT NULL OR source_system <> 'ocpp'
      OR source_key <> concat_ws('|', asset_id, connector_no, happened_at, event, status))`);
  return row?.n;
};

/** Every message with where it came from, as one number that does not depend on the order of rows. */
const summary = () =>
  one(`SELECT count(*) AS n, CAST(sum(hash(asset_id, connector_no, happened_at, event, status, error_code, source_key, source_system)) AS VARCHAR) AS rows,
    CAST(sum(hash(source_key, batch_id, file_id, line)) AS VARCHAR) AS places FROM device_event`);

test('a long log is a table of its own that holds numbers for texts and whole seconds', async () => {
  expect(await bring('log.csv', log())).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  const types = await bench.sql.rows<{ name: string; type: string }>({
    text: "SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE table_name = 'device_event_part_1' ORDER BY column_index",
  });
  expect(types.map(({ name, type }) => [name, type.replace(/\(.*/, '')])).toEqual([
    ['asset_id', 'ENUM'],
    ['connector_no', 'BIGINT'],
    ['happened_at', 'TIMESTAMP_S'],
    ['event', 'ENUM'],
    ['status', 'ENUM'],
    ['error_code', 'ENUM'],
  ]);
  expect(await one('SELECT count(*) AS n FROM device_event_row')).toEqual({ n: 0 });
  expect(await wrong()).toBe(0);
});

test('the same log in short files gives the same rows', async () => {
  await bring('log.csv', log());
  const [whole, short] = [await summary(), await importBench()];
  try {
    for (const from of [0, ROWS / 2]) await short.importFile(`${from}.csv`, log({}, [from, ROWS / 2]));
    expect(await short.sql.rows({ text: 'FROM table_part' })).toEqual([]);
    const { rows } = whole as { rows: string };
    const [other] = await short.sql.rows({
      text: 'SELECT CAST(sum(hash(asset_id, connector_no, happened_at, event, status, error_code, source_key, source_system)) AS VARCHAR) AS rows FROM device_event',
    });
    expect(other).toEqual({ rows });
  } finally {
    short.close();
  }
});

test('corrected rows leave the table of their log, and the others keep their lines; undo brings everything back', async () => {
  await bring('log.csv', log());
  const before = await summary();
  const corrected = [7, 60_000, LAST];
  const correction = `${HEADER}\n${corrected.map((at) => rowOf(at).replace('NoError', 'Fuse')).join('\n')}\n${rowOf(8)}\n`;
  expect(await bring('correction.csv', correction)).toEqual([4, 0, 3, 1, 0, 0]);
  expect(await wrong(...corrected.map((at) => at + 2))).toBe(0);
  expect(
    await bench.sql.rows({
      text: "SELECT line, batch_id AS batch, file_id AS file FROM device_event WHERE error_code = 'Fuse' ORDER BY line",
    }),
  ).toEqual([2, 3, 4].map((line) => ({ line, batch: 2, file: 2 })));
  await bench.sql.run({ text: 'CHECKPOINT' });
  expect(await wrong(...corrected.map((at) => at + 2))).toBe(0);
  await bring('again.csv', `${HEADER}\n${rowOf(9).replace('NoError', 'Fuse')}\n`);
  await undoBatch(bench.sql, 3);
  await undoBatch(bench.sql, 2);
  expect(await summary()).toEqual(before);
  await undoBatch(bench.sql, 1);
  expect(await one('SELECT count(*) AS n FROM device_event')).toEqual({ n: 0 });
  expect(await parts()).toEqual([]);
  expect(await bench.sql.rows({ text: "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '%_part_%'" })).toEqual([]);
});

test('rows that a later import held too stay when the log is taken back', async () => {
  await bring('log.csv', log());
  await bring('held.csv', `${HEADER}\n${[5, 70_000, ROWS].map(rowOf).join('\n')}\n`);
  await undoBatch(bench.sql, 1);
  const rows = await bench.sql.rows({ text: 'SELECT happened_at, batch_id AS batch, line FROM device_event ORDER BY line' });
  expect(rows).toEqual([5, 70_000, ROWS].map((at, index) => ({ happened_at: time(at), batch: 2, line: index + 2 })));
});

test('rows that are gone from a full export are taken out of the log, and undo brings them back', async () => {
  await bring('log.csv', log());
  const before = await summary();
  const rest = log().split('\n');
  rest.splice(40_002, 2);
  const files = [bench.file('full.csv', rest.join('\n'))];
  const report = await importFiles(bench.sql, { files, dryRun: false, removeGone: true }, { settings: bench.settings });
  expect(rowsOf(report)).toEqual([ROWS - 2, 0, 0, ROWS - 2, 0, 0]);
  expect(await one('SELECT count(*) AS n FROM device_event')).toEqual({ n: ROWS - 2 });
  expect(await wrong()).toBe(0);
  await undoBatch(bench.sql, 2);
  expect(await summary()).toEqual(before);
});

test('a log beside one that it overlaps is compared with it row by row', async () => {
  await bring('log.csv', log());
  const half = ROWS / 2;
  const over = log({ [half + 5]: rowOf(half + 5).replace('NoError', 'Fuse') }, [half, ROWS]);
  expect(await bring('over.csv', over)).toEqual([ROWS, half, 1, half - 1, 0, 0]);
  expect(await wrong(half + 7)).toBe(0);
  expect(await one("SELECT line FROM device_event WHERE error_code = 'Fuse'")).toEqual({ line: 7 });
});

test('a dry run leaves nothing of a long log', async () => {
  const report = await bench.importFile('log.csv', log(), { dryRun: true });
  expect(rowsOf(report)).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  expect(await one('SELECT count(*) AS n FROM device_event')).toEqual({ n: 0 });
  expect(await parts()).toEqual([]);
});

test('a sender and a fraction of a second that only one row has are kept as they are', async () => {
  // Between the parts that are looked at before the log is stored.
  const rows = await bring('log.csv', log({ 70500: rowOf(70_500).replace(/^CB-\d+/, 'CB-NEW') }));
  expect(rows).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  expect(await one("SELECT line FROM device_event WHERE asset_id = 'CB-NEW'")).toEqual({ line: 70_502 });
  expect(await wrong(70_502)).toBe(0);
  expect(await parts()).toEqual([{ batch: 1, file: 1 }]);
  const on = { [ROWS + 70_500]: rowOf(ROWS + 70_500).replace('Z', '.25Z') };
  expect(await bring('on.csv', log(on, [ROWS, ROWS]))).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  expect(
    await one(
      "SELECT line, CAST(happened_at AS VARCHAR) AS at FROM device_event WHERE date_part('us', happened_at) % 1000000 > 0",
    ),
  ).toEqual({
    line: 70_502,
    at: `${time(ROWS + 70_500)
      .replace('T', ' ')
      .replace('Z', '')}.25`,
  });
});

test('a new version of the tables shows a log that an older one stored', async () => {
  await bring('log.csv', log());
  await bench.sql.run({ text: 'DROP VIEW device_event' });
  await createTables(bench.sql);
  expect(await wrong()).toBe(0);
});

test('of very many long logs the later ones are stored row by row', async () => {
  for (let at = 1; at <= 12; at++)
    await bench.sql.run({
      text: `INSERT INTO table_part VALUES ('device_event', 0, ${at + 100}, 'test', 0, 2, 'asset_id,happened_at')`,
    });
  for (let at = 1; at <= 12; at++)
    await bench.sql.run({
      text: `CREATE TABLE device_event_part_${at + 100} AS SELECT 'CB-1' AS asset_id, TIMESTAMP_S '2020-01-0${(at % 9) + 1}' AS happened_at`,
    });
  expect(await bring('log.csv', log())).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  expect(await one('SELECT count(*) AS n FROM device_event_row')).toEqual({ n: ROWS });
  expect(await one('SELECT count(*) AS n FROM device_event')).toEqual({ n: ROWS });
});

test('a log that is not in order of time is stored at once too, unless it shares times with others or repeats a row', async () => {
  const steps: string[] = [];
  const onProgress = ({ step }: { readonly step: string }) => steps.push(step);
  const shuffled = (from: number, otherwise: Readonly<Record<number, string>> = {}) => {
    const lines = log(otherwise, [from, ROWS]).trimEnd().split('\n').slice(1);
    return `${HEADER}\n${[...lines.slice(ROWS / 2), ...lines.slice(0, ROWS / 2)].join('\n')}\n`;
  };
  const late = await bench.importFile('late.csv', shuffled(0), { onProgress });
  expect(rowsOf(late)).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  expect(steps.filter((step) => step === 'reading')).toHaveLength(1);
  expect(await one('SELECT line FROM device_event WHERE happened_at = (SELECT min(happened_at) FROM device_event)')).toEqual({
    line: ROWS / 2 + 2,
  });
  expect(
    await one(
      `SELECT count(*) AS n FROM device_event WHERE happened_at <> TIMESTAMP '2026-01-01' + to_seconds((line - 2 + ${ROWS / 2}) % ${ROWS})`,
    ),
  ).toEqual({ n: 0 });
  const twice = await bench.importFile('twice.csv', shuffled(ROWS, { [ROWS + 70_000]: rowOf(ROWS + 3) }));
  expect(rowsOf(twice)).toEqual([ROWS, ROWS - 1, 0, 0, 1, 0]);
  const back = await bench.importFile('back.csv', shuffled(2 * ROWS, { [2 * ROWS + 70_000]: rowOf(60_000) }));
  expect(rowsOf(back)).toEqual([ROWS, ROWS - 1, 0, 1, 0, 0]);
  expect(await parts()).toEqual([{ batch: 1, file: 1 }]);
});

test('a log is stored while it is read whatever its length, in buffers that the database divides evenly', async () => {
  const sizes = Array.from({ length: 400 }, (_, step) => 500_000 + step * 777_777);
  for (const size of sizes) {
    const times = bufferBytes(size) / 2_000_000;
    expect([1, 2, 4, 8, 16], String(size)).toContain(times);
    if (size > 8_000_000 && times < 16) expect(size / bufferBytes(size)).toBeGreaterThanOrEqual(4);
  }
  // Lines of an odd length, so that no buffer ends with one.
  const rows = Array.from({ length: 180_000 }, (_, row) => rowOf(row).replace('NoError', row % 3 === 0 ? 'Fuse' : 'NoError'));
  const report = await bench.importFile('odd.csv', [HEADER, ...rows].join('\n'));
  expect(report.files[0]?.rows).toMatchObject({ read: 180_000, inserted: 180_000 });
  expect(await parts()).toHaveLength(1);
});
