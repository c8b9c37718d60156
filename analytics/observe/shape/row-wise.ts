import type { Metric } from '../../contract/metric-definition.ts';
import { isDerived } from '../../tables/index.ts';
import { MONTH_ENDS } from './clock.ts';
import { columnOf, isCallOf, isEmpty, nodesOf, outcomeName, type Tree } from './tree.ts';

/**
 * The one table from each single row of which the metric's observations follow (with what the row links to), so that rows
 * which did not change need not be read again; null where that is not certain. Certain is: one SELECT from one table,
 * with neither groups, aggregates, windows, subqueries, set operations, order nor limit, whose `entity_id` is the row's own key. What
 * the SELECT itself asks of the as-of day is another matter. The database's own parser judges.
 */
export function rowWiseTable(metric: Metric, node: Tree, aggregates: ReadonlySet<string>): string | null {
  const [table, ...others] = metric.tables;
  if (table === undefined || others.length > 0) return null;
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
  const columns = node.select_list as readonly Tree[];
  const said = (name: string) => columns.find((each) => outcomeName(each) === name);
  const isColumn = (part: Tree | undefined, names: readonly string[]) =>
    part !== undefined && names.includes(columnOf(part)?.name ?? '');
  const isDayIn = (day: Tree | undefined): boolean => {
    if (table === 'port_day') return isColumn(day, ['day']);
    const [within] = day && isCallOf(day, MONTH_ENDS) ? (day.children as readonly Tree[]) : [day];
    return table === 'port_month' && isColumn(within, DAYS_OF_MONTH);
  };
  if (isDerived(table)) return isColumn(said('entity_id'), ['asset_id']) && isDayIn(said('day'));
  return isColumn(said('entity_id'), ['source_key']);
}

/** Columns of port months that are days of the month. */
const DAYS_OF_MONTH = ['month', 'first_day', 'last_observed_day'];
