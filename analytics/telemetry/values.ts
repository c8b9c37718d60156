import type { Sql } from '../contract/sql.ts';
import type { StatementMaker } from './statement.ts';

/**
 * The values of several expressions, asked at once. As rows below each other, not as columns beside each other: of many subqueries
 * side by side the database weighs every order of joining them, which takes longer than they do.
 */
export async function valuesOf<Name extends string, Value>(
  sql: Sql,
  make: StatementMaker,
  expressions: Readonly<Record<Name, string>>,
): Promise<Record<Name, Value>> {
  const rows = await sql.rows<{ name: Name; value: Value }>(
    make(
      Object.entries(expressions)
        .map(([name, expression]) => `SELECT '${name}' AS name, ${expression} AS value`)
        .join(' UNION ALL '),
    ),
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value])) as Record<Name, Value>;
}
