import type { Metric } from '../../contract/metric-definition.ts';
import { isDerived } from '../../tables/index.ts';
import { isCallOf, isEmpty, nodesOf, type Tree } from './tree.ts';

/**
 * The one table from each single row of which the metric's observations follow (with what the row links to), so that rows
 * which did not change need not be read again; null where that is not certain. Certain is: one SELECT from one table,
 * with neither groups, aggregates, windows, subqueries, set operations, order nor limit, whose `entity_id` is the row's own key, and
 * which does not depend on the as-of day but through what the row itself knows. The database's own parser judges.
 */
export function rowWiseTable(metric: Metric, node: Tree, aggregates: ReadonlySet<string>): string | null {
  const [table, ...others] = metric.tables;
  if (table === undefined || others.length > 0 || /\$as_of\b/.test(metric.sql)) return null;
  if (node.type !== 'SELECT_NODE' || !isPlain(node) || (node.from_table as Tree)?.table_name !== table) return null;
  if (nodesOf(node).some((each) => isBeyondRow(each, aggregates))) return null;
  return isOwnKey(node, table) ? table : null;
}

function isPlain(node: Tree): boolean {
  return (
    isEmpty(node.modifiers) &&
    isEmpty((node.cte_map as Tree | undefined)?.map) &&
    isEmpty(node.group_expressions) &&
    isEmpty(node.group_sets) &&
    node.aggregate_handling === 'STANDARD_HANDLING' &&
    isEmpty(node.having) &&
    isEmpty(node.sample) &&
    isEmpty(node.qualify) &&
    (node.from_table as Tree | undefined)?.type === 'BASE_TABLE'
  );
}

function isBeyondRow(node: Tree, aggregates: ReadonlySet<string>): boolean {
  return node.class === 'WINDOW' || node.class === 'SUBQUERY' || isCallOf(node, aggregates);
}

/** Whether the first column, `entity_id`, names the row: by its source key or, of port days and months, by port beside a `day` in it. */
function isOwnKey(node: Tree, table: string): boolean {
  const columns = (node.select_list as readonly Tree[]).map((column) => ({
    name: String(column.alias || (column.column_names as string[] | undefined)?.at(-1)).toLowerCase(),
    from: column.class === 'COLUMN_REF' ? (column.column_names as string[]).at(-1) : null,
  }));
  const source = (name: string) => columns.find((column) => column.name === name)?.from;
  const day = DAY_IN[table];
  if (day !== undefined) return source('entity_id') === 'asset_id' && source('day') === day;
  return !isDerived(table) && source('entity_id') === 'source_key';
}

/** The column of port days and months that is a day of the row. */
const DAY_IN: Readonly<Record<string, string>> = { port_day: 'day', port_month: 'last_observed_day' };
