import { WeirError } from '../../contract/errors.ts';
import type { OpenQuestion } from '../../contract/import-preview.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { TABLES, tableNamed } from '../../tables/index.ts';
import { headersKnown } from '../profiles/recognise.ts';
import type { SourceProfile } from '../profiles/source-profile.ts';
import { Undecided } from '../understanding/undecided.ts';
import { foldHeader } from './fold-header.ts';
import { type ColumnMatch, isSpelling } from './match-columns.ts';
import { matchTold, refuseMistold, type ToldColumns } from './told-columns.ts';

const EVEN = 0.05;
/** A table that knows two headers more than any other needs no header of its own. */
const FAR_AHEAD = 2;
const NOTHING: ToldColumns = new Map();

/** What the columns of a file are matched by. */
interface Known {
  readonly profile: SourceProfile | null;
  /** What a user said of headers. */
  readonly columns: ToldColumns;
}

/**
 * The number of headers that the table which knows most of them recognises, by itself or by one of `profiles`: how the header row
 * of a file is told.
 */
export function recognised(
  headers: readonly string[],
  profile: SourceProfile | null,
  profiles: readonly SourceProfile[] = [],
): number {
  const known = headersKnown(headers, profile ? [profile] : profiles);
  // Most rows that are judged are data: a profile's spellings are among those counted.
  if (known === 0 && !headers.some(isSpelling)) return 0;
  return Math.max(known, ...matches(headers, { profile, columns: NOTHING }).map((match) => match.columns.size));
}

/** The table that `headers` fit best, or the one asked for. Refuses where none fits and where two fit equally well. */
export function chooseTable(
  file: string,
  headers: readonly string[],
  wanted: Known & {
    /** The sheet of a workbook that the headers are of, and its others; null of any other file. */
    readonly sheet?: { readonly name: string; readonly others: readonly string[] } | null;
    readonly table: string | null;
    /** The table whose headers these are in the profile; taken where the file has all that it needs. */
    readonly told?: string | null;
  },
): ColumnMatch {
  const match = fittingTable(file, headers, wanted);
  refuseMistold(match, headers, wanted.columns);
  return match;
}

function fittingTable(file: string, headers: readonly string[], wanted: Parameters<typeof chooseTable>[2]): ColumnMatch {
  if (wanted.table !== null) return matchWanted(file, headers, { ...wanted, table: wanted.table });
  if (wanted.told) {
    const match = matchTable(importableTable(wanted.told), headers, wanted);
    if (match.missing.length === 0) return match;
  }
  const all = matches(headers, wanted);
  const [best, second] = all.filter((match) => match.missing.length === 0).sort((a, b) => b.score - a.score);
  if (!best) throw noTable(file, all, wanted.sheet ?? null);
  if (second && best.score - second.score < EVEN) {
    throw ambiguous(file, [best, second]);
  }
  const ahead = best.score - (second?.score ?? 0);
  if (ahead < FAR_AHEAD && !isTold(best, headers, wanted)) throw unsure(file, headers, all);
  return best;
}

/** Spellings of headers that name a column of one table only, and the key of it by its own name: what tells tables apart. */
const TELLING = new Map(
  TABLES.map((table) => {
    const others = new Set(TABLES.filter((each) => each !== table).flatMap(spellingsOf));
    return [table, new Set([...spellingsOf(table).filter((each) => !others.has(each)), ...table.key.map(foldHeader)])];
  }),
);

function spellingsOf({ columns }: TableDefinition): string[] {
  return columns.flatMap(({ name, aliases }) => [name, ...aliases].map(foldHeader));
}

/** True where something besides words such as `id`, `date` and `amount`, which many tables have, says which table it is. */
function isTold(match: ColumnMatch, headers: readonly string[], { profile, columns }: Known): boolean {
  const telling = TELLING.get(match.table);
  const named = Object.values(profile?.tables[match.table.name]?.columns ?? {})
    .flat()
    .map(foldHeader);
  return [...match.columns.values(), ...match.rivals.keys()].some((position) => {
    const header = foldHeader(headers[position] ?? '');
    return columns.has(position) || telling?.has(header) || named.includes(header);
  });
}

/** The canonical table called `name`; refuses with the list of tables. */
export function importableTable(name: string): TableDefinition {
  const table = tableNamed(name);
  if (table && TABLES.includes(table)) return table;
  throw new WeirError('table-unknown', { table: name, known: TABLES.map((each) => each.name).join(', ') });
}

function matches(headers: readonly string[], known: Known): ColumnMatch[] {
  return TABLES.map((table) => matchTable(table, headers, known));
}

/** How `headers` fit one table; what it lacks is no refusal yet. */
export function matchTable(table: TableDefinition, headers: readonly string[], { profile, columns }: Known): ColumnMatch {
  return matchTold(table, headers, { aliases: profile?.tables[table.name]?.columns ?? null, told: columns });
}

function matchWanted(file: string, headers: readonly string[], wanted: Known & { readonly table: string }): ColumnMatch {
  const match = matchTable(importableTable(wanted.table), headers, wanted);
  // A column that does not exist is why another lacks.
  refuseMistold(match, headers, wanted.columns);
  if (match.missing.length === 0) return match;
  throw new WeirError('file-lacks-columns', { file, table: wanted.table, columns: lacking(match) });
}

function ambiguous(file: string, [first, second]: readonly [ColumnMatch, ColumnMatch]): Undecided {
  const questions = askTable('The columns fit two tables equally well.', [first, second]);
  return new Undecided('file-ambiguous', { file, first: first.table.name, second: second.table.name }, { questions });
}

function unsure(file: string, headers: readonly string[], all: readonly ColumnMatch[]): Undecided {
  const fitting = all.filter((match) => match.missing.length === 0).sort((a, b) => b.score - a.score);
  const questions = askTable('The columns have names that many tables have.', fitting);
  const taken = [...new Set(fitting.flatMap((match) => [...match.columns.values()]))].sort((a, b) => a - b);
  const known = taken.map((position) => headers[position] ?? '').join(', ');
  return new Undecided(
    'file-unsure',
    { file, known, tables: fitting.map(({ table }) => table.name).join(' or ') },
    { questions },
  );
}

function askTable(why: string, matches: readonly ColumnMatch[]): OpenQuestion[] {
  const answers = matches.map(({ table }) => ({ value: table.name, label: `${table.title}: ${table.grain}`, examples: [] }));
  return [{ kind: 'table', header: null, text: `${why} What is one row of the file?`, answers }];
}

/** Nearest is the table that recognises the greatest share of the headers less the share of its required columns that lack. */
function noTable(file: string, all: readonly ColumnMatch[], sheet: Parameters<typeof chooseTable>[2]['sheet'] | null): WeirError {
  const nearness = (match: ColumnMatch) =>
    match.score - 2 * (match.missing.length / Math.max(1, match.table.columns.filter((column) => column.required).length));
  const [nearest] = [...all].sort((a, b) => nearness(b) - nearness(a));
  if (!nearest) throw new Error('There are no tables');
  if (!sheet && all.every((match) => match.columns.size === 0)) return new WeirError('file-no-header', { file });
  const facts = { file, table: nearest.table.name, columns: lacking(nearest) };
  if (!sheet || sheet.others.length === 0) return new WeirError('file-no-table', facts);
  return new WeirError('sheet-no-table', { ...facts, sheet: sheet.name, others: sheet.others.join(', ') });
}

function lacking(match: ColumnMatch): string {
  return match.missing.map((column) => column.name).join(', ');
}
