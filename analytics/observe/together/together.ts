import type { Sql, SqlStatement } from '../../contract/sql.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import { tableNamed } from '../../tables/index.ts';
import { jsonShape } from '../../tables/stored-type.ts';
import { type Bonds, bondedTables } from './bonds.ts';

/** Where more than this share of a table's rows is touched, reading all of them costs no more. */
const FEW = 0.25;
/** Chains from row to row that are longer than this are followed no further. */
const LONGEST_CHAIN = 24;

/** A search for the rows that are together with others. */
interface Search {
  /** The names of its working tables begin with it. */
  readonly name: string;
  readonly bonds: Bonds;
  /** The rows from which it begins: SELECTs of their places in storage, by table. */
  readonly seeds: ReadonlyMap<string, readonly string[]>;
  /** The import that corrected rows: what they were before counts, too. */
  readonly batch: number;
  /** Gives statements the parameters they name. */
  readonly make: (text: string) => SqlStatement;
}

/**
 * The rows of each table that share a value of the bonds with a seed, through however many others: working tables in the form of the
 * tables, which the caller drops; none where there is no seed. Null where they are so many that all may be read as well.
 */
export async function togetherRows(sql: Sql, search: Search): Promise<ReadonlyMap<string, string> | null> {
  const { name, bonds, seeds, make } = search;
  const tables = bondedTables(bonds);
  const [seed, value] = [identifier(`${name}_seed`), identifier(`${name}_value`)];
  const places = [...seeds].flatMap(([table, selects]) =>
    selects.map((select) => `SELECT ${literal(table)} AS of_table, place FROM (${select}) s`),
  );
  await sql.run(
    make(`CREATE OR REPLACE TEMP TABLE ${seed} AS SELECT DISTINCT of_table, place FROM (${places.join(' UNION ALL ')}) found`),
  );
  const drop = { text: `DROP TABLE IF EXISTS ${seed}; DROP TABLE IF EXISTS ${value}` };
  const seeded = await extentOf(sql, seed, tables);
  if (seeded !== 'few') {
    await sql.run(drop);
    return seeded === 'none' ? new Map() : null;
  }
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${value} AS SELECT DISTINCT bond, value, 0 AS round FROM (${tables.flatMap((table) => valuesOf(search, table)).join(' UNION ALL ')}) shared WHERE value IS NOT NULL`,
  });
  const isFollowed = await followChains(sql, bonds, value);
  const rows = new Map<string, string>();
  for (const table of isFollowed ? tables : []) {
    const working = `${name}_${table}`;
    const own = `SELECT place FROM ${seed} WHERE of_table = ${literal(table)}`;
    const sharing = bondsIn(bonds, table).map(
      ([bond, expression]) =>
        `SELECT t.rowid FROM main.${identifier(table)} t WHERE ${expression} IN (${knownValues(value, bond)})`,
    );
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE ${identifier(working)} AS SELECT t.* FROM main.${identifier(table)} t WHERE t.rowid IN (${[own, ...sharing].join(' UNION ALL ')})`,
    });
    rows.set(table, working);
  }
  await sql.run(drop);
  return isFollowed ? rows : null;
}

/** What each bond of a table is in its rows, as SQL. */
function bondsIn(bonds: Bonds, table: string): readonly (readonly [bond: string, expression: string])[] {
  return Object.entries(bonds).flatMap(([bond, each]) => {
    const expression = each[table];
    return expression === undefined ? [] : [[bond, expression] as const];
  });
}

/** What the seeds of a table share with others, as SELECTs: now, and before a row of them was corrected. */
function valuesOf({ name, bonds, seeds, batch }: Search, table: string): readonly string[] {
  const columns = [...(tableNamed(table)?.columns ?? []), { name: 'source_key', type: 'text' as const }];
  const seeded = `main.${identifier(table)} t WHERE t.rowid IN (SELECT place FROM ${identifier(`${name}_seed`)} WHERE of_table = ${literal(table)})`;
  const former = `(SELECT unnest(content) FROM (SELECT from_json(content, ${literal(jsonShape(columns))}) AS content
    FROM main.superseded_row WHERE batch_id = ${Math.trunc(batch)} AND table_name = ${literal(table)}) s) t`;
  return bondsIn(bonds, table).flatMap(([bond, expression]) =>
    (seeds.has(table) ? [seeded, former] : []).map(
      (from) => `SELECT ${literal(bond)} AS bond, CAST(${expression} AS VARCHAR) AS value FROM ${from}`,
    ),
  );
}

/** How many seeds there are beside the rows of their tables. */
async function extentOf(sql: Sql, seed: string, tables: readonly string[]): Promise<'none' | 'few' | 'many'> {
  const each = tables.map(
    (table) =>
      `(SELECT count(*) FROM ${seed} WHERE of_table = ${literal(table)}) > 1000 + ${FEW} * (SELECT count(*) FROM main.${identifier(table)})`,
  );
  const [row] = await sql.rows<{ extent: 'none' | 'few' | 'many' }>({
    text: `SELECT CASE WHEN NOT EXISTS (FROM ${seed}) THEN 'none' WHEN ${each.join(' OR ')} THEN 'many' ELSE 'few' END AS extent`,
  });
  return row?.extent ?? 'many';
}

/** Adds to `value` what rows share that are found by what is in it, round by round; false where that has no end in sight. */
async function followChains(sql: Sql, bonds: Bonds, value: string): Promise<boolean> {
  const tables = bondedTables(bonds).filter((table) => bondsIn(bonds, table).length > 1);
  if (tables.length === 0) return true;
  for (let round = 0; round <= LONGEST_CHAIN; round += 1) {
    const reached = tables.flatMap((table) => reachedFrom(table, { bonds, value, round }));
    const found = await sql.run({
      text: `INSERT INTO ${value} SELECT DISTINCT bond, value, ${round + 1} FROM (${reached.join(' UNION ALL ')}) r
WHERE value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${value} v WHERE v.bond = r.bond AND v.value = r.value)`,
    });
    if (found === 0) return true;
  }
  return false;
}

/** What rows of a table share beside what they were found by in a round, as SELECTs. */
function reachedFrom(
  table: string,
  { bonds, value, round }: { readonly bonds: Bonds; readonly value: string; readonly round: number },
): readonly string[] {
  const own = bondsIn(bonds, table);
  return own.flatMap(([bond, expression]) => {
    const found = `main.${identifier(table)} t WHERE ${expression} IN (${knownValues(value, bond)} AND round = ${round})`;
    return own
      .filter(([name]) => name !== bond)
      .map(([name, other]) => `SELECT ${literal(name)} AS bond, CAST(${other} AS VARCHAR) AS value FROM ${found}`);
  });
}

function knownValues(value: string, bond: string): string {
  return `SELECT value FROM ${value} WHERE bond = ${literal(bond)}`;
}
