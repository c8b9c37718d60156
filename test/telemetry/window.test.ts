import { afterEach, beforeEach, expect, test } from 'vitest';
import { rebuildPortDays, refreshPortDays, telemetryFindings } from '../../analytics/telemetry/index.ts';
import type { Connection } from '../../analytics/warehouse/index.ts';
import { type MemoryWorkspace, memoryWorkspace, type Row } from '../support/memory-workspace.ts';
import { randomNumbers } from '../workspace/random-extract.ts';
import { boundsOf, differing, portsNamed } from './what-changed.ts';

const CHARGERS = 12;
const BATCHES = 8;
const FIRST_DAY = Date.UTC(2026, 2, 1);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

let refreshed: MemoryWorkspace;
let rebuilt: MemoryWorkspace;

beforeEach(async () => {
  before = null;
  [refreshed, rebuilt] = [
    await memoryWorkspace({ timeZone: 'America/New_York' }),
    await memoryWorkspace({ timeZone: 'America/New_York' }),
  ];
});
afterEach(() => {
  refreshed.close();
  rebuilt.close();
});

function register(random: () => number): Row[] {
  return Array.from({ length: CHARGERS }, (_, charger) =>
    [1, 2].map((connector) => ({
      asset_id: `C${charger}-${connector}`,
      parent_id: `C${charger}`,
      kind: 'port',
      connector_no: connector,
      stream_id: 'NCV-02',
      in_service_at: charger === 0 ? null : new Date(FIRST_DAY + Math.floor(random() * 4) * DAY).toISOString(),
      retired_at: charger === 1 ? new Date(FIRST_DAY + 6 * DAY).toISOString() : null,
    })),
  ).flat();
}

/** A day of messages: heartbeats with gaps, changes of state, hours in which all are silent, and some that come days late. */
function messages(random: () => number, day: number): Row[] {
  const silentFrom = random() < 0.5 ? random() * 1440 : 1440;
  const lateShare = random() < 0.5 ? 0.01 : 0;
  const rows: Row[] = [];
  for (let charger = 0; charger < CHARGERS; charger += 1) {
    if (random() < 0.15) continue;
    for (let minute = random() * 30; minute < 1440; minute += 5 + random() * (random() < 0.1 ? 300 : 25)) {
      if (minute > silentFrom && minute < silentFrom + 240) continue;
      const late = random() < lateShare ? Math.floor(random() * 5) * DAY : 0;
      const isStatus = charger < 2 || random() < 0.3;
      rows.push({
        asset_id: `C${charger}`,
        connector_no: Math.floor(random() * 3),
        happened_at: new Date(FIRST_DAY + day * DAY - late + Math.floor(minute * MINUTE)).toISOString(),
        event: isStatus ? 'status' : random() < 0.05 ? 'offline' : 'heartbeat',
        status: isStatus ? (['Available', 'Faulted', 'Offline', 'Charging', 'Nonsense'][Math.floor(random() * 5)] ?? null) : null,
      });
    }
  }
  return rows;
}

/** A few messages of some chargers, one of them in no register, three with heartbeats, many weeks late: what a port said last is long ago. */
function fewMessages(random: () => number, day: number, latest = 60): Row[] {
  return Array.from({ length: CHARGERS + 1 }, (_, charger) => charger)
    .filter((charger) => random() < (charger < 6 ? 0.6 : 0.1))
    .flatMap((charger) =>
      Array.from({ length: 1 + Math.floor(random() * 2) }, () => {
        const late = random() < 0.25 ? Math.floor(random() * Math.min(day, latest)) * DAY : 0;
        return {
          asset_id: `C${charger}`,
          connector_no: random() < 0.1 ? 0 : 1 + Math.floor(random() * 2),
          happened_at: new Date(FIRST_DAY + day * DAY - late + Math.floor(random() * 1440 * MINUTE)).toISOString(),
          event: random() < 0.05 ? 'offline' : charger < 3 && random() < 0.15 ? 'heartbeat' : 'status',
          status: ['Available', 'Faulted', 'Offline', 'Available', 'Removed'][Math.floor(random() * 5)] ?? null,
        };
      }),
    );
}

