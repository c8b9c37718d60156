import type { Dimension } from '../contract/dimensions.ts';
import { UNKNOWN_MEMBER } from '../contract/dimensions.ts';
import type { TableDefinition } from '../tables/definition.ts';
import { identifier } from '../tables/identifier.ts';
import { isDerived, tableNamed } from '../tables/index.ts';

/** The columns in which tables carry where a row belongs, and the names under which metric files read them. */
const BELONGING: readonly { readonly stored: string; readonly read: Dimension | 'stream_id' }[] = [
  { stored: 'stream_id', read: 'stream_id' },
  { stored: 'segment', read: 'segment' },
  { stored: 'region', read: 'region' },
  { stored: 'product', read: 'product' },
  { stored: 'channel', read: 'channel' },
  { stored: 'crew_id', read: 'crew' },
];

/** Which rows and columns of a table are read. */
export interface Reading {
  readonly only?: string | null;
  readonly rows?: string;
  readonly columns?: ReadonlySet<string> | null;
  readonly places?: boolean;
}

/**
 * The SELECT a metric file sees under a table's name: the table as it was known at `$as_of` (later rows gone, later
 * events null, plans kept), with stream_id, segment, region, product, channel and crew found through its links.
 * Dimensions nobody states read `unknown`; an unstated stream stays null, which `in_stream` reads as the settings say.
 * `only`, a condition on the table's row `t`, leaves the others out. `rows` names another table of the same columns whose rows
 * are read instead, as if they stood in this one. `columns`: the only ones that are given, and for which links are followed.
 * `places`: also where a row lies in storage, as `place`.
 */
export function sourceRelation(table: TableDefinition, reading: Reading = {}): string {
  const { only = null, rows = `main.${identifier(table.name)}`, columns: wanted = null } = reading;
  const isWanted = (name: string) => wanted === null || wanted.has(name);
  const asked = BELONGING.filter(({ read }) => isWanted(read));
  const joins = asked.length === 0 ? [] : linkJoins(table);
  const belonging = asked.map(({ stored, read }) => {
    const sources = [
      ...(hasColumn(table, stored) ? [`t.${identifier(stored)}`] : []),
      ...joins.map((join) => `${join.alias}.${identifier(stored)}`),
    ];
    const found = coalesced(sources, read === 'stream_id' ? 'NULL' : `'${UNKNOWN_MEMBER}'`);
    return `${found} AS ${identifier(read)}`;
  });
  const hidden = new Set(BELONGING.map(({ stored }) => stored));
  const columns = table.columns
    .filter(({ name }) => !hidden.has(name) && isWanted(name))
    .map((column) => knownColumn(table, column.name));
  const conditions = [
    ...(table.happensAt ? [`(t.${identifier(table.happensAt)} IS NULL OR t.${identifier(table.happensAt)} < $as_of)`] : []),
    ...(only === null ? [] : [`(${only})`]),
  ];
  const known = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const place = reading.places ? ['t.rowid AS place'] : [];
  const sourceKey = table.columns.length > 0 && !isDerived(table.name) && isWanted('source_key') ? ['t.source_key'] : [];
  return `SELECT ${[...columns, ...sourceKey, ...belonging, ...place].join(', ')} FROM ${rows} t ${joins.map((join) => join.text).join(' ')} ${known}`;
}

interface LinkJoin {
  readonly alias: string;
  readonly text: string;
}

function linkJoins(table: TableDefinition): LinkJoin[] {
  return table.links.map((link, index) => {
    const target = tableNamed(link.table);
    const key = target?.key[0];
    if (!target || key === undefined) throw new Error(`${table.name} links to ${link.table}, which has no single key`);
    const alias = `l${index}`;
    return {
      alias,
      text: `LEFT JOIN (${belongingRelation(target, key)}) ${alias} ON ${alias}.${identifier(key)} = t.${identifier(link.column)}`,
    };
  });
}

/** The key of a linked table with where its rows belong, found through its own links in turn. */
function belongingRelation(table: TableDefinition, key: string): string {
  const joins = linkJoins(table);
  const columns = BELONGING.map(({ stored }) => {
    const sources = [
      ...(hasColumn(table, stored) ? [`t.${identifier(stored)}`] : []),
      ...joins.map((join) => `${join.alias}.${identifier(stored)}`),
    ];
    return `${coalesced(sources, 'NULL')} AS ${identifier(stored)}`;
  });
  return `SELECT t.${identifier(key)}, ${columns.join(', ')} FROM main.${identifier(table.name)} t ${joins.map((join) => join.text).join(' ')}`;
}

function knownColumn(table: TableDefinition, name: string): string {
  const column = table.columns.find((each) => each.name === name);
  const quoted = `t.${identifier(name)}`;
  const isEvent = column?.type === 'timestamp' && !column.planned && name !== table.happensAt;
  return isEvent ? `CASE WHEN ${quoted} < $as_of THEN ${quoted} END AS ${identifier(name)}` : quoted;
}

/** The times in a table that nobody knows until they have come. */
export function eventsIn({ columns, happensAt }: TableDefinition): readonly TableDefinition['columns'][number][] {
  return columns.filter((column) => column.type === 'timestamp' && (!column.planned || column.name === happensAt));
}

function coalesced(sources: readonly string[], fallback: string): string {
  const all = fallback === 'NULL' ? sources : [...sources, fallback];
  if (all.length === 0) return 'CAST(NULL AS VARCHAR)';
  return all.length === 1 ? (all[0] ?? '') : `coalesce(${all.join(', ')})`;
}

function hasColumn(table: TableDefinition, name: string): boolean {
  return table.columns.some((column) => column.name === name);
}
