import { DIMENSIONS } from '../../contract/dimensions.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import { tableNamed } from '../../tables/index.ts';
import { eventsIn } from '../source-relation.ts';
import { CLOCK, CLOCK_COLUMNS } from './clock.ts';
import { columnOf, columnsIn, isCallOf, isEmpty, nodesOf, type Tree } from './tree.ts';

/** Rows over which the as-of day alone decides something: where none of them meets the condition between two as-of days, nothing differs. */
export interface Turning {
  /** A canonical table, or {@link CLOCK}. */
  readonly table: string;
  /**
   * Over a row of the table as it was known at `$as_of`; true for every row for which a comparison with the as-of instant came
   * out otherwise at `$before`. Takes the settings that the metric names as its SELECT does.
   */
  readonly condition: string;
  /** What then holds of the row `t` as it is stored, where a column of it is compared: storage tells where it holds for none. */
  readonly stored: string | null;
  /** The columns of the row that the condition reads, in lower case. */
  readonly columns: ReadonlySet<string>;
}

/** A time that is compared with the as-of instant, in a row of a table, and what must hold as well for the comparison to matter. */
export interface Comparison {
  readonly table: string;
  readonly time: Tree;
  /** So many days after it is the time that is compared. */
  readonly days: readonly Tree[];
  /** What follows from it for columns of the row `t` as it is stored; null where nothing does. */
  readonly stored: Stored | null;
  readonly beside: readonly Tree[];
  /** `<` where a time at the as-of instant counts as one after it. */
  readonly upTo: '<' | '<=';
}

/** The parts of a comparison that are to be written as text. */
export function partsOf({ time, days, beside, stored }: Comparison): readonly Tree[] {
  return [time, ...days, ...beside, ...(stored ? [stored.part] : [])];
}

/**
 * All that a metric's SELECT itself asks of the as-of instant, each time to be compared with columns of one row of one table. Null
 * where it asks otherwise, so that any as-of day may bring any outcome.
 */
export function comparisonsOf(metric: Metric, node: Tree, aggregates: ReadonlySet<string>): readonly Comparison[] | null {
  const found: (readonly Comparison[])[] = [];
  for (const select of nodesOf(node)) {
    if (select.type !== 'SELECT_NODE') continue;
    const own = nodesOf({ ...select, from_table: null, cte_map: null }, isSubquery);
    if (!own.some(isAsOf)) continue;
    const read = readTable(metric, node, select);
    if (read !== null) found.push(...comparisonsIn(own, { ...read, aggregates }));
  }
  return found.length === nodesOf(node).filter(isAsOf).length ? found.flat() : null;
}

/** The turning of a comparison, whose parts are written by `text`. */
export function turningOf(comparison: Comparison, text: (part: Tree) => string): Turning {
  const { table, time, days, beside, upTo, stored } = comparison;
  const earlier = (instant: string) => days.reduce((moment, each) => `add_days(${moment}, -(${text(each)}))`, instant);
  const [before, asOf] = [earlier('CAST($before AS TIMESTAMP)'), earlier('$as_of')];
  return {
    table,
    condition: [...beside.map((each) => `coalesce(${text(each)}, true)`), lies(text(time), [before, upTo, asOf])].join(' AND '),
    stored:
      stored &&
      lies(text(stored.part), stored.slack ? [`add_days(${before}, -1)`, '<=', `add_days(${asOf}, 1)`] : [before, upTo, asOf]),
    columns: new Set([time, ...days, ...beside].flatMap(columnsIn)),
  };
}

function lies(time: string, [from, upTo, to]: readonly [string, string, string]): string {
  return `(${time}) >= ${from} AND (${time}) ${upTo} ${to}`;
}

/** A part of a condition over columns of the row `t` as it is stored: of a time itself or, with `slack`, within a day of it. */
interface Stored {
  readonly part: Tree;
  readonly slack: boolean;
}

/**
 * What is stored of a time; null where other rows than those of the condition could be skipped by it: one that is not known yet is stored
 * all the same, so within a larger part another may stand for it. A day of any zone begins within a day of that of UTC.
 */
function storedPart(time: Tree, { table: name }: Scope): Stored | null {
  const table = tableNamed(name);
  const [day] = isCallOf(time, DAY_START) ? ((time.children ?? []) as readonly Tree[]) : [];
  const part = day ?? time;
  const columns = columnsIn(part);
  const isStored = (column: string) => !BELONGING.includes(column) && table?.columns.some((each) => each.name === column);
  const isHidden = (column: string) => table && eventsIn(table).some((each) => each.name === column);
  if (columns.length === 0 || !columns.every(isStored)) return null;
  if (columns.some(isHidden) && columnOf(part) === null) return null;
  return { part: named(part, ['t']), slack: day !== undefined };
}

const DAY_START: ReadonlySet<string> = new Set(['day_start']);
const ADD_DAYS: ReadonlySet<string> = new Set(['add_days']);

/** A time of a row, `days` before the one that it is compared as, where the parts `instead` of which it stands are null. */
interface Moment extends Pick<Comparison, 'time' | 'days'> {
  readonly instead: readonly Tree[];
}

