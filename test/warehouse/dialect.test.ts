import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';

let workspace: MemoryWorkspace;

beforeAll(async () => {
  workspace = await memoryWorkspace({
    timeZone: 'America/New_York',
    regionTimeZones: { West: 'America/Los_Angeles' },
    exchangeRates: { EUR: { '2026-03': 1.1 } },
  });
});
afterAll(() => workspace.close());

async function value(expression: string): Promise<unknown> {
  const [row] = await workspace.sql.rows<{ value: unknown }>({ text: `SELECT ${expression} AS value` });
  return row?.value;
}

test('an instant belongs to the business day of its region', async () => {
  expect(await value("local_day(TIMESTAMP '2026-03-01 04:30:00', 'East')")).toBe('2026-02-28');
  expect(await value("local_day(TIMESTAMP '2026-03-01 05:30:00', 'East')")).toBe('2026-03-01');
  expect(await value("local_day(TIMESTAMP '2026-03-01 05:30:00', 'West')")).toBe('2026-02-28');
});

test('a day starts at local midnight, so the day clocks change has 23 hours', async () => {
  expect(await value("hours_between(day_start(DATE '2026-03-08', NULL), day_start(DATE '2026-03-09', NULL))")).toBe(23);
});

test('local wall time on a day becomes an instant, and minutes may be many or broken', async () => {
  expect(await value("local_instant(add_minutes(DATE '2026-03-08', 360), 'West')")).toBe('2026-03-08T13:00:00Z');
  expect(await value("add_minutes(TIMESTAMP '2026-03-08 00:00:00', 100000)")).toBe('2026-05-16T10:40:00Z');
  expect(await value("add_minutes(TIMESTAMP '2026-03-08 00:00:00', 7.5)")).toBe('2026-03-08T00:07:30Z');
});

test('money without a known rate is null, never taken at par', async () => {
  expect(await value("workspace_money(100, 'USD', DATE '2026-03-05')")).toBe(100);
  expect(await value("workspace_money(100, NULL, DATE '2026-03-05')")).toBe(100);
  expect(await value("workspace_money(100, 'EUR', DATE '2026-03-05')")).toBeCloseTo(110, 12);
  expect(await value("workspace_money(100, 'EUR', DATE '2026-04-05')")).toBeNull();
});

test('business time runs only in opening hours: Friday 16:00 to Monday 10:00 is two hours', async () => {
  const [row] = await workspace.sql.rows<{ hours: number }>({
    text: `SELECT (clock_seconds(b.seconds_before, b.opens_at, b.closes_at, TIMESTAMP '2026-06-08 14:00:00')
                 - clock_seconds(a.seconds_before, a.opens_at, a.closes_at, TIMESTAMP '2026-06-05 20:00:00')) / 3600 AS hours
           FROM business_clock a, business_clock b
           WHERE a.calendar_id = 'default' AND b.calendar_id = 'default' AND a.day = DATE '2026-06-05' AND b.day = DATE '2026-06-08'`,
  });
  expect(row?.hours).toBe(2);
});

test('a transaction that fails leaves nothing behind', async () => {
  const failing = workspace.sql.transaction(async () => {
    await workspace.sql.run({ text: "INSERT INTO workspace_state VALUES ('half', 'done')" });
    throw new Error('stop');
  });
  await expect(failing).rejects.toThrow('stop');
  expect(await workspace.sql.rows({ text: "SELECT * FROM workspace_state WHERE name = 'half'" })).toEqual([]);
});
