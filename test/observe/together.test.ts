import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Catalogue, loadCatalogue } from '../../analytics/catalogue/index.ts';
import { readMetric } from '../../analytics/catalogue/read-metric.ts';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import { type Affected, affectedMetrics } from '../../analytics/observe/affected.ts';
import { refreshObservations } from '../../analytics/observe/index.ts';
import { separateBonds } from '../../analytics/observe/together/bonds.ts';
import { DERIVED_TABLES } from '../../analytics/tables/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { metricOfKind } from '../support/observed.ts';

let workspace: MemoryWorkspace;
let catalogue: Catalogue;

beforeEach(async () => {
  workspace = await memoryWorkspace();
  catalogue = await loadCatalogue('/nowhere');
});
afterEach(() => workspace.close());

const DAY = '2026-10-31';
const BATCH = 7;

async function affectedBy(metrics: readonly Metric[], ...tables: string[]): Promise<readonly Affected[]> {
  const change = { batch: BATCH, tables, previousAsOf: DAY, ports: { days: null, states: null }, revealed: new Set<string>() };
  const found = await affectedMetrics(workspace.sql, metrics, { settings: workspace.settings, asOf: DAY, change });
  return found.affected;
}

/** Which rows of a table a metric is computed from after a change of tables; null where from all of them. */
async function readOf(metric: Metric, table: string, ...changed: string[]): Promise<readonly string[] | null> {
  const [{ part } = { part: null }] = await affectedBy([metric], ...changed);
  if (part === null) return null;
  const rows = await workspace.sql.rows<{ source_key: string }>({
    text: `SELECT source_key FROM ${part.rows.get(table)} t ORDER BY source_key`,
  });
  return rows.map((row) => row.source_key);
}

async function changed(table: string, ...keys: string[]): Promise<void> {
  await workspace.sql.run({
    text: `UPDATE ${table} SET batch_id = ${BATCH} WHERE list_contains($keys, source_key)`,
    params: { keys },
  });
}

function builtIn(id: string): Metric {
  const metric = catalogue.metrics.find((each) => each.id === id);
  if (!metric) throw new Error(`No metric ${id}`);
  return metric;
}

const people: Metric = metricOfKind('count', { together: { email: { lead: 'email_hash' }, phone: { lead: 'phone_hash' } } });

