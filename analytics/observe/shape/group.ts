import { DIMENSIONS } from '../../contract/dimensions.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import { isDerived, tableNamed } from '../../tables/index.ts';
import { CLOCK, MONTH_ENDS } from './clock.ts';
import { columnOf, isCallOf, isEmpty, nodesOf, outcomeName, type Tree } from './tree.ts';

/** Rows of a table that decide an observation together. */
export interface Group {
  /** The column whose value they have in common. */
  readonly column: string;
  /** Of port days: whether it is also their month, that of the observation. Of port states: whether it is also their run, and the observation is of a day of it. */
  readonly isWithin: boolean;
}

/**
 * The column of a table that a metric reads by which its observations hang together: each follows from the table's rows of one
 * value of the column alone (and from what other tables hold), and is named after one of these rows. Null where that is not
 * certain. Certain is: the table is read in one place; from there outwards it passes through plain SELECTs, inner joins with what
 * does not read it, windows partitioned and groups made by that column; and `entity_id` is the key of its row (of what is
 * derived from messages: the port). A metric that needs neither windows nor groups hangs together by that key. Of the calendar
 * the key is the day, and what it must be is the `day` of the observation.
 */
export function groupOf(
  metric: Metric,
  node: Tree,
  known: { readonly table: string; readonly aggregates: ReadonlySet<string> },
): Group | null {
  const named = namedQueries(node);
  if (named === null || [...metric.tables, CLOCK].some((table) => named.has(table))) return null;
  const read = nodesOf(node)
    .filter((each) => each.type === 'BASE_TABLE')
    .map((each) => nameOf(each));
  const times = (name: string) => read.filter((each) => each === name).length;
  const isReadAgain = [...named].some(([name, query]) => times(name) > 1 && reads(query, { ...known, named }));
  if (times(known.table) !== 1 || isReadAgain) return null;
  const { key, names } = keyOf(known.table);
  const way = wayTo(node, { ...known, named });
  if (way === null) return null;
  const [outermost] = way;
  if (
    !outermost ||
    !(outermost.node.select_list as readonly Tree[]).some((each) => outcomeName(each) === names && refersTo(each, outermost, key))
  )
    return null;
  const columns = (tableNamed(known.table)?.columns ?? [])
    .filter((column) => column.type === 'text')
    .map((column) => column.name);
  const candidates = [key, ...columns.filter((name) => !BELONGS.has(name))];
  const column = candidates.find((each) => holdsTogether(way, { column: each, key, aggregates: known.aggregates }));
  return column === undefined ? null : { column, isWithin: isWithin(way, known.table) };
}

/** Of a table derived from messages, within what its rows lie that a finer group has in common. */
interface Finer {
  /** The columns that say so, which must come from the table as they are. */
  readonly columns: readonly string[];
  /** Whether an expression that makes groups names it. */
  names(expression: Tree, step: Step): boolean;
  /** Whether an expression gives a day in it. */
  isDayIn(expression: Tree, step: Step): boolean;
}

const ENDS: ReadonlySet<string> = new Set(['min', 'max']);
const LOCAL_DAY: ReadonlySet<string> = new Set(['local_day']);
/** The moments of a stretch, all within its run. */
const IN_RUN = ['since_at', 'start_at', 'end_at'];

const FINER: Readonly<Record<string, Finer>> = {
  port_day: {
    columns: ['day'],
    names: (expression, step) => refersTo(calledWith(expression, MONTH_ENDS), step, 'day'),
    isDayIn: (expression, step) => refersTo(calledWith(expression, ENDS), step, 'day'),
  },
  port_state: {
    columns: IN_RUN,
    names: (expression, step) => refersTo(expression, step, 'since_at'),
    isDayIn(expression, step) {
      const moment = calledWith(expression, LOCAL_DAY);
      const end = calledWith(moment, ENDS);
      return refersTo(moment, step, 'since_at') || IN_RUN.some((name) => refersTo(end, step, name));
    },
  },
};

/** What a call of one of these functions is given first; nothing where it is no such call. */
function calledWith(node: Tree, functions: ReadonlySet<string>): Tree {
  return (isCallOf(node, functions) && (node.children as readonly Tree[])[0]) || {};
}

/** Whether the outermost SELECT makes groups within the months of port days, or the runs of port states, and says a day in its own. */
function isWithin([outermost, ...inner]: readonly Step[], table: string): boolean {
  const finer = FINER[table];
  if (!outermost || !finer || inner.some(({ node }) => !isEmpty(node.group_expressions))) return false;
  const isWindowed = [outermost, ...inner].some(({ node }) => ownNodes(node).some((each) => each.class === 'WINDOW'));
  const groups = (outermost.node.group_expressions ?? []) as readonly Tree[];
  const [day, ...others] = (outermost.node.select_list as readonly Tree[]).filter((each) => outcomeName(each) === 'day');
  return (
    !isWindowed &&
    groups.some((each) => finer.names(each, outermost)) &&
    day !== undefined &&
    others.length === 0 &&
    finer.isDayIn(day, outermost) &&
    inner.every((step) => finer.columns.every((name) => passes(step, name)))
  );
}

/** The key of a table's row, and the column of an observation that must name it. */
function keyOf(table: string): { readonly key: string; readonly names: string } {
  if (table === CLOCK) return { key: 'day', names: 'day' };
  return { key: isDerived(table) ? 'asset_id' : 'source_key', names: 'entity_id' };
}

