import { expect, test } from 'vitest';
import type { SqlStatement } from '../../../analytics/contract/sql.ts';
import { openDatabase } from '../../../analytics/warehouse/index.ts';
import { memoryKeeper } from '../../../analytics/workspace/running/memory-keeper.ts';

test('what the database has freed is given back within a transaction and after it, and its limit stays what it was', async () => {
  const database = await openDatabase(':memory:', { memoryLimit: '1000MB', threads: 1 });
  try {
    const connection = await database.connect();
    const told: string[] = [];
    const run = (statement: SqlStatement) => {
      told.push(statement.text);
      return connection.run(statement);
    };
    const sql = { ...connection, run };
    const limit = async () =>
      (await connection.rows<{ at: string }>({ text: "SELECT current_setting('memory_limit') AS at" }))[0]?.at;
    const before = await limit();
    const keeper = memoryKeeper(sql, 1000);
    await keeper.rest();
    expect(told).toEqual([]);
    const watched = keeper.watching(sql);
    const [first] = await watched.transaction(async () => {
      await watched.run({ text: 'CREATE TEMP TABLE much AS SELECT i, CAST(hash(i) AS VARCHAR) AS h FROM range(9000000) r(i)' });
      await watched.run({ text: 'DROP TABLE much' });
      return watched.rows<{ one: number }>({ text: 'SELECT 1 AS one' });
    });
    await keeper.rest();
    expect(first).toEqual({ one: 1 });
    expect(told.filter((text) => text.startsWith('SET')).length).toBeGreaterThan(0);
    expect(await limit()).toBe(before);
  } finally {
    database.close();
  }
});
