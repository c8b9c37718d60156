import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPart, dropParts, keepPart } from '../../analytics/tables/parts.ts';
import { deviceEvent } from '../../analytics/tables/telemetry/device-event.ts';
import { rebuildPortDays } from '../../analytics/telemetry/index.ts';
import { type MemoryWorkspace, memoryWorkspace, type Row } from '../support/memory-workspace.ts';
import { runs } from '../support/random.ts';
import { countedMinutes, type DayMinutes, type LocalClock, WORDS, type World } from './minute-model.ts';

const ZONE = 'Europe/Berlin';
const LENGTH = 2 * 1440 + 200;
/** Local midnights; clocks change within both horizons: 23 hours on 29 March, 25 hours on 25 October 2026. */
const STARTS = ['2026-03-27T23:00:00Z', '2026-10-23T22:00:00Z'].map((text) => Date.parse(text));
const SETTINGS = { heartbeatMinutes: 40, offlineAfterMinutes: 90, collectorSilenceMinutes: 400 };

let workspace: MemoryWorkspace;
beforeAll(async () => {
  workspace = await memoryWorkspace({ timeZone: ZONE, uptime: SETTINGS });
});
afterAll(() => workspace.close());

const clocks = STARTS.map((start): LocalClock => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' });
  const texts = Array.from({ length: LENGTH }, (_, minute) => format.format(start + minute * 60_000));
  return {
    day: texts.map((text) => text.slice(0, 10)),
    minuteOfDay: texts.map((text) => Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16))),
  };
});

