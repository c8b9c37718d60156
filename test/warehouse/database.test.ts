import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, Database } from '../../analytics/warehouse/database.ts';
import { openDatabase } from '../../analytics/warehouse/index.ts';

/** Far longer than any test may take: only stopping ends it. */
const ENDLESS = { text: 'SELECT sum(a.i * b.i % 7) AS total FROM range(10000000) a(i), range(10000000) b(i)' };
const SHORT = { text: 'SELECT 42 AS answer' };

let database: Database;
let sql: Connection;

beforeEach(async () => {
  database = await openDatabase(':memory:', { threads: 1 });
  sql = await database.connect();
});
afterEach(() => database.close());

describe('work that a signal may stop', () => {
  it('ends its running statement at once, and the statements of other work that wait for it then run', async () => {
    const [stopping, other] = [new AbortController(), new AbortController()];
    const endless = sql.until(stopping.signal).rows(ENDLESS);
    const waiting = sql.until(other.signal).rows(SHORT);
    const started = new Promise((later) => setImmediate(later));
    await started;
    stopping.abort();
    await expect(endless).rejects.toMatchObject({ code: 'cancelled' });
    expect(await waiting).toEqual([{ answer: 42 }]);
  });

  it('leaves the statement of other work alone while its own waits, and does not run its own', async () => {
    const [stopping, other] = [new AbortController(), new AbortController()];
    const running = sql
      .until(other.signal)
      .rows({ text: 'SELECT count(*) AS n FROM range(20000000) a(i) WHERE hash(i) % 3 = 4' });
    const waiting = sql.until(stopping.signal).run({ text: 'CREATE TABLE never (i INTEGER)' });
    stopping.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(await running).toEqual([{ n: 0 }]);
    await expect(sql.rows({ text: 'FROM never' })).rejects.toMatchObject({ code: 'sql-failed' });
  });

  it('leaves the connection usable for the statements that come after', async () => {
    const stopping = new AbortController();
    const endless = sql.until(stopping.signal).rows(ENDLESS);
    await new Promise((later) => setImmediate(later));
    stopping.abort();
    await expect(endless).rejects.toMatchObject({ code: 'cancelled' });
    expect(await sql.rows(SHORT)).toEqual([{ answer: 42 }]);
  });

  it('takes a transaction back whole', async () => {
    const stopping = new AbortController();
    await sql.run({ text: 'CREATE TABLE kept (i INTEGER)' });
    const bound = sql.until(stopping.signal);
    const work = bound.transaction(async () => {
      await bound.run({ text: 'INSERT INTO kept VALUES (1)' });
      const endless = bound.rows(ENDLESS);
      setImmediate(() => stopping.abort());
      return endless;
    });
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(await sql.rows({ text: 'SELECT count(*) AS n FROM kept' })).toEqual([{ n: 0 }]);
  });
});

it('leaves several small changes in the log and writes them into the file when it closes', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-database-'));
  try {
    const file = path.join(folder, 'small.duckdb');
    const onDisk = await openDatabase(file);
    const connection = await onDisk.connect();
    await connection.run({ text: 'CREATE TABLE word (text VARCHAR)' });
    for (let change = 0; change < 8; change += 1) {
      await connection.run({ text: 'INSERT INTO word SELECT md5(CAST(i AS VARCHAR)) FROM range(100000) r(i)' });
    }
    expect(statSync(`${file}.wal`).size).toBeGreaterThan(20_000_000);
    onDisk.close();
    expect(() => statSync(`${file}.wal`)).toThrow();
    const again = await openDatabase(file);
    expect(await (await again.connect()).rows({ text: 'SELECT count(*) AS n FROM word' })).toEqual([{ n: 800000 }]);
    again.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