/** What a time may be, down to single columns: days that are added are taken off what it is compared with, and of several times the first that is not null is the one. */
function momentsOf(time: Tree, days: readonly Tree[] = [], instead: readonly Tree[] = []): readonly Moment[] {
  const children = (time.children ?? []) as readonly Tree[];
  const [moment, count] = children;
  if (isCallOf(time, ADD_DAYS) && moment && count && columnsIn(count).length === 0) {
    return momentsOf(moment, [...days, count], instead);
  }
  if (time.type === 'OPERATOR_COALESCE') {
    return children.flatMap((each, place) => momentsOf(each, days, [...instead, ...children.slice(0, place)]));
  }
  return [{ time, days, instead }];
}

/** That a part is null, as the parser would have read it. */
function isNull(part: Tree): Tree {
  return { class: 'OPERATOR', type: 'OPERATOR_IS_NULL', alias: '', query_location: 0, children: [part] };
}

/** The one table from which a SELECT reads, and whose columns it therefore names. */
interface Scope {
  readonly table: string;
  readonly alias: string;
  readonly columns: ReadonlySet<string>;
  readonly aggregates: ReadonlySet<string>;
}

/** Comparisons of a time with the as-of instant, and of the instant with a time, that do not tell a time at it from one after it. */
const AT_IS_AFTER: ReadonlySet<string> = new Set(['COMPARE_LESSTHAN', 'COMPARE_GREATERTHANOREQUALTO']);
const AT_IS_AFTER_TURNED: ReadonlySet<string> = new Set(['COMPARE_GREATERTHAN', 'COMPARE_LESSTHANOREQUALTO']);

const BELONGING = [...DIMENSIONS, 'stream_id'];

function isAsOf(node: Tree): boolean {
  return node.class === 'PARAMETER' && node.identifier === 'as_of';
}

function isSubquery(node: Tree): boolean {
  return node.class === 'SUBQUERY';
}

function readTable(metric: Metric, whole: Tree, select: Tree): Omit<Scope, 'aggregates'> | null {
  const from = select.from_table as Tree;
  if (from?.type !== 'BASE_TABLE' || !isEmpty(from.sample)) return null;
  const table = String(from.table_name);
  const named = nodesOf(whole).flatMap((each) => ((each.cte_map as Tree | undefined)?.map ?? []) as readonly Tree[]);
  if (named.some((each) => String(each.key).toLowerCase() === table)) return null;
  const alias = String(from.alias || table).toLowerCase();
  if (table === CLOCK) return { table, alias, columns: CLOCK_COLUMNS };
  if (!metric.tables.includes(table)) return null;
  return { table, alias, columns: new Set([...(tableNamed(table)?.columns ?? []).map((column) => column.name), ...BELONGING]) };
}

/** The comparisons of a time with the as-of instant, each as those of all that the time may be, with the conditions that stand beside it in one conjunction. */
function comparisonsIn(nodes: readonly Tree[], scope: Scope): readonly (readonly Comparison[])[] {
  const conjunctions = nodes.filter((each) => each.type === 'CONJUNCTION_AND');
  return nodes.flatMap((each) => {
    if (each.class !== 'COMPARISON') return [];
    const sides = [each.left as Tree, each.right as Tree];
    const time = sides.find((side) => !isAsOf(side));
    if (!time || sides.filter(isAsOf).length !== 1 || !isOfRow(time, scope)) return [];
    const conjunction = conjunctions.find((one) => (one.children as readonly Tree[]).includes(each));
    const others = ((conjunction?.children ?? []) as readonly Tree[]).filter((one) => one !== each);
    const beside = others.filter((one) => isOfRow(one, scope) && !namesLinked(one, scope));
    const upTo = (time === each.left ? AT_IS_AFTER : AT_IS_AFTER_TURNED).has(String(each.type)) ? '<' : '<=';
    const known = { table: scope.table, upTo } as const;
    const moments = momentsOf(named(time)).map(({ instead, ...moment }): Comparison => {
      const stored = storedPart(moment.time, scope);
      return { ...known, ...moment, stored, beside: [...beside.map((one) => named(one)), ...instead.map(isNull)] };
    });
    return [moments];
  });
}

/** Whether a part follows from the columns of one row of the table. */
function isOfRow(part: Tree, { table, alias, columns, aggregates }: Scope): boolean {
  return nodesOf(part).every((each) => {
    if (each.class === 'WINDOW' || each.class === 'SUBQUERY' || isAsOf(each) || isCallOf(each, aggregates)) return false;
    if (each.class !== 'COLUMN_REF') return true;
    const column = columnOf(each);
    return column !== null && columns.has(column.name) && (column.of === null || column.of === alias || column.of === table);
  });
}

/** Whether a part needs what a row finds through its links, which costs more than it spares. */
function namesLinked(part: Tree, { table }: Scope): boolean {
  const hasLinks = (tableNamed(table)?.links.length ?? 0) > 0;
  return hasLinks && columnsIn(part).some((name) => BELONGING.includes(name));
}

/** The same part with its columns named alone, or as those of a table. */
function named(part: Tree, of: readonly string[] = []): Tree {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    const node = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
    return node.class === 'COLUMN_REF' ? { ...node, column_names: [...of, (node.column_names as string[]).at(-1)] } : node;
  };
  return plain(part) as Tree;
}
