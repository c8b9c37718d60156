import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, type Database, openDatabase } from '../../analytics/warehouse/index.ts';

const MANY = 300_000;

let folder: string;
let database: Database;
let sql: Connection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-inserts-'));
  database = await openDatabase(join(folder, 'some.duckdb'), { threads: 2 });
  sql = await database.connect();
  await sql.run({ text: `CREATE TABLE source AS SELECT i, 'm' || i % 3 AS m FROM range(${MANY}) r(i)` });
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ['no row fits', 'SELECT * FROM source WHERE i % 7 > 10'],
  ['no row is there', 'SELECT * FROM source LIMIT 0'],
])('many rows can be read that follow an insert of none in one transaction, where %s', async (_, nothing) => {
  await sql.run({ text: 'CREATE OR REPLACE TABLE kept (i BIGINT, m VARCHAR)' });
  const count = async () => (await sql.rows<{ n: number }>({ text: 'SELECT count(*) AS n FROM kept' }))[0]?.n;
  await sql.transaction(async () => {
    await sql.run({ text: `INSERT INTO "kept" ${nothing}` });
    await sql.run({ text: 'INSERT INTO main.kept SELECT * FROM source ORDER BY i' });
    expect(await count()).toBe(MANY);
    await sql.run({ text: 'INSERT INTO kept SELECT * FROM source ORDER BY i' });
  });
  expect(await count()).toBe(2 * MANY);
  expect(await sql.rows({ text: "SELECT current_setting('threads') AS n" })).toEqual([{ n: 2 }]);
});

test('an insert that fails after one of none says why, and leaves the database its threads', async () => {
  await sql.run({ text: 'CREATE OR REPLACE TABLE kept (i BIGINT, m VARCHAR)' });
  const failing = sql.transaction(async () => {
    await sql.run({ text: 'INSERT INTO kept SELECT * FROM source LIMIT 0' });
    await sql.run({ text: "INSERT INTO kept SELECT CAST(m AS BIGINT), 'x' FROM source" });
  });
  await expect(failing).rejects.toThrow('m0');
  expect(await sql.rows({ text: "SELECT current_setting('threads') AS n" })).toEqual([{ n: 2 }]);
});
