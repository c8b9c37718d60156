import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import { shapesOf } from '../../analytics/observe/shape/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { metricOfKind } from '../support/observed.ts';

let workspace: MemoryWorkspace;

beforeAll(async () => {
  workspace = await memoryWorkspace();
});
afterAll(() => workspace.close());

const REST = 'segment, region, product, channel, crew, 1 AS num, 1 AS den, NULL AS matures_on';

async function shapeOf(sql: string, tables: string[] = ['quote', 'lead']) {
  const metric: Metric = { ...metricOfKind('count', { tables }), sql };
  return (await shapesOf(workspace.sql, [metric]))(metric);
}

const LATEST = 'SELECT *, row_number() OVER (PARTITION BY opp_id ORDER BY issued_at) AS nth FROM quote';

describe('the column by which observations hang together', () => {
  test.each([
    ['a row of its own', `SELECT source_key AS entity_id, local_day(issued_at, region) AS day, ${REST} FROM quote`, 'source_key'],
    ['a window over it', `SELECT source_key AS entity_id, issued_at AS day, ${REST} FROM (${LATEST}) q WHERE nth = 1`, 'opp_id'],
    [
      'a named query',
      `WITH q AS (${LATEST}) SELECT q.source_key AS entity_id, day, ${REST} FROM q JOIN lead ON lead.opportunity_id = q.opp_id`,
      'opp_id',
    ],
    [
      'groups made by it',
      `SELECT source_key AS entity_id, max(issued_at) AS day, ${REST} FROM quote GROUP BY source_key, segment`,
      'source_key',
    ],
  ])('%s', async (_, sql, column) => {
    expect((await shapeOf(sql)).groups.get('quote')?.column).toBe(column);
  });

  test.each([
    ['a window over all', `SELECT source_key AS entity_id, day, ${REST} FROM (SELECT *, count(*) OVER () AS n FROM quote) q`],
    [
      'windows over different columns',
      `SELECT source_key AS entity_id, day, ${REST}, max(issued_at) OVER (PARTITION BY status) FROM (${LATEST}) q`,
    ],
    [
      'a window over another column of that name',
      `SELECT source_key AS entity_id, day, ${REST}, max(issued_at) OVER (PARTITION BY opp_id) FROM (SELECT * EXCLUDE (opp_id), status AS opp_id FROM quote) q`,
    ],
    ['a table read twice', `SELECT a.source_key AS entity_id, day, ${REST} FROM quote a JOIN quote b ON a.opp_id = b.opp_id`],
    [
      'a named query read twice',
      `WITH q AS (${LATEST}) SELECT a.source_key AS entity_id, day, ${REST} FROM q a JOIN q b ON a.opp_id = b.opp_id`,
    ],
    [
      'an outer join',
      `SELECT quote.source_key AS entity_id, day, ${REST} FROM lead LEFT JOIN quote ON quote.opp_id = lead.opportunity_id`,
    ],
    [
      'a name that is not its row',
      `SELECT lead.source_key AS entity_id, day, ${REST} FROM quote JOIN lead ON quote.opp_id = lead.opportunity_id`,
    ],
    [
      'the table in a condition',
      `SELECT source_key AS entity_id, day, ${REST} FROM lead WHERE opportunity_id IN (SELECT opp_id FROM quote)`,
    ],
    ['an end to the rows', `SELECT source_key AS entity_id, day, ${REST} FROM quote ORDER BY issued_at LIMIT 5`],
    ['rows that are the same once', `SELECT DISTINCT source_key AS entity_id, day, ${REST} FROM quote`],
    [
      'several SELECTs',
      `SELECT source_key AS entity_id, day, ${REST} FROM quote UNION ALL SELECT source_key AS entity_id, day, ${REST} FROM lead`,
    ],
    ['a query named as the table', `WITH quote AS (SELECT * FROM lead) SELECT source_key AS entity_id, day, ${REST} FROM quote`],
  ])('is not known for %s', async (_, sql) => {
    expect((await shapeOf(sql)).groups.has('quote')).toBe(false);
  });

  test('of the calendar is the day of the observation', async () => {
    const months = 'WITH month AS (SELECT day FROM business_clock WHERE day_start(day, NULL) < $as_of)';
    const from = `FROM lead JOIN month ON month.day > lead.created_at`;
    const { groups } = await shapeOf(`${months} SELECT lead.source_key AS entity_id, month.day, ${REST} ${from}`);
    expect(groups.get('business_clock')?.column).toBe('day');
    const otherwise = await shapeOf(
      `${months} SELECT lead.source_key AS entity_id, add_days(month.day, 1) AS day, ${REST} ${from}`,
    );
    expect(otherwise.groups.has('business_clock')).toBe(false);
  });
});

