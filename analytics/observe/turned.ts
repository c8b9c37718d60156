import { WeirError } from '../contract/errors.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { Day } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql, SqlStatement } from '../contract/sql.ts';
import { identifier } from '../tables/identifier.ts';
import { tableNamed } from '../tables/index.ts';
import { asOfInstant } from './as-of.ts';
import { metricStatement } from './compile.ts';
import { CLOCK, type MetricShape, type Turning } from './shape/index.ts';
import { sourceRelation } from './source-relation.ts';

interface Asking {
  readonly metric: Metric;
  readonly shape: MetricShape;
}

/** Two as-of days. */
export interface Span {
  readonly settings: Settings;
  readonly before: Day;
  readonly asOf: Day;
}

/**
 * It could not be told what a change touches: a time that a metric compares only in some rows cannot be worked out in others. The
 * transaction around it may have ended; whoever made the change makes it again and computes everything anew.
 */
export class ChangeUnclear extends WeirError {}

/** Does what asks the database for what has turned. Rejects with {@link ChangeUnclear} where a statement fails. */
export async function clearly<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof WeirError && thrown.code === 'sql-failed') {
      throw new ChangeUnclear(thrown.code, { reason: thrown.message }, thrown.detail);
    }
    throw thrown;
  }
}

/** What each metric asks of the as-of day that comes out otherwise for some row than on the earlier day; null where that cannot be told. */
export async function turningsMet(
  sql: Sql,
  asking: readonly Asking[],
  span: Span,
): Promise<ReadonlyMap<Metric, readonly Turning[] | null>> {
  const met = await testsMet(sql, asking, span);
  return new Map(
    asking.map(({ metric, shape }) => [metric, shape.turnings?.filter((each) => met.has(testOf(each))) ?? null] as const),
  );
}

function testOf({ table, condition }: Turning): string {
  return `${table} ${condition}`;
}

/** The tests, each by its text, that some row meets: asked all at once. */
async function testsMet(sql: Sql, asking: readonly Asking[], span: Span): Promise<ReadonlySet<string>> {
  const tests = new Map<string, { readonly turning: Turning; readonly metric: Metric }>();
  for (const { metric, shape } of asking) {
    for (const turning of shape.turnings ?? []) tests.set(testOf(turning), { turning, metric });
  }
  if (tests.size === 0) return new Set();
  const each = [...tests.values()];
  const parts = each.map(({ turning }, index) => {
    return `SELECT ${index} AS test WHERE EXISTS (SELECT 1 FROM ${turnedRows(turning)})`;
  });
  const rows = await sql.rows<{ test: number }>(
    spanStatement(
      parts.join('\nUNION ALL '),
      span,
      each.map(({ metric }) => metric),
    ),
  );
  const names = [...tests.keys()];
  return new Set(rows.map(({ test }) => names[test] ?? ''));
}

/** The rows `s` of a table, as they are known, that meet a turning, as what stands after FROM: each with its `place` in storage. */
export function turnedRows({ table: name, condition, stored, columns }: Turning): string {
  const table = tableNamed(name);
  const rows =
    name === CLOCK || !table
      ? `SELECT *, rowid AS place FROM ${identifier(name)}`
      : sourceRelation(table, { columns, places: true, only: stored });
  return `(${rows}) s WHERE ${condition}`;
}

/** Makes a table of the days of the calendar that have turned, in the form of the calendar. */
export async function makeTurnedDays(
  sql: Sql,
  days: string,
  { metric, turnings, span }: { readonly metric: Metric; readonly turnings: readonly Turning[]; readonly span: Span },
): Promise<void> {
  const condition = turnings.map((each) => `(${each.condition})`).join(' OR ');
  await sql.run(
    spanStatement(
      `CREATE OR REPLACE TEMP TABLE ${identifier(days)} AS
SELECT * FROM ${identifier(CLOCK)} WHERE day IN (SELECT day FROM ${identifier(CLOCK)} s WHERE ${condition})`,
      span,
      [metric],
    ),
  );
}

/** A statement over both as-of instants, `$before` and `$as_of`, and the settings that metrics name. */
export function spanStatement(text: string, span: Span, metrics: readonly Metric[]): SqlStatement {
  const { settings } = span;
  const instants = { as_of: asOfInstant(span.asOf, settings), before: asOfInstant(span.before, settings) };
  return metricStatement(text, { metrics, settings, instants });
}