/** Columns that a row may have through its links: they are not the table's own. */
const BELONGS: ReadonlySet<string> = new Set([...DIMENSIONS, 'stream_id', 'crew_id']);

/** A SELECT on the way from the outside to the table, and the name under which it knows what it reads of it; null beside nothing else. */
interface Step {
  readonly node: Tree;
  readonly alias: string;
  readonly isJoined: boolean;
}

interface Sought {
  readonly table: string;
  readonly named: ReadonlyMap<string, Tree>;
  readonly aggregates: ReadonlySet<string>;
}

/** The queries that a statement names (`WITH`), by name; null where a name is given twice. */
function namedQueries(node: Tree): ReadonlyMap<string, Tree> | null {
  const entries = nodesOf(node).flatMap((each) => ((each.cte_map as Tree | undefined)?.map ?? []) as readonly Tree[]);
  const named = new Map(
    entries.map((each) => [String(each.key).toLowerCase(), ((each.value as Tree).query as Tree).node as Tree]),
  );
  return named.size === entries.length ? named : null;
}

function nameOf(table: Tree): string {
  return String(table.table_name).toLowerCase();
}

/** The SELECTs from the outermost to the one that reads the table itself; null where anything else stands between. */
function wayTo(node: Tree, sought: Sought): readonly Step[] | null {
  if (node.type !== 'SELECT_NODE' || !isPlainSelect(node)) return null;
  const source = sourceOn(node.from_table as Tree, sought);
  if (!source) return null;
  const isJoined = (node.from_table as Tree).type === 'JOIN';
  const { item } = source;
  const step = { node, alias: String(item.alias || item.table_name).toLowerCase(), isJoined };
  if (item.type === 'BASE_TABLE' && nameOf(item) === sought.table) return isEmpty(item.sample) ? [step] : null;
  const inner = queryIn(item, sought);
  const rest = inner && wayTo(inner, sought);
  return rest && [step, ...rest];
}

function isPlainSelect(node: Tree): boolean {
  const groups = node.group_sets as readonly unknown[] | null;
  return (
    isEmpty(node.modifiers) &&
    isEmpty(node.sample) &&
    isEmpty(node.qualify) &&
    node.aggregate_handling === 'STANDARD_HANDLING' &&
    (isEmpty(groups) || groups?.length === 1)
  );
}

function queryIn(item: Tree, { named }: Sought): Tree | null {
  if (item.type === 'SUBQUERY') return (item.subquery as Tree).node as Tree;
  return item.type === 'BASE_TABLE' && isEmpty(item.sample) ? (named.get(nameOf(item)) ?? null) : null;
}

/** The one item of a FROM through which the table is read; null where none is, or where it is joined otherwise than row by row. */
function sourceOn(from: Tree, sought: Sought): { readonly item: Tree } | null {
  if (from.type !== 'JOIN') return { item: from };
  if (from.join_type !== 'INNER' || !['REGULAR', 'CROSS'].includes(String(from.ref_type))) return null;
  const sides = [from.left as Tree, from.right as Tree].filter((side) => reads(side, sought));
  return sides.length === 1 && sides[0] ? sourceOn(sides[0], sought) : null;
}

function reads(part: Tree, sought: Sought): boolean {
  return nodesOf(part).some((each) => {
    if (each.type !== 'BASE_TABLE') return false;
    const query = sought.named.get(nameOf(each));
    return nameOf(each) === sought.table || (query !== undefined && reads(query, sought));
  });
}

function holdsTogether(
  way: readonly Step[],
  { column, key, aggregates }: { readonly column: string; readonly key: string; readonly aggregates: ReadonlySet<string> },
): boolean {
  return way.every((step, index) => {
    const own = ownNodes(step.node);
    const windows = own.filter((each) => each.class === 'WINDOW');
    if (!windows.every((window) => (window.partitions as readonly Tree[]).some((each) => refersTo(each, step, column))))
      return false;
    const groups = (step.node.group_expressions ?? []) as readonly Tree[];
    const isGrouped = groups.length > 0 || own.some((each) => isCallOf(each, aggregates));
    if (isGrouped && !groups.some((each) => refersTo(each, step, column))) return false;
    return index === 0 || [column, key].every((name) => passes(step, name));
  });
}

/** What a SELECT says itself: neither what it reads from nor what its subqueries say. */
function ownNodes(node: Tree): readonly Tree[] {
  const { from_table: _from, cte_map: _named, ...own } = node;
  return nodesOf(own, (each) => each.class === 'SUBQUERY');
}

function refersTo(node: Tree, { alias, isJoined }: Step, name: string): boolean {
  const column = columnOf(node);
  return column?.name === name && (column.of === alias || (column.of === null && !isJoined));
}

/** Whether a column of what a SELECT reads is a column of its outcome under the same name. */
function passes(step: Step, name: string): boolean {
  const columns = step.node.select_list as readonly Tree[];
  const called = columns.filter((each) => each.class !== 'STAR' && outcomeName(each) === name);
  if (called.length > 0) return called.length === 1 && called.every((each) => refersTo(each, step, name));
  return columns.some(
    (each) =>
      each.class === 'STAR' &&
      isWhole(each) &&
      (each.relation_name === step.alias || (!step.isJoined && each.relation_name === '')),
  );
}

function isWhole(star: Tree): boolean {
  return ['exclude_list', 'replace_list', 'qualified_exclude_list', 'rename_list', 'expr'].every((part) => isEmpty(star[part]));
}
