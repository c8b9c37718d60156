import { expect, test } from 'vitest';
import { type Connection, createTables, openDatabase } from '../../analytics/warehouse/index.ts';

test('a table made by an older version gets the form of now and keeps its rows', async () => {
  const database = await openDatabase(':memory:');
  const sql = await database.connect();
  await sql.run({
    text: `CREATE TABLE lead (lead_id VARCHAR, created_at TIMESTAMP, source_system VARCHAR NOT NULL, source_key VARCHAR NOT NULL,
      batch_id INTEGER NOT NULL, file_id INTEGER NOT NULL, line BIGINT NOT NULL, row_hash UBIGINT NOT NULL)`,
  });
  await sql.run({ text: `INSERT INTO lead VALUES ('A', TIMESTAMP '2026-10-01 10:00:00', 'crm', 'A', 3, 4, 5, 6)` });
  await createTables(sql);
  await createTables(sql);
  expect(
    await sql.rows({ text: 'SELECT lead_id, created_at, mql_at, source_system, source_key, batch_id, file_id, line FROM lead' }),
  ).toEqual([
    {
      lead_id: 'A',
      created_at: '2026-10-01T10:00:00Z',
      mql_at: null,
      source_system: 'crm',
      source_key: 'A',
      batch_id: 3,
      file_id: 4,
      line: 5,
    },
  ]);
  expect(
    await sql.rows({ text: `SELECT column_name FROM duckdb_columns() WHERE table_name = 'lead' AND column_name = 'row_hash'` }),
  ).toEqual([]);
  database.close();
});

async function putMessage(sql: Connection, event: string): Promise<void> {
  await sql.run({
    text: `INSERT INTO device_event_row (asset_id, happened_at, event, source_system, batch_id, file_id, line)
      VALUES ('CB-1', TIMESTAMP '2026-10-01', $event, 'ocpp', 1, 1, 2)`,
    params: { event },
  });
}

test('a list that was stored as text, or with fewer members, becomes the list of now', async () => {
  const database = await openDatabase(':memory:');
  const sql = await database.connect();
  await createTables(sql);
  await putMessage(sql, 'heartbeat');
  const type = {
    text: `SELECT data_type AS type FROM duckdb_columns() WHERE table_name = 'device_event_row' AND column_name = 'event'`,
  };
  const now = await sql.rows(type);
  for (const former of ['VARCHAR', `ENUM('status', 'heartbeat')`]) {
    const stored =
      'asset_id, connector_no, happened_at, received_at, event, status, error_code, firmware, source_system, batch_id, file_id, line, updated_at_src, extra';
    await sql.run({
      text: `CREATE TABLE former AS SELECT ${stored.replace('event', `CAST(event AS ${former}) AS event`)}, '' AS source_key FROM device_event`,
    });
    await sql.run({ text: 'DROP TABLE device_event_row' });
    await sql.run({ text: 'ALTER TABLE former RENAME TO device_event_row' });
    await createTables(sql);
    expect(await sql.rows(type)).toEqual(now);
    expect(await sql.rows({ text: 'SELECT event, source_key FROM device_event' })).toEqual([
      { event: 'heartbeat', source_key: 'CB-1||2026-10-01 00:00:00|heartbeat|' },
    ]);
  }
  database.close();
});

test('a derived table made by an older version is made anew, for its rows follow from others', async () => {
  const database = await openDatabase(':memory:');
  const sql = await database.connect();
  await createTables(sql);
  const columns = {
    text: `SELECT column_name AS name FROM duckdb_columns() WHERE table_name = 'port_month' ORDER BY column_index`,
  };
  const now = await sql.rows(columns);
  await sql.run({ text: 'ALTER TABLE port_month DROP COLUMN service_day' });
  await sql.run({ text: `INSERT INTO port_month (asset_id, month) VALUES ('P', DATE '2026-10-01')` });
  await createTables(sql);
  expect(await sql.rows(columns)).toEqual(now);
  expect(await sql.rows({ text: 'SELECT count(*) AS n FROM port_month' })).toEqual([{ n: 0 }]);
  await sql.run({ text: `INSERT INTO port_month (asset_id, month) VALUES ('P', DATE '2026-10-01')` });
  await createTables(sql);
  expect(await sql.rows({ text: 'SELECT count(*) AS n FROM port_month' })).toEqual([{ n: 1 }]);
  database.close();
});

test('messages that an older version kept in one table are shown by the view', async () => {
  const database = await openDatabase(':memory:');
  const sql = await database.connect();
  await createTables(sql);
  await putMessage(sql, 'boot');
  const shown = { text: 'SELECT * FROM device_event' };
  const before = await sql.rows(shown);
  await sql.run({ text: 'DROP VIEW device_event; ALTER TABLE device_event_row RENAME TO device_event; DROP TABLE table_part' });
  await createTables(sql);
  expect(before).toHaveLength(1);
  expect(await sql.rows(shown)).toEqual(before);
  await createTables(sql);
  expect(await sql.rows(shown)).toEqual(before);
  database.close();
});

test('what an older version kept of messages in another form is dropped: it is made anew', async () => {
  const database = await openDatabase(':memory:');
  const sql = await database.connect();
  await sql.run({ text: 'CREATE TABLE kept_said (asset_id VARCHAR, whole INTEGER, moment TIMESTAMP, said VARCHAR)' });
  await sql.run({ text: "INSERT INTO kept_said VALUES ('P', 0, NULL, 'down')" });
  await createTables(sql);
  expect(await sql.rows({ text: 'SELECT count(*) AS rows FROM kept_said' })).toEqual([{ rows: 0 }]);
  await sql.run({ text: "INSERT INTO kept_said (asset_id, whole, said) VALUES ('P', true, 'down')" });
  await createTables(sql);
  expect(await sql.rows({ text: 'FROM kept_said' })).toEqual([{ asset_id: 'P', whole: true, said: 'down' }]);
  database.close();
});
