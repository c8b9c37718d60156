import { afterEach, beforeEach, expect, test } from 'vitest';
import { readMetric } from '../../analytics/catalogue/index.ts';
import { type Metric, metricHeaderSchema } from '../../analytics/contract/metric-definition.ts';
import { settingsSchema } from '../../analytics/contract/settings.ts';
import { affectedMetrics, type DataChange } from '../../analytics/observe/affected.ts';
import { asOfInstant, dataReach, observationsAsOf, reachAfter, refreshObservations } from '../../analytics/observe/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { metricOfKind } from '../support/observed.ts';

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace({ timeZone: 'Europe/Berlin' });
});
afterEach(() => workspace.close());

const NOW = new Date('2026-11-20T00:00:00Z');

const COUNT_LEADS = `SELECT lead_id AS entity_id, local_day(created_at, region) AS day, segment, region, product, channel, crew,
  1 AS num, 1 AS den, NULL AS matures_on FROM lead`;

/** A metric file as its author would write it. */
function metricFile(name: string, sql: string): Metric {
  const header = {
    stage: 'NCV-01.1',
    name,
    meaning: 'How many?',
    formula: 'leads',
    unit: 'count',
    direction: 'up',
    kind: 'count',
    basis: 'event',
    dateRule: 'day made',
    grain: 'lead',
    entity: 'lead',
    tables: ['lead'],
    source: 'test',
    version: 1,
  };
  expect(metricHeaderSchema.safeParse(header).success).toBe(true);
  const yaml = Object.entries(header).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const reading = readMetric(`/* ---\n${yaml.join('\n')}\n--- */\n${sql}`, 'test.sql');
  if ('unavailable' in reading) throw new Error(reading.unavailable.reason);
  return reading.metric;
}

async function observed(table = 'observation') {
  return workspace.sql.rows<{ metric: string; entity_id: string; day: string; crew: string }>({
    text: `SELECT metric, entity_id, day, crew FROM ${table} ORDER BY metric, day, entity_id`,
  });
}

