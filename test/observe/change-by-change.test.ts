import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Catalogue, loadCatalogue } from '../../analytics/catalogue/index.ts';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import type { Sql } from '../../analytics/contract/sql.ts';
import { asOfInstant, observationsAsOf, reachAfter, refreshObservations } from '../../analytics/observe/index.ts';
import { TABLES_OF_METRICS } from '../../analytics/tables/fact-tables.ts';
import { TABLES, tableNamed } from '../../analytics/tables/index.ts';
import { factRows } from '../support/fact-rows.ts';
import { type Cell, type MemoryWorkspace, memoryWorkspace, type Row } from '../support/memory-workspace.ts';
import { metricOfKind } from '../support/observed.ts';
import { runs } from '../support/random.ts';

let catalogue: Catalogue;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-observe-'));
  catalogue = await loadCatalogue(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Of the built-in metrics none has both percentiles and a time until it is final. */
const MATURING_SIZES: Metric = {
  ...metricOfKind('duration', { entity: 'opportunity', tables: ['opportunity'], datedBy: ['created_at'] }),
  sql: `SELECT source_key AS entity_id, local_day(created_at, region) AS day, segment, region, product, channel, crew,
  days_between(created_at, decided_at) AS num, 1 AS den, add_days(local_day(created_at, region), 45) AS matures_on FROM opportunity`,
};

/** Nor does any ask of a day of the calendar again after it has begun. */
const DAYS_SEEN_TWICE: Metric = {
  ...metricOfKind('count', { entity: 'lead', tables: ['lead'], datedBy: ['created_at'] }),
  id: 'test.1/days-seen-twice',
  sql: `WITH begun AS (
  SELECT day, CASE WHEN add_days(closes_at, 2) < $as_of THEN 1 ELSE 0 END AS is_long_over
  FROM business_clock WHERE calendar_id = 'default' AND day_start(day, NULL) < $as_of AND day >= DATE '2025-06-20')
SELECT lead.source_key AS entity_id, begun.day AS day, segment, region, product, channel, crew, is_long_over AS num, 1 AS den, NULL AS matures_on
FROM lead JOIN begun ON begun.day >= local_day(lead.created_at, lead.region)`,
};

const EVERY_TABLE = TABLES.map((table) => table.name);
const FIRST_DAY = Date.UTC(2025, 5, 28);
const SETTINGS = [
  { timeZone: 'UTC' },
  { timeZone: 'America/New_York', rules: { staleOpportunityIsLost: true, staleOpportunityDays: 30 } },
  {
    timeZone: 'Europe/Berlin',
    regionTimeZones: { South: 'Pacific/Auckland' },
    rules: { quoteValidityDays: 3, leadDuplicateDays: 9 },
  },
];

function dayAt(day: number): string {
  return new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10);
}

type Draw = (from: number, to: number) => number;