async function insert({ sql }: MemoryWorkspace, batch: number, rows: readonly Row[]): Promise<void> {
  await sql.run({
    text: `INSERT INTO device_event_row BY NAME
      SELECT m.*, 'test' AS source_system, CAST($batch AS INTEGER) AS batch_id, CAST($batch AS INTEGER) AS file_id
      FROM (SELECT unnest(from_json($rows, '[{"asset_id":"VARCHAR","connector_no":"BIGINT","happened_at":"TIMESTAMP","event":"VARCHAR","status":"VARCHAR","line":"BIGINT"}]'), recursive := true)) m`,
    params: { batch, rows: JSON.stringify(rows.map((row, line) => ({ ...row, line: batch * 10_000 + line }))) },
  });
}

const DERIVED = [
  'port_day',
  'port_month',
  'port_state',
  'kept_register',
  'kept_port',
  'kept_charger',
  'kept_said',
  'kept_contact',
  'kept_stretch',
];

async function derived({ sql }: MemoryWorkspace) {
  const tables: Record<string, unknown> = { findings: await telemetryFindings(sql) };
  for (const table of DERIVED) {
    const rows = await sql.rows<{ row: string }>({ text: `SELECT CAST(t AS VARCHAR) AS row FROM ${table} t ORDER BY row` });
    tables[table] = rows.map((each) => each.row);
  }
  return tables;
}

function asOf(day: number): string {
  return new Date(FIRST_DAY + (day + 1) * DAY + 5 * 60 * MINUTE).toISOString().replace('.000Z', 'Z');
}

/** Port days, and port states as they are known at an instant: whatever ends at it may go on. Each with its port and its day. */
async function known({ sql }: MemoryWorkspace, instant: string) {
  const days = await sql.rows<{ port: string; day: string; row: string }>({
    text: 'SELECT asset_id AS port, day, CAST(d AS VARCHAR) AS row FROM port_day d',
  });
  const states = await sql.rows<{ port: string; row: string }>({
    text: `SELECT asset_id AS port, CAST(s AS VARCHAR) AS row FROM (
      SELECT * REPLACE (CASE WHEN end_at < CAST($instant AS TIMESTAMP) THEN end_at END AS end_at) FROM port_state) s`,
    params: { instant },
  });
  return { days, states };
}

/** Of each stretch since when its run goes on as it is told, and as it follows from the stretches before it. */
async function runs({ sql }: MemoryWorkspace) {
  const stretches = await sql.rows<{ port: string; start: string; end: string; state: string; told: string }>({
    text: 'SELECT asset_id AS port, start_at AS start, end_at AS end, state, since_at AS told FROM port_state ORDER BY asset_id, start_at',
  });
  const isOut = (state: string | undefined) => state === 'down' || state === 'offline';
  let since = '';
  return stretches.map(({ port, start, state, told }, place) => {
    const before = stretches[place - 1];
    const goesOn = before?.port === port && before.end === start && isOut(before.state) && isOut(state);
    since = goesOn ? since : start;
    return { port, start, told, since };
  });
}

/** What the last batch left, as it was then known. */
let before: Awaited<ReturnType<typeof known>> | null = null;

/**
 * Brings both workspaces up to date after a batch, the one refreshed and the other rebuilt, and holds them to be equal, and what is said
 * to have changed to be what did. Gives the first day that changed of each port; null where everything was made anew.
 */
