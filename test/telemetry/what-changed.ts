import type { Sql } from '../../analytics/contract/sql.ts';

/** The rows that only one of two lists has. */
export function differing<Row extends { readonly row: string }>(one: readonly Row[], other: readonly Row[]): Row[] {
  const lacking = (from: readonly Row[], rows: readonly Row[]) => {
    const held = new Set(from.map((each) => each.row));
    return rows.filter((each) => !held.has(each.row));
  };
  return [...lacking(one, other), ...lacking(other, one)];
}

/** A port that a table of what changed names, with the first and the last day that it says. */
interface NamedPort {
  readonly port: string;
  readonly first: string;
  readonly last: string;
}

/** The ports that a table names, whose column `last` is their last day; none where there is no table. */
export async function portsNamed(sql: Sql, table: string | undefined, last: string): Promise<readonly NamedPort[]> {
  if (table === undefined) return [];
  const text = `SELECT DISTINCT asset_id AS port, CAST(from_day AS VARCHAR) AS first, CAST(${last} AS VARCHAR) AS last FROM ${table}`;
  return sql.rows<NamedPort>({ text });
}

/** The first and the last day of all of these ports. */
export function boundsOf(ports: readonly NamedPort[]): readonly [from: string | undefined, to: string | undefined] {
  return [
    ports.map((each) => each.first).toSorted()[0],
    ports
      .map((each) => each.last)
      .toSorted()
      .at(-1),
  ];
}