/** Rows as sources write them: of the days before, some of days to come, most times missing now and then. */
function rowsOf(draw: Draw, day: number): Readonly<Record<string, () => Row>> {
  const pick = <Value extends Cell>(...values: readonly Value[]): Value => values[draw(0, values.length - 1)] as Value;
  const instant = (back: number, ahead: number) =>
    new Date(FIRST_DAY + (day + draw(-back, ahead)) * 86_400_000 + draw(0, 47) * 1_800_000).toISOString();
  const maybe = <Value extends Cell>(value: Value) => (draw(0, 3) === 0 ? null : value);
  const id = (kind: string) => `${kind}${draw(0, 29)}`;
  const place = () => ({
    stream_id: pick('NCV-01', 'NCV-02', null),
    segment: pick('residential', 'fleet', null),
    region: pick('North', 'South', null),
    channel: pick('web', 'partner'),
  });
  return {
    lead: () => ({
      lead_id: id('L'),
      ...place(),
      created_at: instant(90, 2),
      mql_at: maybe(instant(60, 5)),
      qualified_at: maybe(instant(60, 9)),
      converted_at: maybe(instant(50, 5)),
      email_hash: maybe(id('E')),
      phone_hash: maybe(id('N')),
      case_id: maybe(id('J')),
      is_test: draw(0, 9) === 0,
      sql_at: draw(0, 9) === 0 ? instant(30, 2) : null,
      opportunity_id: maybe(id('O')),
    }),
    opportunity: () => ({
      opp_id: id('O'),
      ...place(),
      created_at: instant(120, 2),
      decided_at: maybe(instant(60, 5)),
      outcome: pick('won', 'lost', null),
      signed_at: maybe(instant(60, 5)),
      amount_net: draw(1, 900) / 7,
      gross_margin: maybe(draw(1, 900) / 7),
      one_off_net: draw(1, 900) / 7,
    }),
    quote: () => ({
      quote_id: id('Q'),
      opp_id: maybe(id('O')),
      ...place(),
      version: maybe(draw(1, 3)),
      issued_at: maybe(instant(90, 2)),
      accepted_at: maybe(instant(30, 3)),
      declined_at: maybe(instant(30, 3)),
      valid_until: maybe(instant(40, 40).slice(0, 10)),
      status: pick('issued', 'accepted', null),
      amount_net: 100,
      final_amount_net: draw(80, 120),
      invoiced_at: maybe(instant(20, 2)),
    }),
    work_order: () => ({
      wo_id: id('W'),
      ...place(),
      site_id: maybe(id('P')),
      asset_id: maybe(id('A')),
      case_id: maybe(id('J')),
      kind: pick('install', 'install', 'repair', 'maintenance'),
      inspection_first_result: pick('pass', 'fail'),
      defect_cause: pick('install error', null),
      device_count: maybe(1),
      created_at: instant(90, 2),
      completed_at: maybe(instant(60, 2)),
    }),
    visit: () => ({
      visit_id: id('V'),
      wo_id: maybe(id('W')),
      visit_no: maybe(draw(1, 2)),
      first_sched_start: maybe(instant(40, 40)),
      sched_start: maybe(instant(40, 40)),
      actual_start: maybe(instant(40, 2)),
      actual_end: maybe(instant(40, 2)),
      outcome: pick('completed', 'incomplete', null),
      cause_code: pick('wiring', null),
      crew_id: maybe(id('K')),
      resched_count: maybe(draw(0, 3)),
    }),
    resource_day: () => ({
      resource_id: id('R'),
      stream_id: pick('NCV-01', null),
      work_date: instant(40, 40).slice(0, 10),
      available_h: maybe(8),
      work_h: draw(0, 8),
    }),
    marketing_spend: () => ({
      spend_id: id('M'),
      ...place(),
      period_start: instant(40, 40).slice(0, 10),
      amount: draw(0, 90) / 7,
    }),
    service_term: () => ({
      term_id: id('T'),
      ...place(),
      customer_id: id('C'),
      start_at: instant(200, 2),
      end_at: maybe(instant(60, 9)),
      end_reason: pick('price', 'moved', null),
    }),
    support_ticket: () => ({
      ticket_id: id('S'),
      ...place(),
      opened_at: instant(60, 2),
      resolved_at: maybe(instant(60, 2)),
      reopen_count: draw(0, 1),
    }),
    ticket_state: () => ({
      ticket_id: id('S'),
      seq: draw(1, 3),
      state: pick('active', 'wait_customer', 'wait_vendor'),
      start_at: instant(60, 2),
      end_at: maybe(instant(40, 2)),
    }),
    survey_response: () => ({
      survey_id: id('Y'),
      ...place(),
      case_id: maybe(id('J')),
      touchpoint: pick('onboarding', 'post_install'),
      instrument: pick('csat', 'nps'),
      sent_at: instant(60, 2),
      responded_at: maybe(instant(50, 2)),
      score: draw(1, 5),
    }),
    customer: () => ({ customer_id: id('C'), ...place() }),
    journey_case: () => ({
      case_id: id('J'),
      customer_id: maybe(id('C')),
      stream_id: pick('NCV-01', 'NCV-02'),
      region: pick('North', 'South', null),
      opened_at: instant(90, 2),
    }),
    asset: () => ({
      asset_id: id('A'),
      case_id: maybe(id('J')),
      kind: pick('hub', 'device', 'charger', 'port'),
      stream_id: pick('NCV-02', null),
      first_online_at: maybe(instant(40, 2)),
      first_session_at: maybe(instant(40, 2)),
      activated_at: maybe(instant(40, 2)),
    }),
    activation_step: () => ({
      asset_id: maybe(id('A')) ?? '',
      case_id: maybe(id('J')) ?? '',
      step: pick('commission', 'platform_active', 'account', 'training'),
      attempt_no: draw(1, 2),
      result: pick('pass', 'fail'),
      done_at: maybe(instant(40, 2)),
    }),
    safety_incident: () => ({
      incident_id: id('I'),
      ...place(),
      occurred_at: instant(60, 2),
      severity: pick('recordable', 'first_aid'),
    }),
  };
}

