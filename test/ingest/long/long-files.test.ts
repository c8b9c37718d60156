import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRejects } from '../../../analytics/ingest/index.ts';
import { type ImportBench, importBench } from '../scratch-file.ts';
import { HEADER, log, ROWS, rowOf, time } from './status-log.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

async function imported(otherwise: Readonly<Record<number, string>>) {
  const report = await bench.importFile('log.csv', log(otherwise));
  return { rows: Object.values(report.files[0]?.rows ?? {}), codes: report.files[0]?.findings.map((each) => each.code) ?? [] };
}

test('a long log is stored with the line, the values and the key of every row', async () => {
  expect((await imported({})).rows).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  const [wrong] = await bench.sql.rows({
    text: `SELECT count(*) AS n FROM device_event WHERE happened_at <> TIMESTAMP '2026-01-01' + to_seconds(line - 2)
      OR asset_id <> 'CB-' || (line - 2) % 50 OR connector_no <> (line - 2) % 3 OR event <> 'status'
      OR status <> CASE WHEN (line - 2) % 7 = 0 THEN 'Faulted' ELSE 'Available' END
      OR source_key <> concat_ws('|', asset_id, connector_no, happened_at, event, status)`,
  });
  expect(wrong).toEqual({ n: 0 });
});

test('rows keep their line whichever of several threads reads them', async () => {
  await bench.sql.run({ text: 'SET threads = 4' });
  await imported({});
  const wrong = {
    text: `SELECT count(*) AS n FROM device_event WHERE happened_at <> TIMESTAMP '2026-01-01' + to_seconds(line - 2)`,
  };
  expect(await bench.sql.rows(wrong)).toEqual([{ n: 0 }]);
});

test('what stands in the middle of a long file only is read as in any other', async () => {
  const { rows } = await imported({
    60000: `  CB-9 ,1,StatusNotification,n/a,NoError,${time(60_000)}`,
    60001: 'CB-9,1,StatusNotification,Faulted,NoError,soon',
    60002: `,1,StatusNotification,Faulted,NoError,${time(60_002)}`,
    60003: `CB-9,1.0,Heartbeat,,,${time(60_003)}`,
    60004: HEADER,
    60005: `CB-9,5000,StatusNotification,Faulted,NoError,${time(60_005)}`,
    60006: `"CB-9",1,StatusNotification,"Faul\nted",NoError,${time(60_006)}`,
  });
  expect(rows).toEqual([ROWS, ROWS - 4, 0, 0, 0, 4]);
  expect(
    await bench.sql.rows({
      text: 'SELECT line, asset_id, status, event FROM device_event WHERE line IN (60002, 60005, 60008, 60010)',
    }),
  ).toEqual([
    { line: 60_002, asset_id: 'CB-9', status: null, event: 'status' },
    { line: 60_005, asset_id: 'CB-9', status: null, event: 'heartbeat' },
    { line: 60_008, asset_id: 'CB-9', status: 'Faul\nted', event: 'status' },
    { line: 60_010, asset_id: 'CB-7', status: 'Available', event: 'status' },
  ]);
  const rejects = await listRejects(bench.sql);
  expect(rejects.map((each) => [each.line, each.column])).toEqual([
    [60_003, 'status_timestamp'],
    [60_004, 'charge_box_id'],
    [60_006, null],
    [60_007, 'connector_id'],
  ]);
});

test('a row that a long log repeats is a duplicate, near by or far away', async () => {
  expect((await imported({ 70000: rowOf(69_999) })).rows).toEqual([ROWS, ROWS - 1, 0, 0, 1, 0]);
  await bench.sql.run({ text: 'DELETE FROM device_event_row' });
  await bench.sql.run({ text: 'DELETE FROM import_file' });
  expect((await imported({ 70000: rowOf(10) })).rows).toEqual([ROWS, ROWS - 1, 0, 0, 1, 0]);
  expect(await bench.sql.rows({ text: 'SELECT line FROM device_event WHERE line IN (12, 70002)' })).toEqual([{ line: 70_002 }]);
});

test('keys whose parts differ but whose texts are the same are one key', async () => {
  const { rows } = await imported({
    70000: `CB|1,1,StatusNotification,A,NoError,${time(70_000)}`,
    70001: `CB|1,1,StatusNotification,A,NoError,${time(70_000)}`,
  });
  expect(rows).toEqual([ROWS, ROWS - 1, 0, 0, 1, 0]);
});

test('a total at the end of a long file is no data', async () => {
  const { rows } = await imported({ [ROWS - 1]: `Total,,,,,` });
  expect(rows).toEqual([ROWS, ROWS - 1, 0, 0, 0, 1]);
});

test('a long log that goes on where the one before ended shares nothing with it, and one that overlaps it does', async () => {
  await imported({});
  const later = Array.from({ length: ROWS }, (_, index) => rowOf(index + ROWS)).join('\n');
  const on = await bench.importFile('on.csv', `${HEADER}\n${later}\n`);
  expect(Object.values(on.files[0]?.rows ?? {})).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  const half = Array.from({ length: ROWS }, (_, index) =>
    rowOf(index + ROWS + ROWS / 2).replace('NoError', index === 5 ? 'Other' : 'NoError'),
  );
  const over = await bench.importFile('over.csv', `${HEADER}\n${half.join('\n')}\n`);
  expect(Object.values(over.files[0]?.rows ?? {})).toEqual([ROWS, ROWS / 2, 1, ROWS / 2 - 1, 0, 0]);
});

