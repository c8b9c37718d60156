import type { ColumnDefinition, TableDefinition } from '../../tables/definition.ts';
import { TABLES } from '../../tables/index.ts';
import { foldHeader } from './fold-header.ts';

/** Which header of a file fills which column of a table. Positions count from 0. */
export interface ColumnMatch {
  readonly table: TableDefinition;
  /** Column name to the position of its header. */
  readonly columns: ReadonlyMap<string, number>;
  /** Position of the header that says when the source last changed the row. */
  readonly updatedAt: number | null;
  /** Positions of headers no column takes, {@link isMarginal} ones apart. */
  readonly unknown: readonly number[];
  /** Headers that also name a column another header fills: position to column name. */
  readonly rivals: ReadonlyMap<number, string>;
  readonly missing: readonly ColumnDefinition[];
  /** Sum over recognised headers: 1 for a column's own name, a little less for an alias. */
  readonly score: number;
}

/** More header spellings for a table's columns: column name to spellings. They come before those of the definition; none at all: no header fills the column. */
export type ExtraAliases = Readonly<Record<string, readonly string[]>>;

const UPDATE_HEADERS = [
  'lastmodifieddate',
  'last modified date',
  'updated_at',
  'systemmodstamp',
  'sys_updated_on',
  'sys_updated_at',
  '(do not modify) modified on',
  'modifiedon',
  'modified on',
  'last updated',
  'hs_lastmodifieddate',
  'last modified',
  'updated',
].map(foldHeader);
const ALIAS_WORTH = 0.8;
/** Columns that say something of the row's export and nothing of the row. */
const MARGINAL = /^\(do not modify\) |^weir_(rest|file|line|reason)$/i;

/** True of a header that the exporting program put there for itself, Weir's list of rejected rows included. */
export function isMarginal(header: string): boolean {
  return MARGINAL.test(header.trim());
}

/** A spelling that names a column, and how much it says: the lower rank wins, as written or folded. */
interface Spelling {
  readonly column: ColumnDefinition;
  readonly exact: string;
  readonly exactRank: number;
  readonly foldedRank: number;
}

const NO_ALIASES: ExtraAliases = {};
const made = new WeakMap<TableDefinition, WeakMap<ExtraAliases, ReadonlyMap<string, readonly Spelling[]>>>();

/** Assigns headers to the columns of one table: a column's own name beats an alias, an exact spelling beats a folded one. */
export function matchColumns(table: TableDefinition, headers: readonly string[], extra: ExtraAliases | null = null): ColumnMatch {
  const spellings = knownSpellings(table, extra ?? NO_ALIASES);
  const offers = headers.flatMap((header, position) =>
    (spellings.get(foldHeader(header)) ?? []).map((each) => ({
      column: each.column,
      position,
      rank: header.trim().toLowerCase() === each.exact ? each.exactRank : each.foldedRank,
    })),
  );
  offers.sort((a, b) => a.rank - b.rank || a.position - b.position);
  const columns = new Map<string, number>();
  const rivals = new Map<number, string>();
  const taken = new Set<number>();
  let score = 0;
  for (const { column, position, rank } of offers) {
    if (taken.has(position)) continue;
    if (columns.has(column.name)) {
      // A profile that names a column's headers has chosen among them already.
      if (!rivals.has(position) && !extra?.[column.name]) rivals.set(position, column.name);
      continue;
    }
    columns.set(column.name, position);
    taken.add(position);
    rivals.delete(position);
    score += rank < 2 ? 1 : ALIAS_WORTH;
  }
  const updatedAt = updateHeader(headers, taken);
  if (updatedAt !== null) taken.add(updatedAt);
  return {
    table,
    columns,
    updatedAt,
    unknown: headers.flatMap((header, position) => (taken.has(position) || isMarginal(header) ? [] : [position])),
    rivals,
    missing: table.columns.filter((column) => column.required && !columns.has(column.name)),
    score,
  };
}

function knownSpellings(table: TableDefinition, extra: ExtraAliases): ReadonlyMap<string, readonly Spelling[]> {
  const ofTable = made.get(table) ?? new WeakMap();
  const known = ofTable.get(extra) ?? spellingsOf(table, extra);
  made.set(table, ofTable.set(extra, known));
  return known;
}

let allSpellings: ReadonlySet<string> | null = null;

/** Whether any column of any table is spelt like this header by its definition. */
export function isSpelling(header: string): boolean {
  allSpellings ??= new Set(TABLES.flatMap((table) => [...knownSpellings(table, NO_ALIASES).keys()]));
  return allSpellings.has(foldHeader(header));
}

/** Every spelling of every column by its folded form: the name, then those of the source profile, then those of the definition. */
function spellingsOf(table: TableDefinition, extra: ExtraAliases): ReadonlyMap<string, readonly Spelling[]> {
  const byFold = new Map<string, Spelling[]>();
  const add = (column: ColumnDefinition, spelling: string, exactRank: number, foldedRank: number) => {
    const folded = foldHeader(spelling);
    byFold.set(folded, [...(byFold.get(folded) ?? []), { column, exact: spelling.toLowerCase(), exactRank, foldedRank }]);
  };
  for (const column of table.columns) {
    if (extra[column.name]?.length === 0) continue;
    add(column, column.name, 0, 1);
    for (const [order, alias] of (extra[column.name] ?? []).entries()) add(column, alias, 0.5 + order / 1000, 0.5 + order / 1000);
    for (const [order, alias] of column.aliases.entries()) add(column, alias, 2 + order / 1000, 3 + order / 1000);
  }
  return byFold;
}

function updateHeader(headers: readonly string[], taken: ReadonlySet<number>): number | null {
  const folded = headers.map(foldHeader);
  for (const name of UPDATE_HEADERS) {
    const position = folded.findIndex((header, index) => header === name && !taken.has(index));
    if (position !== -1) return position;
  }
  return null;
}
