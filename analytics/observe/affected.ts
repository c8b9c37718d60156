import type { Metric } from '../contract/metric-definition.ts';
import type { Day } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { identifier } from '../tables/identifier.ts';
import { DERIVED_TABLES, tableNamed } from '../tables/index.ts';
import { CLOCK, type MetricShape, shapesOf } from './shape/index.ts';
import { type Turned, turnedRows } from './turned.ts';

/** What happened to the data since observations were last computed; rows that went away are no such change. */
export interface DataChange {
  /** The import whose rows are new or changed. */
  readonly batch: number;
  /** The canonical tables in which it has rows. */
  readonly tables: readonly string[];
  /** Whether rejected rows went away, as they do with an import that is taken back. */
  readonly rejectsGone?: boolean;
  /** The as-of day of the observations there are; the new one is not before it. */
  readonly previousAsOf: Day;
  /**
   * Which port days and states are others now: all, none, or those from a day of a port on in a table `days` `(asset_id, from_day)` and
   * those of the ports in a table `states` `(asset_id)`.
   */
  readonly ports: 'all' | 'none' | { readonly days: string; readonly states: string };
  /** The canonical tables in which rows of earlier imports hold events that only the new as-of day knows. */
  readonly revealed: ReadonlySet<string>;
}

/** The rows of one table from which a metric is computed, and the observations that they may have led to. */
export interface Part {
  readonly table: string;
  /** The SQL of a relation of these rows, in the form of the table. */
  readonly rows: string;
  readonly replaces: Replaced;
  /** The working table made for it, if one was. */
  readonly working: string | null;
}

/** Observations `o` for which `on` holds with a row `p` of a relation. */
export interface Replaced {
  readonly relation: string;
  readonly on: string;
}

/** A metric to compute anew: from all rows, or only from a part of them. */
export interface Affected {
  readonly metric: Metric;
  readonly part: Part | null;
}

/** The change with the as-of day to which it leads. */
export interface KnownChange {
  readonly settings: Settings;
  readonly asOf: Day;
  readonly change: DataChange;
}

/** What a change touches of what metrics read. */
export interface Touched {
  /** Tables with new or changed rows. */
  readonly changed: ReadonlySet<string>;
  /** Those of {@link DataChange}. */
  readonly revealed: ReadonlySet<string>;
}

/** The tables that a change touches. */
export function touchedTables({ tables, ports, revealed }: DataChange): Touched {
  return { changed: new Set([...tables, ...(ports === 'none' ? [] : DERIVED_TABLES.map((table) => table.name))]), revealed };
}

/** Whether a change touches anything that the tables hold or find through their links. */
export function isTouched({ changed, revealed }: Touched, tables: readonly string[]): boolean {
  return withLinked(tables).some((name) => changed.has(name) || revealed.has(name));
}

/**
 * The metrics whose observations may differ after a change. A metric is left alone only where nothing it reads, itself or
 * through links, has changed or become known by the as-of day moving on, and where nothing that its SELECT asks of the as-of day
 * comes out otherwise. It is computed from a part of the rows only where its observations follow row by row or group by group, as
 * {@link MetricShape} says. Working tables may be made for the parts.
 */
export async function affectedMetrics(sql: Sql, metrics: readonly Metric[], known: KnownChange): Promise<readonly Affected[]> {
  const touched = touchedTables(known.change);
  const moved = known.asOf !== known.change.previousAsOf;
  const asks = (metric: Metric) => moved && /\$as_of\b/.test(metric.sql);
  const concerned = metrics.filter((metric) => asks(metric) || isTouched(touched, metric.tables));
  const shape = await shapesOf(sql, concerned);
  const asking = concerned.filter(asks).map((metric) => ({ metric, shape: shape(metric) }));
  const turned = await turnedRows(sql, asking, { ...known, before: known.change.previousAsOf });
  return concerned.flatMap((metric) => {
    const turns = turned.get(metric) ?? 'none';
    if (!isTouched(touched, metric.tables)) return turns === 'none' ? [] : [{ metric, part: partOf(turns) }];
    const part = turns === 'none' ? changedPart(metric, shape(metric), { touched, change: known.change }) : null;
    return [{ metric, part }];
  });
}

function partOf(turned: Turned): Part | null {
  if (typeof turned === 'string') return null;
  const rows = identifier(turned.rows);
  const on = turned.table === CLOCK ? 'p.day = o.day' : 'p.source_key = o.entity_id';
  return { table: turned.table, rows, replaces: { relation: rows, on }, working: turned.rows };
}

/** The part of its rows from which a metric is to be computed after a change; null: from all. */
function changedPart(
  metric: Metric,
  { rowWise, groups }: MetricShape,
  { touched, change }: { readonly touched: Touched; readonly change: DataChange },
): Part | null {
  const table = metric.tables.find((name) => isTouched(touched, [name])) ?? null;
  if (table === null || touched.revealed.has(table)) return null;
  const others = withLinked(metric.tables).filter((name) => name !== table);
  if (others.some((name) => touched.changed.has(name) || touched.revealed.has(name))) return null;
  const isDerived = DERIVED_TABLES.some((each) => each.name === table);
  if (!isDerived) return rowWise === table || groups.get(table)?.column === 'source_key' ? changedRows(table, change) : null;
  const group = groups.get(table);
  if (typeof change.ports === 'string' || !group) return null;
  const { days, states } = change.ports;
  if (rowWise === 'port_day') return changedPortDays({ table, day: 't.day' }, days, 'p.from_day');
  if (rowWise === 'port_month') return changedPortDays({ table, day: 't.month' }, days, 'month_start(p.from_day)');
  if (group.byMonth) return changedPortDays({ table, day: 't.day' }, days, 'month_start(p.from_day)');
  return changedPorts(table, table === 'port_state' ? states : days);
}

function changedRows(table: string, change: DataChange): Part {
  const rows = `(SELECT t.* FROM main.${identifier(table)} t WHERE t.batch_id = ${Math.trunc(change.batch)})`;
  const keys = `(SELECT source_key FROM main.${identifier(table)} WHERE batch_id = ${Math.trunc(change.batch)})`;
  return { table, rows, replaces: { relation: keys, on: 'p.source_key = o.entity_id' }, working: null };
}

/** The rows of each port from a day on, which the SQL `from` says of a row `p`, as `day` does of a row of the table. A day before all of them is told apart first, so that storage skips most. */
function changedPortDays(
  { table, day: own }: { readonly table: string; readonly day: string },
  ports: string,
  from: string,
): Part {
  const relation = identifier(ports);
  const touches = (asset: string, day: string) =>
    `p.asset_id = ${asset} AND ${day} >= ${from} AND ${day} >= (SELECT min(${from}) FROM ${relation} p)`;
  return {
    table,
    rows: `(SELECT t.* FROM main.${identifier(table)} t SEMI JOIN ${relation} p ON ${touches('t.asset_id', own)})`,
    replaces: { relation, on: touches('o.entity_id', 'o.day') },
    working: null,
  };
}

function changedPorts(table: string, ports: string): Part {
  const relation = identifier(ports);
  return {
    table,
    rows: `(SELECT t.* FROM main.${identifier(table)} t SEMI JOIN ${relation} p ON p.asset_id = t.asset_id)`,
    replaces: { relation, on: 'p.asset_id = o.entity_id' },
    working: null,
  };
}

/** The tables and all they link to, directly or not. */
function withLinked(names: readonly string[]): readonly string[] {
  const found = new Set(names);
  for (const name of found) for (const link of tableNamed(name)?.links ?? []) found.add(link.table);
  return [...found];
}
