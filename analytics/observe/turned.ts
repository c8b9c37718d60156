import { WeirError } from '../contract/errors.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { Day } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import { type Sql, type SqlStatement, type SqlValue, usedParams } from '../contract/sql.ts';
import { identifier } from '../tables/identifier.ts';
import { tableNamed } from '../tables/index.ts';
import { asOfInstant } from './as-of.ts';
import { settingParams } from './compile.ts';
import { CLOCK, type MetricShape, type Turning } from './shape/index.ts';
import { sourceRelation } from './source-relation.ts';

/**
 * Whether what a metric asks of the as-of day comes out otherwise than on an earlier day: nowhere, somewhere that cannot be told
 * apart, or in groups of rows, all of which a working table holds.
 */
export type Turned = 'none' | 'some' | { readonly table: string; readonly rows: string };

interface Asking {
  readonly metric: Metric;
  readonly shape: MetricShape;
}

interface Span {
  readonly settings: Settings;
  readonly before: Day;
  readonly asOf: Day;
}

/**
 * It could not be told what a change touches: a time that a metric compares only in some rows cannot be worked out in others. The
 * transaction around it may have ended; whoever made the change makes it again and computes everything anew.
 */
export class ChangeUnclear extends WeirError {}

/**
 * What has turned for each metric between two as-of days, in tables in which no event lies between them. Rejects with
 * {@link ChangeUnclear}.
 */
export async function turnedRows(sql: Sql, asking: readonly Asking[], span: Span): Promise<ReadonlyMap<Metric, Turned>> {
  try {
    return await findTurned(sql, asking, span);
  } catch (thrown) {
    if (thrown instanceof WeirError && thrown.code === 'sql-failed') {
      throw new ChangeUnclear(thrown.code, { reason: thrown.message }, thrown.detail);
    }
    throw thrown;
  }
}

async function findTurned(sql: Sql, asking: readonly Asking[], span: Span): Promise<ReadonlyMap<Metric, Turned>> {
  const turned = new Map<Metric, Turned>();
  const turning = await turningTests(sql, asking, span);
  const made = new Map<string, Turned>();
  for (const { metric, shape } of asking) {
    const found = shape.turnings?.filter((each) => turning.has(testOf(each))) ?? null;
    const [first, ...others] = found ?? [];
    if (found?.length === 0) turned.set(metric, 'none');
    else if (!first || others.some((each) => each.table !== first.table)) turned.set(metric, 'some');
    else {
      const column = tableNamed(first.table)?.long ? undefined : shape.groups.get(first.table)?.column;
      const condition = [...new Set([first, ...others].map((each) => each.condition))].map((each) => `(${each})`).join(' OR ');
      const columns = new Set([first, ...others].flatMap((each) => [...each.columns]));
      const name = `${first.table} ${column} ${condition}`;
      if (column !== undefined && !made.has(name)) {
        const rows = `turned_${made.size}`;
        await sql.run(groupStatement(rows, { table: first.table, column, condition, columns, metric }, span));
        made.set(name, { table: first.table, rows });
      }
      turned.set(metric, made.get(name) ?? 'some');
    }
  }
  return turned;
}

function testOf({ table, condition }: Turning): string {
  return `${table} ${condition}`;
}

/** The tests, each by its text, that some row meets: asked all at once. */
async function turningTests(sql: Sql, asking: readonly Asking[], span: Span): Promise<ReadonlySet<string>> {
  const tests = new Map<string, { readonly turning: Turning; readonly metric: Metric }>();
  for (const { metric, shape } of asking) {
    for (const turning of shape.turnings ?? []) tests.set(testOf(turning), { turning, metric });
  }
  if (tests.size === 0) return new Set();
  const each = [...tests.values()];
  const parts = each.map(({ turning }, index) => {
    const { table, condition, columns } = turning;
    return `SELECT ${index} AS test WHERE EXISTS (SELECT 1 FROM ${knownRows(table, columns)} s WHERE ${condition})`;
  });
  const rows = await sql.rows<{ test: number }>(
    statement(parts.join('\nUNION ALL '), { span, metrics: each.map(({ metric }) => metric) }),
  );
  const names = [...tests.keys()];
  return new Set(rows.map(({ test }) => names[test] ?? ''));
}

/** The rows of a table as they are known, each with its `place` in storage. */
function knownRows(name: string, columns: ReadonlySet<string>): string {
  const table = tableNamed(name);
  if (name === CLOCK || !table) return `(SELECT *, rowid AS place FROM ${identifier(name)})`;
  return `(${sourceRelation(table, { columns, places: true })})`;
}

/**
 * Makes a table of the rows that share the value of the column with one that has turned; rows without a value are a group of their own.
 * Rows are found by their place in storage, so that only where they lie all of their columns are read.
 */
function groupStatement(
  rows: string,
  group: {
    readonly table: string;
    readonly column: string;
    readonly condition: string;
    readonly columns: ReadonlySet<string>;
    readonly metric: Metric;
  },
  span: Span,
): SqlStatement {
  const [table, column] = [`main.${identifier(group.table)}`, identifier(group.column)];
  return statement(
    `CREATE OR REPLACE TEMP TABLE ${identifier(rows)} AS
WITH turned AS MATERIALIZED (
  SELECT DISTINCT r.${column} FROM ${table} r
  WHERE r.rowid IN (SELECT s.place FROM ${knownRows(group.table, group.columns)} s WHERE ${group.condition}))
SELECT t.* FROM ${table} t WHERE t.rowid IN (
  SELECT r.rowid FROM ${table} r WHERE r.${column} IN (SELECT ${column} FROM turned)
  UNION ALL SELECT r.rowid FROM ${table} r WHERE r.${column} IS NULL AND EXISTS (SELECT 1 FROM turned WHERE ${column} IS NULL))`,
    { span, metrics: [group.metric] },
  );
}

function statement(text: string, { span, metrics }: { readonly span: Span; readonly metrics: readonly Metric[] }): SqlStatement {
  const params: Record<string, SqlValue> = {
    as_of: asOfInstant(span.asOf, span.settings),
    before: asOfInstant(span.before, span.settings),
  };
  for (const metric of metrics) Object.assign(params, settingParams(metric, span.settings));
  return {
    text: text.replaceAll(/\$as_of\b/g, 'CAST($as_of AS TIMESTAMP)'),
    params: usedParams(text, params),
  };
}