describe('port months', () => {
  const rowWise = async (day: string, condition = 'true') =>
    (await shapeOf(`SELECT asset_id AS entity_id, ${day} AS day, ${REST} FROM port_month WHERE ${condition}`, ['port_month']))
      .rowWise;

  test('are rows by themselves where the day is one of the month, and the as-of day is asked for what a row says', async () => {
    for (const day of ['last_observed_day', 'first_day', 'month_end(month)', 'month_start(first_day)']) {
      expect(await rowWise(day), day).toBe('port_month');
    }
    expect(await rowWise('month', 'day_start(service_day, region) >= $as_of')).toBe('port_month');
  });

  test.each([
    ['a day of another month', 'add_months(month, 1)', 'true'],
    ['the first day of all', 'service_day', 'true'],
    ['what is asked of the as-of day otherwise', 'month', 'month < local_day($as_of, region)'],
  ])('are not for %s', async (_, day, condition) => {
    expect(await rowWise(day, condition)).toBeNull();
  });
});

/** How rows of a table of ports decide an observation of this day together, where they are grouped so. */
const groupedFrom =
  (table: string) =>
  async (day: string, groups: string, from = table) =>
    (await shapeOf(`SELECT asset_id AS entity_id, ${day} AS day, ${REST} FROM ${from} GROUP BY ${groups}`, [table])).groups.get(
      table,
    );

describe('port days', () => {
  const monthly = groupedFrom('port_day');

  test('hang together by port, and by month where groups are made of months', async () => {
    expect(await monthly('max(day)', 'asset_id, month_start(day)')).toEqual({ column: 'asset_id', isWithin: true });
    const inner = '(SELECT asset_id, day, fault_min FROM port_day WHERE fault_min > 0) d';
    expect(await monthly('min(day)', 'asset_id, month_end(day), segment', inner)).toEqual({ column: 'asset_id', isWithin: true });
  });

  test.each([
    ['a day of another month', 'add_months(max(day), 1)', 'asset_id, month_start(day)', 'port_day'],
    ['other spans', 'max(day)', 'asset_id, year(day)', 'port_day'],
    [
      'a day that was moved',
      'max(day)',
      'asset_id, month_start(day)',
      '(SELECT asset_id, add_days(day, 9) AS day FROM port_day) d',
    ],
    [
      'windows over months',
      'max(day)',
      'asset_id, month_start(day)',
      '(SELECT *, sum(fault_min) OVER (PARTITION BY asset_id) AS f FROM port_day) d',
    ],
  ])('hang together by port alone for %s', async (_, day, groups, from) => {
    expect(await monthly(day, groups, from)).toEqual({ column: 'asset_id', isWithin: false });
  });
});

describe('port states', () => {
  const within = groupedFrom('port_state');

  test('hang together by port, and by run where groups are made of runs', async () => {
    for (const day of ['local_day(max(end_at), region)', 'local_day(min(start_at), region)', 'local_day(since_at, region)']) {
      expect(await within(day, 'asset_id, since_at, region')).toEqual({ column: 'asset_id', isWithin: true });
    }
    const inner = "(SELECT * FROM port_state WHERE state = 'down') s";
    expect(await within('local_day(max(end_at), region)', 'asset_id, since_at, region', inner)).toEqual({
      column: 'asset_id',
      isWithin: true,
    });
  });

  test.each([
    ['a day after its end', 'local_day(add_days(max(end_at), 1), region)', 'asset_id, since_at, region', 'port_state'],
    ['all of a day', 'local_day(max(end_at), region)', 'asset_id, local_day(start_at, region), region', 'port_state'],
    [
      'a moment that was moved',
      'local_day(max(end_at), region)',
      'asset_id, since_at, region',
      '(SELECT * REPLACE (add_days(end_at, 9) AS end_at) FROM port_state) s',
    ],
    [
      'windows over runs',
      'local_day(max(end_at), region)',
      'asset_id, since_at, region',
      '(SELECT *, lag(state) OVER (PARTITION BY asset_id ORDER BY start_at) AS before FROM port_state) s',
    ],
  ])('hang together by port alone for %s', async (_, day, groups, from) => {
    expect((await within(day, groups, from))?.isWithin ?? false).toBe(false);
  });
});