async function bothAfter(
  batch: number,
  rows: readonly Row[],
  day: number,
  beside: Readonly<Record<string, readonly Row[]>> = {},
): Promise<ReadonlyMap<string, string> | null> {
  for (const workspace of [refreshed, rebuilt]) {
    await insert(workspace, batch, rows);
    for (const [table, added] of Object.entries(beside)) {
      await workspace.insert(table, added);
      await workspace.sql.run({ text: `UPDATE ${table} SET batch_id = ${batch} WHERE batch_id = 1` });
    }
  }
  const imported = { batch, tables: [...(rows.length > 0 ? ['device_event'] : []), ...Object.keys(beside)] };
  const outcome = await refreshPortDays(refreshed.sql, refreshed.settings, { asOf: asOf(day), imported });
  await rebuildPortDays(rebuilt.sql, rebuilt.settings, asOf(day));
  expect(await derived(refreshed), `after batch ${batch}`).toEqual(await derived(rebuilt));
  for (const { port, start, told, since } of await runs(refreshed)) expect(told, `${port} ${start}`).toBe(since);
  const [former, now] = [before, await known(refreshed, asOf(day))];
  before = now;
  if (outcome === 'all' || !former) return null;
  const first = new Map<string, string>();
  for (const { port, day: changed } of differing(former.days, now.days)) {
    first.set(port, [first.get(port) ?? changed, changed].sort()[0] ?? changed);
  }
  const told = await portsNamed(refreshed.sql, outcome.days?.table, 'to_day');
  expect(new Map(told.map((each) => [each.port, each.first]))).toEqual(first);
  const states = await portsNamed(refreshed.sql, outcome.states?.table, 'from_day');
  expect([outcome.days?.from, outcome.days?.to], 'bounds hold all days, and none more').toEqual(boundsOf(told));
  expect(outcome.states?.from).toBe(boundsOf(states)[0]);
  // What differs nowhere is told so.
  expect([outcome.days === null, outcome.states === null]).toEqual([told.length === 0, states.length === 0]);
  const changed = new Set(differing(former.states, now.states).map((each) => each.port));
  expect(new Set(states.map((each) => each.port))).toEqual(changed);
  return first;
}

test.each([1, 2, 3, 4])(
  'port days brought up to date day by day equal those made anew whole, with late messages and silences across midnight (seed %i)',
  async (seed) => {
    const random = randomNumbers(seed);
    const ports = register(random);
    for (const workspace of [refreshed, rebuilt]) await workspace.insert('asset', ports);
    let day = 0;
    let inWindow = 0;
    for (let batch = 1; batch <= BATCHES; batch += 1) {
      if (await bothAfter(batch, messages(random, day), day)) inWindow += 1;
      day += Math.floor(random() * 3);
    }
    expect(inWindow).toBeGreaterThan(1);
  },
);

test.each([1, 2, 3, 4])(
  'late messages make the days from theirs on anew, and all days where too little was said before them (seed %i)',
  async (seed) => {
    const random = randomNumbers(seed);
    const ports = register(random);
    for (const workspace of [refreshed, rebuilt]) await workspace.insert('asset', ports);
    let day = 0;
    let moved = 0;
    const begun = { whole: 0, late: 0, onTheSameDay: 0 };
    for (let batch = 1; batch <= 2 * BATCHES; batch += 1) {
      const held = (before?.days ?? []).map((each) => each.day).sort();
      const changed = await bothAfter(batch, fewMessages(random, day), day);
      if (changed && moved === 0) begun.onTheSameDay += 1;
      for (const from of changed?.values() ?? []) {
        if (from <= (held[0] ?? '')) begun.whole += 1;
        else if (from < (held.at(-1) ?? '')) begun.late += 1;
      }
      moved = random() < 0.4 ? 0 : 2 + Math.floor(random() * 8);
      day += moved;
    }
    expect(begun.late).toBeGreaterThan(0);
    expect(begun.whole).toBeGreaterThan(0);
    expect(begun.onTheSameDay).toBeGreaterThan(1);
  },
);