async function store(
  workspace: MemoryWorkspace,
  batch: number,
  { table, rows }: { readonly table: string; readonly rows: readonly Row[] },
): Promise<void> {
  const key = tableNamed(table)?.key ?? [];
  const unique = [...new Map(rows.map((row) => [key.map((name) => row[name]).join(), row])).values()];
  await workspace.insert(table, unique);
  await workspace.sql.run({
    text: `INSERT INTO superseded_row SELECT ${batch}, '${table}', t.source_key, t.batch_id, CAST(to_json(t) AS VARCHAR) FROM ${table} t
      WHERE batch_id NOT IN (1, ${batch}) AND source_key IN (SELECT source_key FROM ${table} WHERE batch_id = 1)`,
  });
  await workspace.sql.run({
    text: `DELETE FROM ${table} WHERE batch_id <> 1 AND source_key IN (SELECT source_key FROM ${table} WHERE batch_id = 1)`,
  });
  await workspace.sql.run({ text: `UPDATE ${table} SET batch_id = ${batch} WHERE batch_id = 1` });
}

async function layers(sql: Sql, observations: string): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const table of ['', ...TABLES_OF_METRICS] as const) {
    const from = table === '' ? observations : factRows(observations, table);
    const rows = await sql.rows<{ row: string }>({ text: `SELECT CAST(t AS VARCHAR) AS row FROM ${from} t ORDER BY row` });
    found[table] = rows.map((each) => each.row);
  }
  return found;
}

const steps = fc.array(fc.record({ days: fc.constantFrom(0, 1, 1, 2, 9, 31), tables: fc.nat(2), seed: fc.nat(1_000_000) }), {
  minLength: 4,
  maxLength: 7,
});

test('observations and all that is kept of them follow a change as if they were made anew on its day', async () => {
  const property = fc.asyncProperty(fc.nat(SETTINGS.length - 1), steps, async (setting, changes) => {
    const workspace = await memoryWorkspace(SETTINGS[setting]);
    const { sql, settings } = workspace;
    const metrics = [...catalogue.metrics, MATURING_SIZES, DAYS_SEEN_TWICE];
    let day = 0;
    let batch = 2;
    let asOf = dayAt(day);
    const drawing = (seed: number): Draw => {
      let state = seed * 7919 + 1;
      return (from, to) => {
        state = (state * 48_271) % 2_147_483_647;
        return from + (state % (to - from + 1));
      };
    };
    for (const [table, make] of Object.entries(rowsOf(drawing(changes.length * 31 + setting), day)))
      await store(workspace, batch, { table, rows: Array.from({ length: 40 }, make) });
    await refreshObservations(sql, metrics, { settings, asOf });
    for (const [step, { days, tables, seed }] of changes.entries()) {
      day += days;
      batch += 1;
      const draw = drawing(seed);
      const random = Object.entries(rowsOf(draw, day));
      const changed = Array.from({ length: tables }, () => random[draw(0, random.length - 1)]).flatMap((each) =>
        each ? [each] : [],
      );
      for (const [table, make] of changed)
        await store(workspace, batch, { table, rows: Array.from({ length: draw(1, 4) }, make) });
      const [previousAsOf, now] = [asOf, new Date(Date.parse(asOfInstant(dayAt(day), settings)) - 1)];
      const reach = await reachAfter(sql, settings, {
        now,
        known: { asOf: previousAsOf, ahead: EVERY_TABLE },
        batch,
        tables: [],
      });
      asOf = dayAt(day);
      const change = {
        batch,
        tables: [...new Set(changed.map(([table]) => table))],
        previousAsOf,
        ports: { days: null, states: null },
        revealed: reach?.revealed ?? new Set<string>(),
      };
      expect(await refreshObservations(sql, metrics, { settings, asOf, change })).toEqual([]);
      const { observations } = await observationsAsOf(sql, metrics, settings, asOf);
      expect(await layers(sql, 'observation'), `step ${step}, ${asOf}, ${change.tables.join()}`).toEqual(
        await layers(sql, observations),
      );
    }
    workspace.close();
  });
  await fc.assert(property, { numRuns: runs(4), endOnFailure: true });
}, 300_000);