/** `alone`: each connector says something only of itself, and few different things, so that days of the same word follow each other. */
function worlds(chargers: number, alone = false): fc.Arbitrary<World> {
  const minute = fc.integer({ min: 0, max: LENGTH + 60 });
  const charger = fc.integer({ min: 0, max: chargers - 1 });
  const span = { charger, from: minute, length: fc.integer({ min: 0, max: 2000 }) };
  const message = fc.record({
    charger,
    asPort: alone ? fc.constant(null) : fc.option(fc.constantFrom(1, 2), { freq: 6 }),
    connector: alone ? fc.constantFrom(1, 2) : fc.constantFrom(0, 1, 2),
    // Few distinct times, so that messages share one.
    minute: minute.map((each) => Math.floor(each / 30) * 30),
    delay: fc.constantFrom(0, 0, 0, 3, 90, -5, -6),
    event: alone ? fc.constant('status') : fc.constantFrom('status', 'status', 'status', 'heartbeat', 'session', 'offline'),
    status: alone ? fc.constantFrom('Available', 'Faulted', 'Faulted', 'Offline') : fc.constantFrom(...WORDS),
  });
  const hours = fc.constantFrom(null, null, null, [360, 1320], [1320, 300], [0, 1440], [480, 480]);
  return fc
    .record({
      ports: fc.tuple(
        ...Array.from({ length: chargers * 2 }, () =>
          fc.record({
            stated: fc.option(fc.integer({ min: -500, max: 2000 }), { freq: 4 }),
            retired: fc.option(minute, { freq: 1 }),
            hours,
          }),
        ),
      ),
      messages: fc.array(message, alone ? { minLength: 20, maxLength: 60, size: 'max' } : { maxLength: chargers > 5 ? 60 : 40 }),
      regular: fc.array(charger, { maxLength: 2 }),
      stretches: fc.array(
        fc.record({
          ...span,
          connector: fc.constantFrom(0, 1, 2),
          state: fc.constantFrom('up', 'down', 'offline', 'unobserved'),
          excused: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
      exclusions: fc.array(
        fc.record({ ...span, connector: fc.constantFrom(-1, 0, 1, 2), approved: fc.constantFrom(true, false, null) }),
        { maxLength: 5 },
      ),
    })
    .map(({ ports, messages, regular, stretches, exclusions }): World => {
      const beats = chargers > 5 ? Array.from({ length: chargers }, (_, each) => each) : regular;
      // In the larger fleet every charger reports, but for one long silence of all.
      const spoken = beats.flatMap((each) =>
        Array.from({ length: 20 }, (_, index) => 60 + index * 70 + each).map((at) => ({
          at: chargers > 5 && at > 700 ? at + 900 : at,
          each,
        })),
      );
      return {
        length: LENGTH,
        ports: ports.map((port, index) => ({
          ...port,
          hours: port.hours as [number, number] | null,
          charger: Math.floor(index / 2),
          connector: (index % 2) + 1,
        })),
        messages: [
          ...messages
            .filter((each) => chargers <= 5 || each.minute < 700 || each.minute > 1600)
            .map((each) => ({ ...each, event: each.event as 'status', received: each.minute + each.delay })),
          ...spoken.map(({ at, each }) => ({
            charger: each,
            asPort: null,
            connector: 0,
            minute: at,
            received: at,
            event: 'heartbeat' as const,
            status: '',
          })),
        ],
        stretches: stretches.map((each) => ({ ...each, state: each.state as 'up', to: each.from + each.length })),
        exclusions: exclusions.map((each) => ({ ...each, to: each.from + each.length })),
        heartbeat: SETTINGS.heartbeatMinutes,
        longestGap: Math.max(2 * SETTINGS.heartbeatMinutes, SETTINGS.offlineAfterMinutes),
        silence: SETTINGS.collectorSilenceMinutes,
      };
    });
}

async function load(world: World, start: number): Promise<void> {
  const instant = (minute: number) => new Date(start + minute * 60_000).toISOString();
  const name = (charger: number, connector: number) =>
    connector === -1 ? 'S' : connector === 0 ? `C${charger}` : `C${charger}-${connector}`;
  const clockText = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  await dropParts(workspace.sql, deviceEvent, 1);
  for (const table of ['asset', 'device_event_row', 'device_state', 'device_exclusion'])
    await workspace.sql.run({ text: `DELETE FROM ${table}` });
  const chargers = [...new Set(world.ports.map((port) => port.charger))];
  await workspace.insert(
    'asset',
    chargers.map((charger): Row => ({ asset_id: `C${charger}`, kind: 'charger', parent_id: 'S', site_id: 'S' })),
  );
  await workspace.insert(
    'asset',
    world.ports.map((port) => ({
      asset_id: name(port.charger, port.connector),
      kind: 'port',
      parent_id: `C${port.charger}`,
      connector_no: port.connector,
      in_service_at: port.stated === null ? null : instant(port.stated),
      retired_at: port.retired === null ? null : instant(port.retired),
      open_hours: port.hours ? `${clockText(port.hours[0])}-${clockText(port.hours[1])}` : null,
    })),
  );
  await workspace.insert(
    'device_event',
    world.messages.map((each) => ({
      asset_id: each.asPort === null ? `C${each.charger}` : name(each.charger, each.asPort),
      connector_no: each.asPort === null ? each.connector : null,
      happened_at: instant(each.minute),
      received_at: instant(each.received),
      event: each.event,
      status: each.event === 'status' ? each.status : null,
    })),
  );
  await workspace.insert(
    'device_state',
    world.stretches.map((each) => ({
      asset_id: name(each.charger, each.connector),
      start_at: instant(each.from),
      end_at: instant(each.to),
      state: each.state,
      exclusion: each.excused ? 'grid' : 'none',
    })),
  );
  await workspace.insert(
    'device_exclusion',
    world.exclusions.map((each, index) => ({
      exclusion_id: `X${index}`,
      asset_id: name(each.charger, each.connector),
      start_at: instant(each.from),
      end_at: instant(each.to),
      reason: 'vandalism',
      approved: each.approved,
    })),
  );
}

/** Puts two of three messages into a table of their own, as a long file is stored: texts as numbers, times in whole seconds. */
async function asLongFile(): Promise<void> {
  const { sql } = workspace;
  const wordsOf = async (column: string) => {
    const rows = await sql.rows<{ word: string }>({
      text: `SELECT DISTINCT ${column} AS word FROM device_event_row WHERE ${column} IS NOT NULL ORDER BY word DESC`,
    });
    return `ENUM(${rows.map(({ word }) => `'${word}'`).join(', ') || "'none'"})`;
  };
  const events = deviceEvent.columns.find((column) => column.name === 'event')?.members;
  const columns = [
    { name: 'asset_id', type: await wordsOf('asset_id') },
    { name: 'connector_no', type: 'BIGINT' },
    { name: 'happened_at', type: 'TIMESTAMP_S' },
    { name: 'received_at', type: 'TIMESTAMP_S' },
    { name: 'event', type: `ENUM(${Object.keys(events ?? {}).map((each) => `'${each}'`)})` },
    { name: 'status', type: await wordsOf('status') },
    { name: 'line', type: 'BIGINT' },
  ];
  const part = await createPart(sql, { table: deviceEvent, fileId: 1 }, columns);
  const names = columns.map(({ name }) => name).join(', ');
  const rows = await sql.run({ text: `INSERT INTO ${part} SELECT ${names} FROM device_event_row WHERE line % 3 > 0` });
  await sql.run({ text: 'DELETE FROM device_event_row WHERE line % 3 > 0' });
  if (rows > 0) {
    const kept = { table: deviceEvent, batch: 1, fileId: 1, sourceSystem: 'test', firstLine: 2 };
    expect(await keepPart(sql, kept, { columns, rows })).toBe(true);
  } else await sql.run({ text: `DROP TABLE ${part}` });
}

async function built(world: World, { start, isLong }: { start: number; isLong: boolean }): Promise<Map<string, DayMinutes>> {
  await workspace.sql.transaction(async () => {
    await load(world, start);
    if (isLong) await asLongFile();
  });
  await rebuildPortDays(workspace.sql, workspace.settings, new Date(start + world.length * 60_000).toISOString());
  const rows = await workspace.sql.rows<{ name: string; minutes: string }>({
    text: `SELECT substr(asset_id, 2) || ' ' || CAST(day AS VARCHAR) AS name, to_json([in_service_min, unobserved_min, fault_min, offline_min,
      fault_excluded_min, offline_excluded_min])::VARCHAR AS minutes FROM port_day WHERE day >= CAST($day AS DATE)`,
    params: { day: new Date(start + 43_200_000).toISOString().slice(0, 10) },
  });
  return new Map(rows.map((row) => [row.name, JSON.parse(row.minutes) as DayMinutes]));
}

function expectSame(built: Map<string, DayMinutes>, counted: Map<string, DayMinutes>): void {
  expect([...built.keys()].sort()).toEqual([...counted.keys()].sort());
  for (const [key, minutes] of counted) {
    const found = built.get(key) as DayMinutes;
    expect(
      Math.max(...minutes.map((each, index) => Math.abs(each - (found[index] as number)))),
      `${key}: ${found} for ${minutes}`,
    ).toBeLessThan(1e-9);
  }
}

test.each([
  ['two chargers', worlds(2), false, 12],
  ['connectors that speak for themselves', worlds(2, true), false, 40],
  ['the same, most messages in a long file', worlds(2, true), true, 12],
  ['a fleet of eleven that falls silent together', worlds(11), false, 3],
])(
  'port days agree with a count of every minute: %s',
  async (_, arbitrary, isLong, numRuns) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, fc.constantFrom(0, 1), async (world, season) => {
        const start = STARTS[season] as number;
        expectSame(await built(world, { start, isLong }), countedMinutes(world, clocks[season] as LocalClock));
      }),
      { numRuns: runs(numRuns) },
    );
  },
  120_000,
);
