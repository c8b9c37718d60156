import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlStatement } from '../../../analytics/contract/sql.ts';
import { type Connection, type Database, openDatabase } from '../../../analytics/warehouse/index.ts';
import { type MemoryKeeper, memoryKeeper } from '../../../analytics/workspace/running/memory-keeper.ts';

const LIMIT_MB = 1000;
const MUCH = 'SELECT i, CAST(hash(i) AS VARCHAR) AS h FROM range(3000000) AS r(i)';
const ALL_OF_IT = { text: 'SELECT count(*) AS n, sum(i) AS total, min(h) AS low FROM much' };

let folder: string;
let database: Database;
let writer: Connection;
let reader: Connection;
let keeper: MemoryKeeper;
/** Lets the idle time pass. */
let rested: () => Promise<void>;
/** So much more memory the process holds each time it is looked at, in MB. */
let growth: number;
/** How often the database was to let go of pages. */
let lettings: number;
/** How much room the disk has, in MB. */
let roomMb: number;
/** How often the wait for idle time has begun anew. */
let waits: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weir-memory-'));
  database = await openDatabase(join(folder, 'weir.duckdb'), {
    memoryLimit: `${LIMIT_MB}MB`,
    spillFolder: join(folder, '.spill'),
    threads: 1,
  });
  writer = await database.connect();
  reader = await database.connect();
  waits = 0;
  roomMb = 100_000;
  growth = 300;
  lettings = 0;
  let held = 0;
  const later = (work: () => Promise<void>) => {
    rested = work;
    return {
      again: () => {
        waits += 1;
      },
      end: () => undefined,
    };
  };
  const heard: Pick<Database, 'letGo' | 'onQuiet' | 'isQuiet'> = {
    onQuiet: database.onQuiet,
    get isQuiet() {
      return database.isQuiet;
    },
    letGo: (keptMb) => {
      lettings += 1;
      return database.letGo(keptMb);
    },
  };
  const resident = () => {
    held += growth;
    return held;
  };
  keeper = memoryKeeper({ database: heard, writer, limitMb: LIMIT_MB, room: async () => roomMb, resident, later });
});
afterEach(() => {
  keeper.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function heldMb(kind: string): Promise<number> {
  const [held] = await reader.rows<{ mb: number | null }>({
    text: 'SELECT CAST(sum(memory_usage_bytes) AS DOUBLE) / 1e6 AS mb FROM duckdb_memory() WHERE tag = $kind',
    params: { kind },
  });
  return held?.mb ?? 0;
}

/** Makes a table of as many rows by small inserts, which stay in the log until the file is brought up to date. */
async function fillSlowly(): Promise<void> {
  await writer.run({ text: "SET checkpoint_threshold = '4GB'" });
  await writer.run({ text: `CREATE TABLE much AS ${MUCH} LIMIT 0` });
  for (let part = 0; part < 30; part += 1) {
    await writer.run({
      text: 'INSERT INTO much SELECT i, CAST(hash(i) AS VARCHAR) FROM range($first, $first + 100000) AS r(i)',
      params: { first: part * 100_000 },
    });
  }
}

async function limit(): Promise<string | undefined> {
  return (await reader.rows<{ at: string }>({ text: "SELECT current_setting('memory_limit') AS at" }))[0]?.at;
}

describe('while something runs', () => {
  it('what the database has freed is given back between the statements of a transaction, and its limit stays what it was', async () => {
    const told: string[] = [];
    const heard = {
      ...writer,
      run: (statement: SqlStatement) => {
        told.push(statement.text);
        return writer.run(statement);
      },
    };
    const before = await limit();
    const watched = keeper.watching(heard);
    const [first] = await watched.transaction(async () => {
      await watched.run({
        text: `CREATE TEMP TABLE much AS ${MUCH}`,
      });
      await watched.run({ text: 'DROP TABLE much' });
      return watched.rows<{ one: number }>({ text: 'SELECT 1 AS one' });
    });
    expect(first).toEqual({ one: 1 });
    expect(told.filter((text) => text.startsWith('SET')).length).toBeGreaterThan(0);
    expect(await limit()).toBe(before);
  });

  it('idle time takes nothing from a large transaction that is open, and nothing from the work after a change', async () => {
    const before = await limit();
    const unwritten: number[] = [];
    await writer.transaction(async () => {
      await fillSlowly();
      const waited = waits;
      await rested();
      expect(waits).toBe(waited + 1);
      unwritten.push(await heldMb('IN_MEMORY_TABLE'));
      expect(await limit()).toBe(before);
      await rested();
      unwritten.push(await heldMb('IN_MEMORY_TABLE'));
      await writer.run({ text: 'DELETE FROM much WHERE i % 2 = 1' });
    });
    expect(unwritten[0]).toBeGreaterThan(16);
    expect(unwritten[1]).toBe(unwritten[0]);
    expect(await reader.rows({ text: 'SELECT count(*) AS n FROM much' })).toEqual([{ n: 1500000 }]);
    expect(await limit()).toBe(before);
  });

  it('idle time lets a long statement of a reader end', async () => {
    await writer.run({ text: `CREATE TABLE much AS ${MUCH}` });
    const running = reader.rows({ text: 'SELECT count(DISTINCT h) AS n FROM much' });
    const waited = waits;
    await rested();
    expect(waits).toBe(waited + 1);
    expect(await running).toEqual([{ n: 3000000 }]);
  });
});

describe('once nothing has been asked for a moment', () => {
  it('pages and rows that are not in the file yet are let go, and are read again as they were', async () => {
    const before = await limit();
    await fillSlowly();
    const answer = await reader.rows(ALL_OF_IT);
    expect(await heldMb('IN_MEMORY_TABLE')).toBeGreaterThan(64);
    await rested();
    expect(await heldMb('IN_MEMORY_TABLE')).toBeLessThan(16);
    expect(await heldMb('BASE_TABLE')).toBeLessThan(65);
    expect(statSync(join(folder, 'weir.duckdb')).size).toBeGreaterThan(10_000_000);
    expect(await reader.rows(ALL_OF_IT)).toEqual(answer);
    expect(await limit()).toBe(before);
  });

  it('rows stay in the log, and in memory, where the disk has no room for them', async () => {
    await fillSlowly();
    const [held, file] = [await heldMb('IN_MEMORY_TABLE'), statSync(join(folder, 'weir.duckdb')).size];
    roomMb = 10;
    await rested();
    expect(await heldMb('IN_MEMORY_TABLE')).toBe(held);
    expect(statSync(join(folder, 'weir.duckdb')).size).toBe(file);
    expect(await reader.rows({ text: 'SELECT count(*) AS n FROM much' })).toEqual([{ n: 3000000 }]);
  });

  it('what is asked and what is changed at that very moment is answered and made, and idle time waits again', async () => {
    await writer.run({ text: `CREATE TABLE much AS ${MUCH}` });
    const answer = await reader.rows(ALL_OF_IT);
    const resting = rested();
    const asked = Promise.all([reader.rows(ALL_OF_IT), reader.rows({ text: 'SELECT 42 AS answer' })]);
    const changed = writer.transaction(() => writer.run({ text: 'INSERT INTO much SELECT -i, h FROM much' }));
    await resting;
    expect(await asked).toEqual([answer, [{ answer: 42 }]]);
    await changed;
    const waited = waits;
    expect(waited).toBeGreaterThan(0);
    expect(await reader.rows({ text: 'SELECT count(*) AS n, sum(i) AS total FROM much' })).toEqual([{ n: 6000000, total: 0 }]);
  });

  it('what comes while memory is being given back waits for it and is then answered', async () => {
    await writer.run({ text: `CREATE TABLE much AS ${MUCH}` });
    const answer = await reader.rows(ALL_OF_IT);
    const going = database.letGo(1);
    const asked = reader.rows(ALL_OF_IT);
    expect(await going).toBe(true);
    expect(await asked).toEqual(answer);
  });

  it('nothing is done where nothing has come up', async () => {
    growth = 0;
    await rested();
    expect(lettings).toBe(0);
    growth = 300;
    await rested();
    expect(lettings).toBe(1);
  });
});