test('a long log is known by its bytes, whether it comes again or not', async () => {
  await imported({});
  const sha256 = createHash('sha256').update(log()).digest('hex');
  expect(await bench.sql.rows({ text: 'SELECT sha256, rows_read FROM import_file' })).toEqual([{ sha256, rows_read: ROWS }]);
  const again = await bench.importFile('again.csv', log());
  expect(again.batch).toBeNull();
  expect(again.files[0]?.findings.map((each) => each.code)).toContain('file-known');
  expect(Object.values(again.files[0]?.rows ?? {})).toEqual([ROWS, 0, 0, ROWS, 0, 0]);
});

test('what only the middle of a long file shows of its bytes is heeded', async () => {
  const signs = Buffer.from(log({ 60000: rowOf(60_000).replace('NoError', 'St\u00f6rung') }), 'latin1');
  const report = await bench.importFile('signs.csv', signs);
  expect(report.files[0]?.encoding).toBe('Windows-1252');
  expect(Object.values(report.files[0]?.rows ?? {})).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  const row = { text: 'SELECT error_code, line FROM device_event WHERE line = 60002' };
  expect(await bench.sql.rows(row)).toEqual([{ error_code: 'St\u00f6rung', line: 60_002 }]);
});

test('lines that end otherwise in the middle of a long file, and empty ones, keep the count', async () => {
  expect((await imported({ 60000: `${rowOf(60_000)}\r`, 60001: '' })).rows.slice(0, 2)).toEqual([ROWS - 1, ROWS - 1]);
  const rows = { text: 'SELECT error_code, line FROM device_event WHERE line IN (60002, 60004) ORDER BY line' };
  expect(await bench.sql.rows(rows)).toEqual([
    { error_code: 'NoError', line: 60_002 },
    { error_code: 'NoError', line: 60_004 },
  ]);
});

test('letters beyond ASCII do not have a long file read twice', async () => {
  const steps: string[] = [];
  const content = log(Object.fromEntries([3, 60_000, ROWS - 2].map((at) => [at, rowOf(at).replace('NoError', 'Störung')])));
  const report = await bench.importFile('letters.csv', content, { onProgress: ({ step }) => steps.push(step) });
  expect(report.files[0]?.encoding).toBe('UTF-8');
  expect(Object.values(report.files[0]?.rows ?? {})).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  expect(steps.filter((step) => step === 'reading')).toHaveLength(1);
  const rows = { text: "SELECT line FROM device_event WHERE error_code = 'Störung' ORDER BY line" };
  expect(await bench.sql.rows(rows)).toEqual([3, 60_000, ROWS - 2].map((at) => ({ line: at + 2 })));
});

const FORMS: readonly { readonly name: string; readonly write: (zulu: string) => string; readonly zone: boolean }[] = [
  { name: 'with their offset', write: (zulu) => zulu.replace('Z', '+00:00'), zone: true },
  { name: 'without a zone', write: (zulu) => zulu.replace('T', ' ').replace('Z', ''), zone: false },
  { name: 'without a zone, in milliseconds', write: (zulu) => zulu.replace('Z', '.250'), zone: false },
];

test.each(FORMS)('a long log that writes its times $name is stored at once', async ({ write, zone }) => {
  const [header, ...lines] = log().trimEnd().split('\n');
  const written = lines.map((line) => line.replace(/[^,]+$/, write));
  const report = await bench.importFile('log.csv', [header, ...written, ''].join('\n'));
  expect(Object.values(report.files[0]?.rows ?? {})).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  expect(
    report.files[0]?.findings.filter((each) => each.code === 'zone-assumed').map((each) => [each.column, each.count]),
  ).toEqual(zone ? [] : [['status_timestamp', ROWS]]);
  const [wrong] = await bench.sql.rows({
    text: `SELECT count(*) AS n, (SELECT count(*) FROM table_part) AS parts FROM device_event
      WHERE date_trunc('second', happened_at) <> TIMESTAMP '2026-01-01' + to_seconds(line - 2)`,
  });
  expect(wrong).toEqual({ n: 0, parts: 1 });
});

test.each([
  ['an offset among times without a zone', FORMS[1], (zulu: string) => `${zulu.replace('T', ' ').replace('Z', '')}+01`, -3600],
  ['another offset among the same', FORMS[0], (zulu: string) => zulu.replace('Z', '+02:00'), -7200],
] as const)('%s in the middle of a long log is read for what it says', async (_, form, odd, seconds) => {
  const at = 90_006;
  const [header, ...lines] = log().trimEnd().split('\n');
  const written = lines.map((line, index) => line.replace(/[^,]+$/, index === at ? odd : (form?.write ?? String)));
  const report = await bench.importFile('log.csv', [header, ...written, ''].join('\n'));
  expect(Object.values(report.files[0]?.rows ?? {})).toEqual([ROWS, ROWS, 0, 0, 0, 0]);
  const rows = await bench.sql.rows({
    text: `SELECT line, epoch(happened_at - (TIMESTAMP '2026-01-01' + to_seconds(line - 2))) AS seconds FROM device_event
      WHERE happened_at <> TIMESTAMP '2026-01-01' + to_seconds(line - 2)`,
  });
  expect(rows).toEqual([{ line: at + 2, seconds }]);
});
