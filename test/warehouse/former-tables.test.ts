import { expect, test } from 'vitest';
import { createTables, openDatabase } from '../../analytics/warehouse/index.ts';

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
