import type { Metric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';
import { DERIVED_TABLES } from '../tables/index.ts';

/**
 * The one table from each single row of which the metric's observations follow (with what the row links to), so that rows
 * which did not change need not be read again; null where that is not certain. Certain is: one SELECT from one table,
 * with neither groups, aggregates, windows, subqueries, set operations, order nor limit, whose `entity_id` is the row's own key, and
 * which does not depend on the as-of day but through what the row itself knows. The database's own parser judges.
 */
export async function rowWiseTable(sql: Sql, metric: Metric, aggregates: ReadonlySet<string>): Promise<string | null> {
  const [table, ...others] = metric.tables;
  if (table === undefined || others.length > 0 || /\$as_of\b/.test(metric.sql)) return null;
  const [parsed] = await sql.rows<{ tree: string }>({
    text: 'SELECT CAST(json_serialize_sql(CAST($text AS VARCHAR)) AS VARCHAR) AS tree',
    params: { text: metric.sql },
  });
  const tree = JSON.parse(parsed?.tree ?? '{}') as Tree;
  const statements = (tree.statements ?? []) as { node: Tree }[];
  const node = statements[0]?.node;
  if (
    statements.length !== 1 ||
    node?.type !== 'SELECT_NODE' ||
    !isPlain(node) ||
    (node.from_table as Tree)?.table_name !== table
  )
    return null;
  if ([...nodesOf(node)].some((each) => isBeyondRow(each, aggregates))) return null;
  return isOwnKey(node, table) ? table : null;
}

type Tree = Readonly<Record<string, unknown>>;

function isPlain(node: Tree): boolean {
  const isEmpty = (value: unknown) => value === null || value === undefined || (Array.isArray(value) && value.length === 0);
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
  if (node.class === 'WINDOW' || node.class === 'SUBQUERY') return true;
  return node.class === 'FUNCTION' && aggregates.has(String(node.function_name).toLowerCase());
}

/** Whether the first column, `entity_id`, names the row: by its source key or, of port days, by port beside `day`. */
function isOwnKey(node: Tree, table: string): boolean {
  const columns = (node.select_list as readonly Tree[]).map((column) => ({
    name: String(column.alias || (column.column_names as string[] | undefined)?.at(-1)).toLowerCase(),
    from: column.class === 'COLUMN_REF' ? (column.column_names as string[]).at(-1) : null,
  }));
  const source = (name: string) => columns.find((column) => column.name === name)?.from;
  if (table === 'port_day') return source('entity_id') === 'asset_id' && source('day') === 'day';
  return !DERIVED_TABLES.some((each) => each.name === table) && source('entity_id') === 'source_key';
}

function* nodesOf(value: unknown): Generator<Tree> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Tree;
  for (const each of Object.values(value)) yield* nodesOf(each);
}

/** Aggregate functions, and helpers whose definition uses one. */
export async function aggregateNames(sql: Sql): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ name: string; type: string; definition: string | null }>({
    text: `SELECT DISTINCT lower(function_name) AS name, function_type AS type, macro_definition AS definition FROM duckdb_functions()
WHERE function_type IN ('aggregate', 'macro', 'table_macro')`,
  });
  const names = new Set(rows.filter((row) => row.type === 'aggregate').map((row) => row.name));
  for (const { name, type, definition } of rows) {
    if (type === 'aggregate') continue;
    const used = (definition ?? '').toLowerCase().match(/[a-z_0-9]+(?=\s*\()/g) ?? [];
    if (used.some((each) => names.has(each))) names.add(name);
  }
  return names;
}
