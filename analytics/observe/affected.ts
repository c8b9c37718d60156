import type { Metric } from '../contract/metric-definition.ts';
import type { Day } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { identifier, literal } from '../tables/identifier.ts';
import { DERIVED_TABLES, isDerived, tableNamed } from '../tables/index.ts';
import type { ChangedPorts } from '../tables/telemetry/changed-ports.ts';
import { CLOCK, type MetricShape, shapesOf, type Turning } from './shape/index.ts';
import { type Bonds, bondedTables, bondsOf, separateBonds } from './together/bonds.ts';
import { keptOverallValues, type OverallValues, overallValues } from './together/overall.ts';
import { changedKeys, seedsOf, type Touched, type TouchingChange } from './together/seeds.ts';
import { togetherRows } from './together/together.ts';
import { clearly, makeTurnedDays, type Span, spanStatement, turningsMet } from './turned.ts';

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
  /** Which port days and states are others now. */
  readonly ports: 'all' | ChangedPorts;
  /** The canonical tables in which rows of earlier imports hold events that only the new as-of day knows. */
  readonly revealed: ReadonlySet<string>;
}

/** The rows from which a metric is computed, and the observations that they may have led to. */
export interface Part {
  /** Of each table of which not all rows are read, the SQL of a relation of those that are, in the form of the table. */
  readonly rows: ReadonlyMap<string, string>;
  /** The observations that the part decides; what else is computed beside them is not wanted. */
  readonly replaces: Replaced;
  /** The working tables made for it. */
  readonly working: readonly string[];
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

/** The metrics to compute anew, and the values on which all of their observations depend. */
export interface AffectedMetrics {
  readonly affected: readonly Affected[];
  readonly overall: OverallValues;
}

/** The change with the as-of day to which it leads. */
export interface KnownChange {
  readonly settings: Settings;
  readonly asOf: Day;
  readonly change: DataChange;
}

/** The tables that a change touches. */
export function touchedTables({ tables, ports, revealed }: DataChange): Touched {
  const isAny = ports === 'all' || ports.days !== null || ports.states !== null;
  return { changed: new Set([...tables, ...(isAny ? DERIVED_TABLES.map((table) => table.name) : [])]), revealed };
}

/** Whether a change touches anything that the tables hold or find through their links. */
export function isTouched({ changed, revealed }: Touched, tables: readonly string[]): boolean {
  return withLinked(tables).some((name) => changed.has(name) || revealed.has(name));
}

/**
 * The metrics whose observations may differ after a change. A metric is left alone only where nothing it reads, itself or
 * through links, has changed or become known by the as-of day moving on, and where nothing that its SELECT asks of the as-of day
 * comes out otherwise. It is computed from a part of the rows only where it is known which rows decide an observation together: by
 * its {@link Bonds}, or as {@link MetricShape} says. Working tables may be made for the parts.
 */
export async function affectedMetrics(sql: Sql, metrics: readonly Metric[], known: KnownChange): Promise<AffectedMetrics> {
  const touched = touchedTables(known.change);
  const span = { ...known, before: known.change.previousAsOf };
  const moved = known.asOf !== span.before;
  const asks = (metric: Metric) => moved && /\$as_of\b/.test([metric.sql, ...Object.values(metric.overall)].join('\n'));
  const concerned = metrics.filter((metric) => asks(metric) || isTouched(touched, metric.tables));
  const shape = await shapesOf(sql, concerned);
  return clearly(async () => {
    const asking = concerned.filter(asks).map((metric) => ({ metric, shape: shape(metric) }));
    const met = await turningsMet(sql, asking, span);
    const parts = partFinder(sql, { ...known, span, touched });
    const kept = await keptOverallValues(sql);
    const overall = await overallValues(sql, concerned, known);
    const affected: Affected[] = [];
    for (const metric of concerned) {
      const turnings = met.has(metric) ? (met.get(metric) ?? null) : [];
      const isOtherwise = overall[metric.id] !== kept[metric.id];
      if (!isOtherwise && turnings?.length === 0 && !isTouched(touched, metric.tables)) continue;
      const part = isOtherwise ? null : turnings && (await parts.of({ metric, shape: shape(metric), turnings }));
      if (part !== 'nothing') affected.push({ metric, part });
    }
    return { affected, overall };
  });
}

interface Concerned {
  readonly metric: Metric;
  readonly shape: MetricShape;
  /** What it asks of the as-of day that comes out otherwise. */
  readonly turnings: readonly Turning[];
}

/** Finds the rows from which metrics are to be computed after a change; null: from all; `nothing`: it touches none of them. What several have in common is found once. */
function partFinder(sql: Sql, known: KnownChange & { readonly span: Span; readonly touched: Touched }) {
  const { change, span, touched } = known;
  const found = new Map<string, ReadonlyMap<string, string> | null>();
  const days = new Map<string, string>();

  /** The rows that hang together with what the change touched, by table; none where it touched nothing of these bonds. */
  async function rowsOf(metric: Metric, bonds: Bonds, turnings: readonly Turning[]) {
    const seeds = new Map<string, readonly string[]>();
    for (const name of bondedTables(bonds)) {
      const table = tableNamed(name);
      const selects = table ? seedsOf(table, known, turnings) : [];
      if (selects.length > 0) seeds.set(name, selects);
    }
    if (seeds.size === 0) return new Map<string, string>();
    const what = JSON.stringify([bonds, [...seeds]]);
    const held = found.get(what);
    if (held !== undefined) return held;
    const rows = await togetherRows(sql, {
      name: `together_${found.size}`,
      ...{ bonds, seeds, batch: change.batch },
      make: (text) => spanStatement(text, span, [metric]),
    });
    found.set(what, rows);
    return rows;
  }

  async function ofBonds({ metric, shape, turnings }: Concerned): Promise<Part | 'nothing' | null> {
    const concerns = (name: string) => isTouched(touched, [name]) || turnings.some((each) => each.table === name);
    const tables = metric.tables.filter(concerns);
    const bonds = bondsOf(metric, shape, tables);
    const bonded = bonds ? bondedTables(bonds) : [];
    const named = /\bentity_table\b/i.test(metric.sql) ? tables : [...tables, metric.entity];
    if (!bonds || named.some((name) => !bonded.includes(name) || tableNamed(name)?.long)) return null;
    const rows = new Map<string, string>();
    const working = new Map<string, string>();
    for (const part of separateBonds(bonds)) {
      const made = await rowsOf(metric, part, turnings);
      if (made === null) return null;
      for (const name of bondedTables(part)) {
        const table = made.get(name);
        rows.set(name, table ? identifier(table) : `(SELECT * FROM main.${identifier(name)} LIMIT 0)`);
        if (table) working.set(name, table);
      }
    }
    if (working.size === 0) return 'nothing';
    const keys = [...working].map(
      ([name, table]) => `SELECT ${literal(name)} AS entity_table, source_key FROM ${identifier(table)}`,
    );
    const relation = `(${keys.join(' UNION ALL ')})`;
    const replaces = { relation, on: 'p.entity_table = o.entity_table AND p.source_key = o.entity_id' };
    return { rows, replaces, working: [...working.values()] };
  }

  async function ofDays({ metric, shape, turnings }: Concerned): Promise<Part | null> {
    if (isTouched(touched, metric.tables) || turnings.some((each) => each.table !== CLOCK) || !shape.groups.has(CLOCK))
      return null;
    const what = turnings.map((each) => each.condition).join(' OR ');
    const table = days.get(what) ?? `turned_day_${days.size}`;
    if (!days.has(what)) await makeTurnedDays(sql, table, { metric, turnings, span });
    days.set(what, table);
    return {
      rows: new Map([[CLOCK, identifier(table)]]),
      replaces: { relation: identifier(table), on: 'p.day = o.day' },
      working: [table],
    };
  }

  return {
    async of(concerned: Concerned): Promise<Part | 'nothing' | null> {
      const { metric, turnings } = concerned;
      if (turnings.some((each) => each.table === CLOCK)) return ofDays(concerned);
      if (!metric.tables.some(isDerived)) return ofBonds(concerned);
      return turnings.length > 0 ? null : changedPortPart(metric, concerned.shape, known);
    },
  };
}

/**
 * The part from which a metric of one table that is derived from messages is to be computed after a change: days and states that are others,
 * and all of ports of which something that they link to is. Null: from all; `nothing` where there are none.
 */
function changedPortPart(metric: Metric, { rowWise, groups }: MetricShape, known: TouchingChange): Part | 'nothing' | null {
  const [table, ...others] = metric.tables;
  const { ports } = known.change;
  const group = table === undefined ? undefined : groups.get(table);
  if (table === undefined || others.length > 0 || !group || ports === 'all') return null;
  const linked = changedKeys('asset', known);
  if (table === 'port_state') return changedPortStates(ports.states, linked, group.isWithin);
  const days = touchedPorts(ports.days?.table ?? null, linked, WHOLE_DAYS);
  if (days === null) return 'nothing';
  // Of ports of which something that they link to is another, every day is.
  const bounds = linked.length === 0 ? ports.days : null;
  const touched = { table, ports: days, bounds };
  if (rowWise === 'port_day') return changedPortDays({ ...touched, day: 't.day' }, { from: sameDay, until: sameDay });
  // What is told of a port's first day, and of twelve months, reaches to later ones.
  if (rowWise === 'port_month') return changedPortDays({ ...touched, day: 't.month' }, { from: monthStart, until: null });
  if (group.isWithin) return changedPortDays({ ...touched, day: 't.day' }, { from: monthStart, until: monthEnd });
  return changedPorts(table, days);
}

const sameDay = (day: string) => day;
const monthStart = (day: string) => `month_start(${day})`;
const monthEnd = (day: string) => `month_end(${day})`;

/** What reaches over all days, and over all runs, of a port: SQL by the names of {@link ChangedPorts}. */
const WHOLE_DAYS = { from_day: "DATE '0001-01-01'", to_day: "DATE '9999-12-31'" };
const WHOLE_RUNS = { since_at: "TIMESTAMP '0001-01-01'", from_day: WHOLE_DAYS.from_day };

/** The relation of the ports that a table names and, as `whole`, of those of which something that they link to is another; null where there are none. */
function touchedPorts(named: string | null, linked: readonly string[], whole: Readonly<Record<string, string>>): string | null {
  if (linked.length === 0) return named === null ? null : identifier(named);
  const columns = Object.entries(whole).map(([name, sql]) => `${sql} AS ${name}`);
  const touched = [
    ...(named === null ? [] : [`SELECT asset_id, ${Object.keys(whole).join(', ')} FROM ${identifier(named)}`]),
    ...linked.map((keys) => `SELECT asset_id, ${columns.join(', ')} FROM (${keys}) linked`),
  ];
  return `(${touched.join(' UNION ALL ')})`;
}

/** The stretches of the ports touched: where they decide an observation run by run, from the runs that may be others on. */
function changedPortStates(states: ChangedPorts['states'], linked: readonly string[], isWithin: boolean): Part | 'nothing' {
  const ports = touchedPorts(states?.table ?? null, linked, WHOLE_RUNS);
  if (ports === null) return 'nothing';
  if (!isWithin) return changedPorts('port_state', ports);
  const rows = `(SELECT t.* FROM main.port_state t SEMI JOIN ${ports} p ON p.asset_id = t.asset_id AND t.since_at >= p.since_at)`;
  const beyond = linked.length === 0 && states ? ` AND o.day >= DATE '${states.from}'` : '';
  const on = `p.asset_id = o.entity_id AND o.day >= p.from_day${beyond}`;
  return { rows: new Map([['port_state', rows]]), replaces: { relation: ports, on }, working: [] };
}

/** Rows of a table by `day`, of ports that a relation names; `bounds`: between which days all that it names lies. */
interface TouchedRows {
  readonly table: string;
  readonly day: string;
  readonly ports: string;
  readonly bounds: { readonly from: string; readonly to: string } | null;
}

/**
 * The rows of each port from a day on and until another (null: all later ones), which `from` and `until` make of the days that the relation names. A day beyond all of
 * them is told apart first, so that storage skips most.
 */
function changedPortDays(
  { table, day: own, ports, bounds }: TouchedRows,
  { from, until }: { readonly from: (day: string) => string; readonly until: ((day: string) => string) | null },
): Part {
  const touches = (asset: string, day: string) =>
    [
      `p.asset_id = ${asset} AND ${day} >= ${from('p.from_day')}`,
      ...(bounds ? [`${day} >= ${from(`DATE '${bounds.from}'`)}`] : []),
      ...(until ? [`${day} <= ${until('p.to_day')}`] : []),
      ...(until && bounds ? [`${day} <= ${until(`DATE '${bounds.to}'`)}`] : []),
    ].join(' AND ');
  return {
    rows: new Map([
      [table, `(SELECT t.* FROM main.${identifier(table)} t SEMI JOIN ${ports} p ON ${touches('t.asset_id', own)})`],
    ]),
    replaces: { relation: ports, on: touches('o.entity_id', 'o.day') },
    working: [],
  };
}

function changedPorts(table: string, ports: string): Part {
  return {
    rows: new Map([[table, `(SELECT t.* FROM main.${identifier(table)} t SEMI JOIN ${ports} p ON p.asset_id = t.asset_id)`]]),
    replaces: { relation: ports, on: 'p.asset_id = o.entity_id' },
    working: [],
  };
}

/** The tables and all they link to, directly or not. */
function withLinked(names: readonly string[]): readonly string[] {
  const found = new Set(names);
  for (const name of found) for (const link of tableNamed(name)?.links ?? []) found.add(link.table);
  return [...found];
}