/** A day on which five chargers say something of each connector every few hours, three of them with heartbeats, and now and then of the whole. */
function talk(random: () => number, day: number): Row[] {
  const rows: Row[] = [];
  for (let charger = 1; charger <= 5; charger += 1) {
    if (random() < 0.05) continue;
    for (let minute = random() * 300; minute < 1440; minute += 20 + random() * (random() < 0.1 ? 900 : 300)) {
      const isBeat = charger <= 3 && random() < 0.3;
      rows.push({
        asset_id: `C${charger}`,
        connector_no: random() < 0.1 ? 0 : 1 + Math.floor(random() * 2),
        happened_at: new Date(FIRST_DAY + day * DAY + Math.floor(minute * MINUTE)).toISOString(),
        event: isBeat ? 'heartbeat' : random() < 0.03 ? 'offline' : 'status',
        status: isBeat ? null : (['Available', 'Faulted', 'Charging', 'Available', 'Offline'][Math.floor(random() * 5)] ?? null),
      });
    }
  }
  return rows;
}

test.each([1, 2, 3, 4])(
  'late messages make the days anew until their chargers have spoken again, and what is kept for the next import stays (seed %i)',
  async (seed) => {
    const random = randomNumbers(seed);
    const ports = register(random);
    for (const workspace of [refreshed, rebuilt]) await workspace.insert('asset', ports);
    const { sql } = refreshed;
    const ended: number[] = [];
    const told: Connection = {
      ...sql,
      async run(statement) {
        if (statement.text.includes('DROP VIEW IF EXISTS late_charger')) {
          const [row] = await sql.rows<{ n: number }>({
            text: 'SELECT count(*) AS n FROM late_charger WHERE until_at IS NOT NULL',
          });
          ended.push(row?.n ?? 0);
        }
        return sql.run(statement);
      },
    };
    refreshed = { ...refreshed, sql: told };
    let day = 20;
    const all = Array.from({ length: day + 1 }, (_, each) => talk(random, each)).flat();
    await bothAfter(1, all, day);
    for (let batch = 2; batch <= 2 * BATCHES; batch += 1) {
      const moves = random() < 0.3;
      if (moves) day += 1;
      const from = Math.floor(random() * day);
      const late = talk(random, from).filter((row) => random() < 0.3 && row.asset_id !== `C${1 + (batch % 5)}`);
      await bothAfter(batch, [...(moves ? talk(random, day) : []), ...late], day);
    }
    expect(ended.filter((each) => each > 0).length).toBeGreaterThan(3);
  },
);

/** Port months as they follow from port days, added up here by hand. */
async function monthsByHand({ sql }: MemoryWorkspace) {
  const days = await sql.rows<{ port: string; day: string; fault: number; offline: number }>({
    text: 'SELECT asset_id AS port, day, fault_min AS fault, offline_min AS offline FROM port_day ORDER BY port, day',
  });
  const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const months = new Map<string, string>();
  for (const { port, day } of days) {
    const ofPort = days.filter((each) => each.port === port);
    const year = ofPort.filter((each) => monthOf(each.day) <= monthOf(day) && monthOf(each.day) > monthOf(day) - 12);
    const [fault, offline] = [year.reduce((sum, each) => sum + each.fault, 0), year.reduce((sum, each) => sum + each.offline, 0)];
    months.set(`${port} ${day.slice(0, 7)}`, JSON.stringify([ofPort[0]?.day, fault, offline]));
  }
  return months;
}

test.each([1, 2])(
  'months know the first day of their port and the twelve months that end with them, however late a message comes (seed %i)',
  async (seed) => {
    const random = randomNumbers(seed);
    const ports = register(random).slice(0, 8);
    for (const workspace of [refreshed, rebuilt]) await workspace.insert('asset', ports);
    let day = 0;
    let inWindow = 0;
    for (let batch = 1; batch <= 10; batch += 1) {
      if (await bothAfter(batch, fewMessages(random, day, 500), day)) inWindow += 1;
      day += Math.floor(random() * 70);
    }
    expect(inWindow).toBeGreaterThan(3);
    const kept = await refreshed.sql.rows<{ name: string; told: string }>({
      text: `SELECT asset_id || ' ' || strftime(month, '%Y-%m') AS name,
        CAST(to_json([to_json(service_day), to_json(fault_min_12), to_json(offline_min_12)]) AS VARCHAR) AS told FROM port_month`,
    });
    const parsed = (told: string | undefined) => JSON.parse(told ?? 'null') as unknown;
    const byHand = await monthsByHand(refreshed);
    expect(byHand.size).toBe(kept.length);
    for (const { name, told } of kept) expect(parsed(told), name).toEqual(parsed(byHand.get(name)));
  },
);

