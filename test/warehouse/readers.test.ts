import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Connection, type Database, openDatabase, type Readers, readersOf } from '../../analytics/warehouse/index.ts';

let database: Database;
/** Which connection was asked what, in the order of asking. */
let asked: [connection: number, text: string][];
let readers: Readers;

beforeEach(async () => {
  database = await openDatabase(':memory:');
  asked = [];
  readers = readersOf([await heard(0), await heard(1), await heard(2)]);
});
afterEach(() => database.close());

async function heard(number: number): Promise<Connection> {
  const connection = await database.connect();
  return {
    ...connection,
    until(signal) {
      const sql = connection.until(signal);
      return {
        ...sql,
        rows: (statement) => {
          asked.push([number, statement.text]);
          return sql.rows(statement);
        },
      };
    },
  };
}

it('asks what comes at once of different connections, and of one of them what comes alone', async () => {
  const texts = ['SELECT 1 AS n', 'SELECT 2 AS n', 'SELECT 3 AS n', 'SELECT 4 AS n'];
  const answers = await Promise.all(texts.map((text) => readers.rows({ text })));
  expect(answers).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }], [{ n: 4 }]]);
  expect(asked.map(([connection]) => connection)).toEqual([0, 1, 2, 0]);
  asked = [];
  for (const text of texts) await readers.rows({ text });
  expect(asked.map(([connection]) => connection)).toEqual([0, 0, 0, 0]);
});

it('goes around a connection that is long at work, and comes back to it where its statement failed', async () => {
  const long = readers.rows({ text: 'SELECT count(DISTINCT hash(i)) AS n FROM range(2000000) AS r(i)' });
  for (const text of ['SELECT 1 AS n', 'SELECT 2 AS n']) await readers.rows({ text });
  expect(asked.map(([connection]) => connection)).toEqual([0, 1, 1]);
  expect(await long).toEqual([{ n: 2000000 }]);
  await expect(readers.rows({ text: 'SELECT nothing' })).rejects.toMatchObject({ code: 'sql-failed' });
  await readers.rows({ text: 'SELECT 1 AS n' });
  expect(asked.at(-1)?.[0]).toBe(0);
});

it('stops on each connection what was asked until a signal, and nothing else', async () => {
  const stop = new AbortController();
  const stopped = readers.until(stop.signal);
  const endless = { text: 'SELECT count(DISTINCT hash(a.i * b.i)) AS n FROM range(100000) AS a(i), range(100000) AS b(i)' };
  const asking = [stopped.rows(endless), stopped.rows(endless)].map((each) => each.catch((thrown: unknown) => thrown));
  const other = readers.rows({ text: 'SELECT 1 AS n' });
  stop.abort();
  expect(await Promise.all(asking)).toMatchObject([{ code: 'cancelled' }, { code: 'cancelled' }]);
  expect(await other).toEqual([{ n: 1 }]);
});

it('makes nothing', async () => {
  const sql = readers.until(undefined);
  await expect(sql.run({ text: 'CREATE TEMP TABLE t AS SELECT 1 AS n' })).rejects.toThrow('only read');
  await expect(sql.transaction(async () => 1)).rejects.toThrow('only read');
});