describe('rows hang together', () => {
  test('through however many others, and not through what is missing', async () => {
    await workspace.insert('lead', [
      { lead_id: 'a', email_hash: 'x', phone_hash: '1' },
      { lead_id: 'b', email_hash: 'y', phone_hash: '1' },
      { lead_id: 'c', email_hash: 'y', phone_hash: '2' },
      { lead_id: 'd', email_hash: null, phone_hash: '2' },
      { lead_id: 'e', email_hash: null, phone_hash: null },
      { lead_id: 'f', email_hash: null, phone_hash: null },
      { lead_id: 'g', email_hash: 'z', phone_hash: '3' },
    ]);
    await changed('lead', 'a', 'e');
    expect(await readOf(people, 'lead', 'lead')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('with what a corrected row was before', async () => {
    await workspace.insert('lead', [
      { lead_id: 'a', email_hash: 'new' },
      { lead_id: 'b', email_hash: 'old' },
      { lead_id: 'c', email_hash: 'other' },
    ]);
    await workspace.sql.run({
      text: `INSERT INTO superseded_row SELECT ${BATCH}, 'lead', source_key, batch_id, CAST(to_json(t) AS VARCHAR)
        FROM (SELECT * REPLACE ('old' AS email_hash) FROM lead) t WHERE lead_id = 'a'`,
    });
    await changed('lead', 'a');
    expect(await readOf(people, 'lead', 'lead')).toEqual(['a', 'b']);
  });

  test('across tables, and with what links lead to', async () => {
    await workspace.insert('customer', [{ customer_id: 'C1' }, { customer_id: 'C2' }]);
    await workspace.insert('journey_case', [
      { case_id: 'J1', customer_id: 'C1' },
      { case_id: 'J2', customer_id: 'C2' },
    ]);
    await workspace.insert('work_order', [
      { wo_id: 'W1', case_id: 'J1', site_id: 'S1' },
      { wo_id: 'W2', case_id: 'J2', site_id: 'S1' },
      { wo_id: 'W3', case_id: 'J2', site_id: 'S2' },
    ]);
    await workspace.insert('visit', [
      { visit_id: 'V1', wo_id: 'W1' },
      { visit_id: 'V2', wo_id: 'W2' },
      { visit_id: 'V3', wo_id: 'W3' },
    ]);
    await changed('customer', 'C1');
    const scheduling = builtIn('ncv-01.4/scheduling-efficiency');
    expect(await readOf(scheduling, 'visit', 'customer')).toEqual(['V1']);
    expect(await readOf(builtIn('ncv-01.5/first-time-fix-rate'), 'visit', 'customer')).toEqual(['V1', 'V2']);
  });

  test('apart where no table has bonds in common', () => {
    const bonds = { a: { lead: 'x' }, b: { lead: 'y', quote: 'y' }, c: { visit: 'z' }, d: { quote: 'q', asset: 'q' } };
    const { c, ...others } = bonds;
    expect(separateBonds(bonds)).toEqual(expect.arrayContaining([{ c }, others]));
    expect(separateBonds(bonds)).toHaveLength(2);
  });
});

test('all rows are read where most of them changed, or where one changed that nothing bonds', async () => {
  await workspace.sql.run({
    text: `INSERT INTO lead (lead_id, email_hash, source_system, batch_id, file_id, line)
      SELECT 'L' || i, 'e' || i, 'test', CASE WHEN i < 1600 THEN ${BATCH} ELSE 1 END, 1, i FROM range(2000) r(i)`,
  });
  expect(await readOf(people, 'lead', 'lead')).toBeNull();
  await workspace.insert('marketing_spend', [{ spend_id: 'M', amount: 1, period_start: '2026-10-01' }]);
  expect(await readOf(builtIn('ncv-02.1/paid-cost-per-lead'), 'lead', 'marketing_spend')).toBeNull();
});

/** Lists beside which leads and deals stand: which channels were paid for. */
const READ_BESIDE: Readonly<Record<string, string>> = {
  'ncv-01.1/marketing-spend-roi': 'marketing_spend',
  'ncv-01.1/return-on-ad-spend': 'marketing_spend',
  'ncv-02.1/paid-cost-per-lead': 'marketing_spend',
};

test('after a change of any table every built-in metric is computed from a part of the rows', async () => {
  const ofRows = catalogue.metrics.filter(
    (metric) => !metric.tables.some((name) => DERIVED_TABLES.some((table) => table.name === name)),
  );
  expect(ofRows.length).toBeGreaterThan(40);
  await refreshObservations(workspace.sql, ofRows, { settings: workspace.settings, asOf: DAY });
  for (const metric of ofRows) {
    for (const table of metric.tables.filter((name) => name !== READ_BESIDE[metric.id])) {
      await workspace.sql.run({
        text: `INSERT INTO ${table} BY NAME SELECT 'new' AS source_system, ${BATCH} AS batch_id, 1 AS file_id, 1 AS line`,
      });
      const [found] = await affectedBy([metric], table);
      expect(found?.part, `${metric.id} after a change of ${table}`).toBeTruthy();
    }
  }
});

describe('a value on which all observations depend', () => {
  const ours = metricOfKind('proportion', {
    together: { lead: { lead: 'source_key' } },
    overall: { any_sold: 'SELECT count(sql_at) > 0 FROM lead' },
  });
  const metric: Metric = {
    ...ours,
    sql: `SELECT source_key AS entity_id, local_day(created_at, region) AS day, segment, region, product, channel, crew,
      CASE WHEN $any_sold THEN 1 ELSE 0 END AS num, 1 AS den, NULL AS matures_on FROM lead`,
  };
  const refresh = (known: readonly Metric[], tables: string[] | null) =>
    refreshObservations(workspace.sql, known, {
      settings: workspace.settings,
      asOf: DAY,
      change: tables && { batch: BATCH, tables, previousAsOf: DAY, ports: { days: null, states: null }, revealed: new Set() },
    });
  const total = async () => (await workspace.sql.rows({ text: 'SELECT count(*) AS n, sum(num) AS num FROM observation' }))[0];

  beforeEach(() =>
    workspace.insert('lead', [
      { lead_id: 'a', created_at: '2026-10-01T10:00:00Z' },
      { lead_id: 'b', created_at: '2026-10-02T10:00:00Z' },
    ]),
  );

  test('is of all rows, and where it changes all are computed', async () => {
    await refresh([metric], null);
    expect(await total()).toEqual({ n: 2, num: 0 });
    await workspace.insert('lead', [{ lead_id: 'c', created_at: '2026-10-03T10:00:00Z', sql_at: '2026-10-04T10:00:00Z' }]);
    await changed('lead', 'c');
    await refresh([metric], ['lead']);
    expect(await total()).toEqual({ n: 3, num: 3 });
    expect(await readOf(metric, 'lead', 'lead')).toEqual(['c']);
    await refresh([metric], ['lead']);
    expect(await total()).toEqual({ n: 3, num: 3 });
  });

  test('is asked again where the as-of day alone decides it', async () => {
    const dated = { ...metric, overall: { any_sold: "SELECT $as_of > TIMESTAMP '2026-11-03 00:00:00' FROM lead LIMIT 1" } };
    await refresh([dated], null);
    expect(await total()).toEqual({ n: 2, num: 0 });
    await refreshObservations(workspace.sql, [dated], {
      settings: workspace.settings,
      asOf: '2026-11-05',
      change: { batch: BATCH, tables: [], previousAsOf: DAY, ports: { days: null, states: null }, revealed: new Set() },
    });
    expect(await total()).toEqual({ n: 2, num: 2 });
  });

  test('that cannot be computed leaves its metric out, and says why', async () => {
    const wrong = { ...metric, overall: { any_sold: 'SELECT nothing FROM lead' } };
    expect(await refresh([wrong], null)).toMatchObject([{ id: metric.id, reason: expect.stringContaining('nothing') }]);
  });
});

test.each([
  ['together:\n  order: { visit: wo_id }', '1', 'together names the table visit, which is not among its tables'],
  ['overall:\n  most: SELECT 1', '1', 'its SELECT does not take $most, which overall names'],
  ['overall:\n  most: SELECT 1', '$most', null],
])('a metric file with %j', (lines, num, fault) => {
  const { id: _id, sql: _sql, origin: _origin, ...header } = metricOfKind('count');
  const text = Object.entries(header)
    .filter(([name]) => !lines.startsWith(name))
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const reading = readMetric(`/* ---\n${[...text, lines].join('\n')}\n--- */\nSELECT ${num} AS num FROM lead`, 'here');
  expect('unavailable' in reading ? reading.unavailable.reason : null).toBe(fault);
});