/** What else may come beside messages: ports of new chargers, states and excuses of old ones, customers, and things that change ports. */
function besides(random: () => number, batch: number, day: number): Record<string, readonly Row[]> {
  const instant = (at: number) => new Date(FIRST_DAY + at * DAY).toISOString();
  const charger = `C${2 + Math.floor(random() * 4)}`;
  const from = Math.max(0, day - 1 - random() * 4);
  const chosen = Math.floor(random() * 7);
  if (chosen === 0) {
    const port = { parent_id: `N${batch}`, kind: 'port', stream_id: 'NCV-02', in_service_at: instant(from) };
    return { asset: [1, 2].map((connector) => ({ ...port, asset_id: `N${batch}-${connector}`, connector_no: connector })) };
  }
  if (chosen === 1)
    return {
      device_exclusion: [
        { exclusion_id: `X${batch}`, asset_id: charger, start_at: instant(from), end_at: instant(from + 1), reason: 'grid' },
      ],
    };
  if (chosen === 2)
    return { device_state: [{ asset_id: `${charger}-1`, start_at: instant(from), end_at: instant(from + 0.5), state: 'down' }] };
  if (chosen === 3) return { customer: [{ customer_id: `K${batch}`, region: 'North' }] };
  if (chosen === 4) return { asset: [{ asset_id: `hub ${batch}`, kind: 'hub', stream_id: 'NCV-01' }] };
  if (chosen === 5 && batch % 5 === 0)
    return { asset: [{ asset_id: `C${1 + batch / 5}`, kind: 'charger', stream_id: 'NCV-02', open_hours: '06:00-22:00' }] };
  return {};
}

test.each([1, 2, 3, 4, 5, 6])(
  'what comes to the register, and what is stated of devices, makes their chargers anew, and no others (seed %i)',
  async (seed) => {
    const random = randomNumbers(seed);
    const ports = register(random).filter((port) => port.in_service_at !== null);
    for (const workspace of [refreshed, rebuilt]) await workspace.insert('asset', ports);
    const known = (rows: readonly Row[]) => rows.filter((row) => ports.some((port) => port.parent_id === row.asset_id));
    let day = 0;
    let inWindow = 0;
    await bothAfter(
      2,
      known(messages(random, 0)).map((row) => ({ ...row, connector_no: 1 })),
      0,
    );
    for (let batch = 3; batch <= 2 * BATCHES; batch += 1) {
      day += Math.floor(random() * 2);
      const rows = random() < 0.5 ? [] : known(fewMessages(random, day)).map((row) => ({ ...row, connector_no: 1 }));
      const beside = besides(random, batch, day);
      const isChange = rows.length > 0 || Object.keys(beside).length > 0;
      if (isChange && (await bothAfter(batch, rows, day, beside)) && Object.keys(beside).length > 0) inWindow += 1;
    }
    expect(inWindow).toBeGreaterThan(1);
  },
);

test('where most messages are new, everything is made anew: reading them as a window would cost more', async () => {
  const random = randomNumbers(5);
  await refreshed.insert('asset', register(random));
  await rebuildPortDays(refreshed.sql, refreshed.settings, asOf(0));
  const outcomes: string[] = [];
  for (const batch of [1, 2, 3]) {
    await insert(refreshed, batch, messages(random, batch));
    const imported = { batch, tables: ['device_event'] };
    const outcome = await refreshPortDays(refreshed.sql, refreshed.settings, { asOf: asOf(batch), imported });
    outcomes.push(outcome === 'all' ? outcome : 'window');
  }
  expect([outcomes[0], outcomes[2]]).toEqual(['all', 'window']);
});
