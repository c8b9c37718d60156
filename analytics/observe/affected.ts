import type { Metric } from '../contract/metric-definition.ts';
import type { Day } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { identifier } from '../tables/identifier.ts';
import { DERIVED_TABLES, TABLES, tableNamed } from '../tables/index.ts';
import { asOfInstant } from './as-of.ts';
import { aggregateNames, rowWiseTable } from './row-wise.ts';

/** What happened to the data since observations were last computed; rows that went away are no such change. */
export interface DataChange {
  /** The import whose rows are new or changed. */
  readonly batch: number;
  /** The canonical tables in which it has rows. */
  readonly tables: readonly string[];
  /** The as-of day of the observations there are; the new one is not before it. */
  readonly previousAsOf: Day;
  /** Which port days and states were made anew: all, none, or those of a table `(asset_id, from_day)`. */
  readonly ports: 'all' | 'none' | { readonly table: string };
}

/** A metric to compute anew: from all rows, or only from rows of its one table for which `only` holds, in place of those `replaces` finds. */
export interface Affected {
  readonly metric: Metric;
  readonly only: string | null;
  /** The condition that finds the observations `o` in whose place the new ones stand; null: all of the metric. */
  readonly replaces: string | null;
}

/**
 * The metrics whose observations may differ after a change. A metric is left alone only where nothing it reads, itself or
 * through links, has changed or become known by the as-of day moving on; and is computed from the changed rows only where
 * its observations follow row by row ({@link rowWiseTable}).
 */
export async function affectedMetrics(
  sql: Sql,
  metrics: readonly Metric[],
  { settings, asOf, change }: { readonly settings: Settings; readonly asOf: Day; readonly change: DataChange },
): Promise<readonly Affected[]> {
  const moved = asOf !== change.previousAsOf;
  const changed = new Set(change.tables);
  if (change.ports !== 'none') for (const table of DERIVED_TABLES) changed.add(table.name);
  const revealed = moved ? await revealedTables(sql, { settings, asOf, change }) : new Set<string>();
  const isTouched = (name: string) => changed.has(name) || revealed.has(name);
  const aggregates = await aggregateNames(sql);
  const affected: Affected[] = [];
  for (const metric of metrics) {
    const read = withLinked(metric.tables);
    const readsAsOf = moved && /\$as_of\b/.test(metric.sql);
    if (!readsAsOf && !read.some(isTouched)) continue;
    const table = await rowWiseTable(sql, metric, aggregates);
    const others = read.filter((name) => name !== table);
    const part = table === null || revealed.has(table) || others.some(isTouched) ? null : changedRows(table, change);
    affected.push({ metric, only: part?.only ?? null, replaces: part?.replaces ?? null });
  }
  return affected;
}

function changedRows(table: string, change: DataChange): { only: string; replaces: string } | null {
  if (tableNamed(table) && !DERIVED_TABLES.some((each) => each.name === table)) {
    const batch = String(Math.trunc(change.batch));
    return {
      only: `t.batch_id = ${batch}`,
      replaces: `o.entity_id IN (SELECT source_key FROM main.${identifier(table)} WHERE batch_id = ${batch})`,
    };
  }
  if (typeof change.ports === 'string') return null;
  const ports = identifier(change.ports.table);
  const touches = (asset: string, day: string) =>
    `${day} >= (SELECT min(from_day) FROM ${ports}) AND EXISTS (SELECT 1 FROM ${ports} p WHERE p.asset_id = ${asset} AND ${day} >= p.from_day)`;
  return { only: touches('t.asset_id', 't.day'), replaces: touches('o.entity_id', 'o.day') };
}

/** The tables and all they link to, directly or not. */
function withLinked(names: readonly string[]): readonly string[] {
  const found = new Set(names);
  for (const name of found) for (const link of tableNamed(name)?.links ?? []) found.add(link.table);
  return [...found];
}

/** The canonical tables in which rows of earlier imports hold events that only the new as-of day knows. */
async function revealedTables(
  sql: Sql,
  { settings, asOf, change }: { readonly settings: Settings; readonly asOf: Day; readonly change: DataChange },
): Promise<ReadonlySet<string>> {
  const tests = TABLES.flatMap(({ name, columns }) => {
    const events = columns.filter((column) => column.type === 'timestamp');
    return events.map(
      (column) =>
        `SELECT '${name}' AS name WHERE EXISTS (SELECT 1 FROM main.${identifier(name)} WHERE ${identifier(column.name)} >= CAST($before AS TIMESTAMP)
  AND ${identifier(column.name)} < CAST($after AS TIMESTAMP) AND batch_id <> CAST($batch AS INTEGER))`,
    );
  });
  const rows = await sql.rows<{ name: string }>({
    text: tests.join('\nUNION '),
    params: { before: asOfInstant(change.previousAsOf, settings), after: asOfInstant(asOf, settings), batch: change.batch },
  });
  return new Set(rows.map((row) => row.name));
}