test.each([
  ['2026-10-31', 'Europe/Berlin', '2026-10-31T23:00:00Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00Z'],
  ['2026-10-24', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
  ['2026-03-08', 'America/New_York', '2026-03-09T04:00:00Z'],
  ['2026-03-07', 'America/New_York', '2026-03-08T05:00:00Z'],
  ['2026-10-31', 'UTC', '2026-11-01T00:00:00Z'],
  ['2026-10-31', 'Asia/Kolkata', '2026-10-31T18:30:00Z'],
  ['2026-10-31', 'Pacific/Kiritimati', '2026-10-31T10:00:00Z'],
  ['2017-10-14', 'America/Sao_Paulo', '2017-10-15T03:00:00Z'],
  ['2018-02-17', 'America/Sao_Paulo', '2018-02-18T03:00:00Z'],
])('the day %s in %s ends at %s, also where clocks change', (day, timeZone, instant) => {
  expect(asOfInstant(day, settingsSchema.parse({ timeZone }))).toBe(instant);
});

test('observations are computed as known on a day, and again in place of the earlier ones', async () => {
  const metric = metricFile('Leads', COUNT_LEADS);
  await workspace.insert('lead', [
    { lead_id: 'A', created_at: '2026-10-01T10:00:00Z' },
    { lead_id: 'late evening', created_at: '2026-10-31T22:30:00Z' },
    { lead_id: 'next day', created_at: '2026-10-31T23:00:00Z' },
  ]);
  expect(await refreshObservations(workspace.sql, [metric], { settings: workspace.settings, asOf: '2026-10-31' })).toEqual([]);
  await refreshObservations(workspace.sql, [metric], { settings: workspace.settings, asOf: '2026-10-31' });
  expect(await observed()).toEqual([
    { metric: metric.id, entity_id: 'A', day: '2026-10-01', crew: 'unknown' },
    { metric: metric.id, entity_id: 'late evening', day: '2026-10-31', crew: 'unknown' },
  ]);
  const { observations } = await observationsAsOf(workspace.sql, [metric], workspace.settings, '2026-10-15');
  expect((await observed(observations)).map((row) => row.entity_id)).toEqual(['A']);
  expect(await observed()).toHaveLength(2);
});

test('a metric whose statement fails is named with its reason and harms no other', async () => {
  const good = metricFile('Leads', COUNT_LEADS);
  const unbound = metricFile('Unbound', COUNT_LEADS.replace('lead_id', 'no_such_column'));
  const failing = metricFile('Failing', COUNT_LEADS.replace('1 AS num', 'CAST(lead_id AS INTEGER) AS num'));
  await workspace.insert('lead', [{ lead_id: 'A', created_at: '2026-10-01T10:00:00Z' }]);
  const unavailable = await refreshObservations(workspace.sql, [unbound, failing, good], {
    settings: workspace.settings,
    asOf: '2026-10-31',
  });
  expect(unavailable.map((each) => each.id)).toEqual([unbound.id, failing.id]);
  expect(unavailable[0]?.reason).toContain('no_such_column');
  expect((await observed()).map((row) => row.metric)).toEqual([good.id]);
});

test('members that a statement leaves null read unknown', async () => {
  const metric = metricFile('Leads', COUNT_LEADS.replace('crew,', 'NULL AS crew,'));
  await workspace.insert('lead', [{ lead_id: 'A', created_at: '2026-10-01T10:00:00Z' }]);
  await refreshObservations(workspace.sql, [metric], { settings: workspace.settings, asOf: '2026-10-31' });
  expect((await observed())[0]?.crew).toBe('unknown');
});

test('a change of a linked table touches the metrics that find their dimensions through it', async () => {
  const leads = metricOfKind('count', { name: 'leads', tables: ['lead'] });
  const quotes = metricOfKind('count', { name: 'quotes', tables: ['quote'] });
  const ports = metricOfKind('ratio', { name: 'ports', tables: ['port_day'] });
  const spend = metricOfKind('sum', { name: 'spend', tables: ['marketing_spend'] });
  const all = [leads, quotes, ports, spend];
  const touched = async (tables: string[], ports: DataChange['ports'] = { days: null, states: null }) => {
    const change = { batch: 1, tables, previousAsOf: '2026-10-31', ports, revealed: new Set<string>() };
    const { affected } = await affectedMetrics(workspace.sql, all, { settings: workspace.settings, asOf: '2026-10-31', change });
    return affected.map((each) => each.metric.name);
  };
  expect(await touched(['opportunity'])).toContain('quotes');
  expect(await touched(['customer'])).toEqual(expect.arrayContaining(['quotes', 'ports']));
  expect(await touched(['device_event'], 'all')).toEqual(['ports']);
  expect(await touched(['marketing_spend'])).toEqual(['spend']);
});

test('the data reaches to the last business day of what happened: plans and times to come do not count', async () => {
  await workspace.insert('lead', [
    { lead_id: 'A', created_at: '2026-10-30T23:30:00Z' },
    { lead_id: 'damaged', created_at: '2062-10-31T10:00:00Z' },
  ]);
  await workspace.insert('quote', [{ quote_id: 'Q', issued_at: '2026-10-01', valid_until: '2026-11-10' }]);
  expect(await dataReach(workspace.sql, workspace.settings, NOW)).toEqual({ asOf: '2026-10-31', ahead: ['lead'] });
});

test('how far the data reaches after an import is found in its tables and those that were ahead, and what was known too early is named', async () => {
  await workspace.insert('lead', [
    { lead_id: 'A', created_at: '2026-10-28T12:00:00Z' },
    { lead_id: 'to come', created_at: '2026-11-05T12:00:00Z' },
  ]);
  await workspace.insert('support_ticket', [{ ticket_id: 'T', opened_at: '2026-11-08T22:30:00Z' }]);
  await workspace.sql.run({ text: 'UPDATE support_ticket SET batch_id = 2' });
  const after = (asOf: string, ahead: string[], now = NOW) =>
    reachAfter(workspace.sql, workspace.settings, { now, known: { asOf, ahead }, batch: 2, tables: ['support_ticket'] });
  const [none, leads] = [new Set<string>(), new Set(['lead'])];
  expect(await after('2026-10-28', ['lead'])).toEqual({ asOf: '2026-11-08', ahead: [], revealed: leads });
  expect(await after('2026-11-05', [])).toEqual({ asOf: '2026-11-08', ahead: [], revealed: none });
  const early = new Date('2026-11-01T00:00:00Z');
  const still = { asOf: '2026-10-28', ahead: ['lead', 'support_ticket'], revealed: none };
  expect(await after('2026-10-28', ['lead'], early)).toEqual(still);
  expect(await after('2026-11-09', [])).toEqual({ asOf: '2026-11-09', ahead: [], revealed: none });
  await workspace.sql.run({ text: "INSERT INTO superseded_row (batch_id, table_name) VALUES (2, 'support_ticket')" });
  expect(await after('2026-11-09', []), 'the last row may have been corrected').toBeNull();
  expect(await after('2026-11-08', [])).toEqual({ asOf: '2026-11-08', ahead: [], revealed: none });
});

test('an empty workspace reaches nowhere', async () => {
  expect(await dataReach(workspace.sql, workspace.settings, NOW)).toEqual({ asOf: null, ahead: [] });
});
