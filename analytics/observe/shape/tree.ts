import type { Sql } from '../../contract/sql.ts';

/** A part of a statement as the database's own parser reads it. */
export type Tree = Readonly<Record<string, unknown>>;

/** The body of the one statement in each text; null where it holds none, several, or one that is no query. */
export async function parsedQueries(sql: Sql, texts: readonly string[]): Promise<readonly (Tree | null)[]> {
  const found = await parsed(sql, texts);
  return found.map((each) => {
    const statements = each.statements as { node: Tree }[] | undefined;
    return statements?.length === 1 ? (statements[0]?.node ?? null) : null;
  });
}

/** Conditions of parsed statements as text again. */
export async function conditionTexts(sql: Sql, conditions: readonly Tree[]): Promise<readonly string[]> {
  if (conditions.length === 0) return [];
  const [frame] = await parsed(sql, ['SELECT 1 WHERE true']);
  const [statement] = (frame?.statements ?? []) as { node: Tree }[];
  const filled = conditions.map((condition) => ({
    ...frame,
    statements: [{ ...statement, node: { ...statement?.node, where_clause: condition } }],
  }));
  const rows = await sql.rows<{ text: string }>({
    text: 'SELECT json_deserialize_sql(CAST(unnest($trees) AS JSON)) AS text',
    params: { trees: filled.map((each) => JSON.stringify(each)) },
  });
  return rows.map((row) => row.text.replace(/^SELECT 1 WHERE /, ''));
}

/** Places in the text are left out: they would not survive the way through a number. */
async function parsed(sql: Sql, texts: readonly string[]): Promise<readonly Tree[]> {
  const rows = await sql.rows<{ tree: string }>({
    text: 'SELECT CAST(json_serialize_sql(unnest($texts)) AS VARCHAR) AS tree',
    params: { texts },
  });
  return rows.map((row) => JSON.parse(row.tree, (name, value: unknown) => (name === 'query_location' ? 0 : value)) as Tree);
}

/** A part and all that it holds; what lies beneath one for which `isLeaf` holds is left out. */
export function nodesOf(value: unknown, isLeaf: (node: Tree) => boolean = () => false): readonly Tree[] {
  const found: Tree[] = [];
  const look = (part: unknown) => {
    if (typeof part !== 'object' || part === null) return;
    if (!Array.isArray(part)) {
      found.push(part as Tree);
      if (isLeaf(part as Tree)) return;
    }
    for (const each of Object.values(part)) look(each);
  };
  look(value);
  return found;
}

/** Whether a part of a statement was left out. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** Whether a part is the function of one of these names (in lower case). */
export function isCallOf(node: Tree, names: ReadonlySet<string>): boolean {
  return node.class === 'FUNCTION' && names.has(String(node.function_name).toLowerCase());
}

/** A reference to a column: its name and, where the text says it, of which table. */
export interface ColumnReference {
  readonly name: string;
  readonly of: string | null;
}

/** What a part refers to, if it is a plain reference to a column; names in lower case. */
export function columnOf(node: Tree): ColumnReference | null {
  if (node.class !== 'COLUMN_REF') return null;
  const names = (node.column_names as string[]).map((name) => name.toLowerCase());
  const name = names.at(-1);
  return name === undefined ? null : { name, of: names.at(-2) ?? null };
}

/** The names of the columns that a part refers to. */
export function columnsIn(part: Tree): readonly string[] {
  return nodesOf(part).flatMap((each) => columnOf(each)?.name ?? []);
}

/** What a SELECT calls one of its columns, in lower case. */
export function outcomeName(column: Tree): string {
  return String(column.alias || columnOf(column)?.name || '').toLowerCase();
}

/** Aggregate functions, and helpers whose definition uses one, in lower case. */
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
