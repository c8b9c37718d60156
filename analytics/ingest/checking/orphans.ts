import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier } from '../../tables/identifier.ts';
import { TABLES, tableNamed } from '../../tables/index.ts';
import { storedRowsOf } from '../../tables/parts.ts';
import { counted, examples, finding } from '../finding.ts';
import { nearKey } from './near-keys.ts';

/** Rows of one table that point to nothing. */
export interface OrphanCount {
  readonly table: string;
  readonly column: string;
  readonly target: string;
  readonly count: number;
  /** Source keys of a few such rows. */
  readonly examples: readonly string[];
}

interface Link {
  readonly table: string;
  readonly column: string;
  readonly target: string;
  /** Where the value may be met: the key of the target, and other columns that hold it. */
  readonly places: readonly (readonly [table: string, column: string])[];
}

/** Every link of the tables that rows of the workspace follow to no key, with how many do; links to empty tables too. */
export async function findOrphans(sql: Sql): Promise<OrphanCount[]> {
  const found: OrphanCount[] = [];
  for (const link of TABLES.flatMap(linksOf)) {
    const lost = lostRows(link);
    const [row] = await sql.rows<{ n: number }>({ text: `SELECT count(*) AS n ${lost}` });
    if (!row || row.n === 0) continue;
    const keys = await sql.rows<{ source_key: string }>({ text: `SELECT source_key ${lost} ORDER BY source_key LIMIT 3` });
    const { table, column, target } = link;
    found.push({ table, column, target, count: row.n, examples: keys.map((each) => each.source_key) });
  }
  return found;
}

/** What the rows of one imported file do not meet, a finding a link; a table that nothing was imported into yet is waited for. */
export async function orphanFindings(sql: Sql, table: TableDefinition, fileId: number): Promise<ImportFinding[]> {
  const found: ImportFinding[] = [];
  for (const link of linksOf(table)) {
    const [target] = await sql.rows<{ some: boolean }>({
      text: `SELECT EXISTS (SELECT 1 FROM ${identifier(link.target)}) AS some`,
    });
    if (!target?.some) continue;
    const column = identifier(link.column);
    const rows = await storedRowsOf(sql, table, fileId);
    const unmet = `(SELECT key, n FROM (SELECT CAST(key AS VARCHAR) AS key, n FROM (
        SELECT ${column} AS key, count(*) AS n FROM ${rows} WHERE ${column} IS NOT NULL GROUP BY 1)) named
      WHERE ${link.places.map(([place, name]) => `NOT EXISTS (SELECT 1 FROM ${identifier(place)} k WHERE k.${identifier(name)} = named.key)`).join(' AND ')})`;
    const [row] = await sql.rows<{ n: number; keys: number; examples: string | null }>({
      text: `SELECT coalesce(sum(n), 0) AS n, count(*) AS keys, CAST(to_json(list(key ORDER BY key)[:3]) AS VARCHAR) AS examples FROM ${unmet}`,
    });
    if (!row || row.n === 0) continue;
    const near = await nearest(sql, link, unmet);
    found.push(orphanFinding(table, link, { ...row, near, examples: JSON.parse(row.examples ?? '[]') as string[] }));
  }
  return found;
}

/** A key that is met but for capitals or zeros at its beginning, with how it is written where it would be met; null where none is. */
async function nearest(
  sql: Sql,
  { places }: Link,
  unmet: string,
): Promise<{ readonly keys: number; readonly own: string; readonly other: string } | null> {
  const [[place, name] = []] = places;
  if (place === undefined || name === undefined) return null;
  const other = `k.${identifier(name)}`;
  const [row] = await sql.rows<{ keys: number; own: string | null; other: string | null }>({
    text: `SELECT count(DISTINCT u.key) AS keys, min(u.key) AS own, arg_min(${other}, u.key) AS other
      FROM ${unmet} u JOIN ${identifier(place)} k ON ${nearKey(other)} = ${nearKey('u.key')}`,
  });
  return row && row.own !== null && row.other !== null ? { keys: row.keys, own: row.own, other: row.other } : null;
}

/** The links of a table, and those of work orders and devices to their contract: both belong to one journey. */
function linksOf(table: TableDefinition): Link[] {
  const links = table.links.flatMap((link): Link[] => {
    const key = tableNamed(link.table)?.key[0];
    if (key === undefined) return [];
    // An excuse may cover a whole site, which the asset register names beside each asset.
    const sites = table.name === 'device_exclusion' ? ([[link.table, 'site_id']] as const) : [];
    return [{ table: table.name, column: link.column, target: link.table, places: [[link.table, key], ...sites] }];
  });
  const contract = { table: table.name, column: 'case_id', target: 'opportunity' };
  if (table.name === 'work_order') return [...links, { ...contract, places: [['opportunity', 'case_id']] }];
  if (table.name !== 'asset') return links;
  // A device may be of a customer who signed before the deals on record and is known by the subscription.
  const places = ['opportunity', 'service_term'].map((place) => [place, 'case_id'] as const);
  return [...links, { ...contract, places }];
}

function lostRows({ table, column, places }: Link): string {
  const own = `t.${identifier(column)}`;
  const unmet = places.map(
    ([place, key]) => `NOT EXISTS (SELECT 1 FROM ${identifier(place)} k WHERE k.${identifier(key)} = ${own})`,
  );
  return `FROM ${identifier(table)} t WHERE ${own} IS NOT NULL AND ${unmet.join(' AND ')}`;
}

function orphanFinding(
  table: TableDefinition,
  link: Link,
  lost: {
    readonly n: number;
    readonly keys: number;
    readonly examples: readonly string[];
    readonly near: Awaited<ReturnType<typeof nearest>>;
  },
): ImportFinding {
  const title = tableNamed(link.target)?.title.toLowerCase() ?? link.target;
  const message = `${counted(lost.n, 'row')} of ${table.title.toLowerCase()} ${lost.n === 1 ? 'names' : 'name'} ${counted(lost.keys, link.column)} that no row of ${title} has, for example ${examples(lost.examples)}.${nearWords(lost.near)}`;
  return finding('key-not-met', link.column, lost.n, {
    message,
    fix: `Import the missing ${title}, or check that both sources write ${link.column} alike.`,
  });
}

function nearWords(near: Awaited<ReturnType<typeof nearest>>): string {
  if (!near) return '';
  const words = near.keys === 1 ? 'One of them differs' : `${near.keys} of them differ`;
  return ` ${words} from one that is there only in capitals or in zeros at the beginning: ${examples([near.own])} is there as ${examples([near.other])}.`;
}
