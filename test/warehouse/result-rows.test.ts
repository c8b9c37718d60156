import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, type Database, openDatabase } from '../../analytics/warehouse/index.ts';

let database: Database;
let sql: Connection;

beforeAll(async () => {
  database = await openDatabase(':memory:', { threads: 1 });
  sql = await database.connect();
});
afterAll(() => database.close());

test('every type arrives as a plain value, and a missing one as null', async () => {
  const types = {
    whole: ['CAST(7 AS INTEGER)', 7],
    small: ['CAST(7 AS UTINYINT)', 7],
    long: ['CAST(9007199254740991 AS BIGINT)', 9_007_199_254_740_991],
    huge: ['CAST(-5 AS HUGEINT)', -5],
    fraction: ['CAST(-0.1 AS DOUBLE)', -0.1],
    money: ['CAST(12.5 AS DECIMAL(18,2))', 12.5],
    yes: ['true', true],
    day: ["DATE '2026-02-28'", '2026-02-28'],
    moment: ["TIMESTAMP '2026-02-28 12:00:00.250'", '2026-02-28T12:00:00.250Z'],
    empty: ["''", ''],
    short: ["'twelve bytes'", 'twelve bytes'],
    longer: ["'thirteen byte'", 'thirteen byte'],
    accents: ["'été, 冬'", 'été, 冬'],
    list: ["['a', NULL]", "['a', NULL]"],
  } as const;
  const columns = Object.entries(types).map(([name, [text]]) => `CASE WHEN i = 1 THEN NULL ELSE ${text} END AS ${name}`);
  const rows = await sql.rows({ text: `SELECT ${columns.join(', ')} FROM range(3) r(i) ORDER BY i` });
  const whole = Object.fromEntries(Object.entries(types).map(([name, [, value]]) => [name, value]));
  const missing = Object.fromEntries(Object.keys(types).map((name) => [name, null]));
  expect(rows).toEqual([whole, missing, whole]);
});

test('rows of many parts keep their order, their nulls and their texts, however many different ones there are', async () => {
  const rows = await sql.rows({
    text: `SELECT i, CASE WHEN i % 3 > 0 THEN i / 4 END AS number, CASE WHEN i % 5 > 0 THEN 'm' || i % 7 END AS few,
      CASE WHEN i % 2 > 0 THEN 'a text that is long ' || i END AS many, 'n' || i AS short FROM range(5000) r(i) ORDER BY i`,
  });
  const expected = Array.from({ length: 5000 }, (_, i) => ({
    i,
    number: i % 3 > 0 ? i / 4 : null,
    few: i % 5 > 0 ? `m${i % 7}` : null,
    many: i % 2 > 0 ? `a text that is long ${i}` : null,
    short: `n${i}`,
  }));
  expect(rows).toEqual(expected);
});

test('no rows are an empty list', async () => {
  expect(await sql.rows({ text: 'SELECT 1 AS one WHERE false' })).toEqual([]);
});

test('columns of many parts keep the order of rows; a missing number is NaN and a missing text null', async () => {
  const columns = await sql.columns({
    text: `SELECT CAST(i AS INTEGER) AS whole, CASE WHEN i % 3 > 0 THEN i / 4 END AS part, CAST(i AS BIGINT) AS long,
      CASE WHEN i % 5 > 0 THEN 'm' || i % 7 END AS text, CASE WHEN i % 2 = 0 THEN CAST(i AS INTEGER) END AS even FROM range(5000) r(i) ORDER BY i`,
  });
  const each = <Value>(value: (i: number) => Value) => Array.from({ length: 5000 }, (_, i) => value(i));
  expect(columns.rowCount).toBe(5000);
  expect([...columns.numbers('whole')]).toEqual(each((i) => i));
  expect([...columns.numbers('long')]).toEqual(each((i) => i));
  expect([...columns.numbers('part')]).toEqual(each((i) => (i % 3 > 0 ? i / 4 : Number.NaN)));
  expect([...columns.numbers('even')]).toEqual(each((i) => (i % 2 === 0 ? i : Number.NaN)));
  expect(columns.texts('text')).toEqual(each((i) => (i % 5 > 0 ? `m${i % 7}` : null)));
  expect(() => columns.numbers('other')).toThrow('No column other');
});