describe('what a metric asks of the as-of day', () => {
  const turnings = async (condition: string, from = 'quote') =>
    (await shapeOf(`SELECT source_key AS entity_id, day, ${REST} FROM ${from} WHERE ${condition}`)).turnings;

  test('nothing', async () => {
    expect(await turnings('issued_at IS NOT NULL')).toEqual([]);
  });

  test('is a time of a row to be compared, with what must hold beside it, and whether the instant itself counts', async () => {
    const [turning] = (await turnings("status = 'open' AND add_days(q.valid_until, 3) < $as_of", 'quote q')) ?? [];
    expect(turning).toMatchObject({ table: 'quote', columns: new Set(['valid_until', 'status']) });
    expect(turning?.condition).toContain(
      "coalesce((status = 'open'), true) AND (valid_until) >= add_days(CAST($before AS TIMESTAMP), -(3))",
    );
    const end = async (comparison: string) => /<=? \$as_of$/.exec((await turnings(comparison))?.[0]?.condition ?? '')?.[0];
    expect(await Promise.all(['issued_at < $as_of', '$as_of > issued_at', 'issued_at >= $as_of'].map(end))).toEqual(
      Array(3).fill('< $as_of'),
    );
    expect(await Promise.all(['issued_at <= $as_of', '$as_of < issued_at', 'issued_at = $as_of'].map(end))).toEqual(
      Array(3).fill('<= $as_of'),
    );
  });

  test('is each time that may be the one: of several the first there is, days after it or not', async () => {
    const [valid, issued] = (await turnings('add_days(coalesce(valid_until, add_days(issued_at, $late)), 1) < $as_of')) ?? [];
    expect(valid).toEqual({
      table: 'quote',
      condition: '(valid_until) >= add_days(CAST($before AS TIMESTAMP), -(1)) AND (valid_until) < add_days($as_of, -(1))',
      stored: '(t.valid_until) >= add_days(CAST($before AS TIMESTAMP), -(1)) AND (t.valid_until) < add_days($as_of, -(1))',
      columns: new Set(['valid_until']),
    });
    expect(issued?.columns).toEqual(new Set(['valid_until', 'issued_at']));
    expect(issued?.condition).toBe(
      'coalesce((valid_until IS NULL), true) AND (issued_at) >= add_days(add_days(CAST($before AS TIMESTAMP), -(1)), -($late)) AND (issued_at) < add_days(add_days($as_of, -(1)), -($late))',
    );
    const [begins] =
      (
        await shapeOf(
          `SELECT asset_id AS entity_id, month AS day, ${REST} FROM port_month
      WHERE day_start(add_days(month_end(month), 1), region) <= $as_of`,
          ['port_month'],
        )
      ).turnings ?? [];
    expect(begins?.stored).toBe(
      '(add_days(month_end(t."month"), 1)) >= add_days(CAST($before AS TIMESTAMP), -1) AND (add_days(month_end(t."month"), 1)) <= add_days($as_of, 1)',
    );
    const [ofRow] = (await turnings('add_days(issued_at, version) < $as_of')) ?? [];
    expect(ofRow?.condition).toContain('(add_days(issued_at, "version")) >=');
  });

  test.each([
    ['a day of it', 'issued_at < local_day($as_of, region)', 'quote'],
    ['a span around it', 'issued_at BETWEEN $as_of AND valid_until', 'quote'],
    ['a time of several rows', 'nth < $as_of', '(SELECT max(issued_at) OVER () AS nth FROM quote) q'],
    ['a time of a joined row', 'issued_at < $as_of', 'quote JOIN lead ON quote.opp_id = lead.opportunity_id'],
    ['a comparison in a join', 'true', 'quote JOIN lead ON lead.created_at < $as_of'],
    ['a greatest time', '(SELECT max(created_at) < $as_of FROM lead)', 'quote'],
  ])('cannot be told for %s', async (_, condition, from) => {
    expect(await turnings(condition, from)).toBeNull();
  });
});
