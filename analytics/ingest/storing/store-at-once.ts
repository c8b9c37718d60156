import { WeirError } from '../../contract/errors.ts';
import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import { KEY_SEPARATOR } from '../../tables/index.ts';
import { rowsOf, within } from '../../tables/long-table.ts';
import { createPart, keepPart, mayBePart } from '../../tables/parts.ts';
import type { LongFile } from '../reading/stage.ts';
import { asTheyAre, columnOf, compactCells } from '../typing/compact-cells.ts';
import type { AtOnce, SupposedCell } from '../typing/long-file.ts';
import type { TypingRequest } from '../typing/typed-rows.ts';

/** The line of a row whose place in the file is not counted yet: until then it has no key, which would be worked out for every row only to see that it can be. */
const NOT_COUNTED = -1;

/** Thrown where a long file is not what its sample had one suppose: the import is done again without supposing it. */
export class NotAsSampled extends Error {
  readonly file: string;
  /** True where it may still be so if its columns are stored as they are. */
  readonly onlyCompact: boolean;
  constructor(file: string, onlyCompact = false) {
    super(`${file} is not written throughout as its first and last rows are`);
    this.file = file;
    this.onlyCompact = onlyCompact;
  }
}

export interface AtOnceRequest {
  readonly typing: TypingRequest;
  readonly long: LongFile;
  readonly rows: AtOnce;
  readonly batch: number;
  readonly fileId: number;
  readonly sourceSystem: string;
  /** Whether columns may be stored in less room where parts of the file from everywhere let one suppose that they can. */
  readonly compact: boolean;
}

/** From so many rows on a file of a long table is a part of it. */
const PART_ROWS = 100_000;

/**
 * Puts a long file into its table while it is read, where the sample says that no stored row shares a time
 * with it: its rows are then all new, and none need be compared. Gives how many; null, with nothing done, where that cannot be supposed.
 * What the sample had one suppose is put to the test row by row and, for the keys, afterwards: where it does not hold, rejects with
 * {@link NotAsSampled}, for the import to be done again without supposing it.
 */
export async function storeAtOnce(sql: Sql, request: AtOnceRequest): Promise<number | null> {
  const { typing, long, rows } = request;
  const { table } = typing.match;
  const moment = table.columns.find((each) => each.name === table.happensAt && each.required && table.key.includes(each.name));
  const timed = moment && rows.cells.find((each) => each.name === moment.name);
  if (!moment || !timed || table.checks.length > 0 || !(await isApart(sql, table, { ...timed, sample: long.sample })))
    return null;
  const isPart = long.rows >= PART_ROWS && (await mayBePart(sql, table));
  return isPart ? storePart(sql, request, moment.name) : storeSingly(sql, request, moment.name);
}

/** Puts the rows into a table of their own, in which only what differs from row to row is stored. */
async function storePart(sql: Sql, request: AtOnceRequest, time: string): Promise<number> {
  const { typing, long, rows, compact } = request;
  const { table } = typing.match;
  const cells = compact
    ? await compactCells(sql, table, { cells: rows.cells, spread: await long.spread().catch(asUnlike(typing.file)) })
    : rows.cells.map(asTheyAre(table));
  const own = rows.values.map(({ name, value }) => {
    const cell = cells.find((each) => value === identifier(name) && each.name === name);
    return { name, value, type: cell?.type ?? columnOf(table, name) };
  });
  const more = [
    ...(rows.updated === null ? [] : [{ name: 'updated_at_src', value: rows.updated, type: 'TIMESTAMP' }]),
    ...(rows.extra === null ? [] : [{ name: 'extra', value: rows.extra, type: 'VARCHAR' }]),
  ];
  const columns = [...own, ...more];
  const part = { ...request, table, firstLine: long.firstLine };
  const name = identifier(await createPart(sql, part, columns));
  const stored = await sql
    .run({
      text: `INSERT INTO ${name} SELECT ${columns.map((each) => each.value).join(', ')} FROM (${plainRows(request, cells)}) r`,
      params: { file: long.path },
    })
    .catch(asUnlike(typing.file));
  const isSoundPart = await isSound(sql, table, { time, beyond: rows.beyond, from: name, others: identifier(table.name) });
  if (!isSoundPart || !(await keepPart(sql, part, { columns, rows: stored }))) throw new NotAsSampled(typing.file);
  return stored;
}

async function storeSingly(sql: Sql, request: AtOnceRequest, time: string): Promise<number> {
  const { typing, long, rows, batch, fileId, sourceSystem } = request;
  const { table } = typing.match;
  const names = rows.values.map((each) => identifier(each.name));
  const name = identifier(rowsOf(table));
  const stored = await sql
    .run({
      // Rows that do not pass are missing from the count; the lines are counted afterwards: so several threads read one file.
      text: `INSERT INTO ${name} (${[...names, 'source_system', 'batch_id', 'file_id', 'line', 'updated_at_src', 'extra'].join(', ')})
        SELECT ${rows.values.map((each) => each.value).join(', ')}, $source, $batch, $fileId, ${NOT_COUNTED},
          ${rows.updated ?? 'CAST(NULL AS TIMESTAMP)'}, ${rows.extra ?? 'CAST(NULL AS VARCHAR)'} FROM (${plainRows(request, rows.cells)}) r`,
      params: { source: sourceSystem, batch, fileId, file: long.path },
    })
    .catch(asUnlike(typing.file));
  const from = `(FROM ${name} WHERE file_id = ${Math.trunc(fileId)})`;
  const others = `(FROM ${identifier(table.name)} WHERE file_id <> ${Math.trunc(fileId)})`;
  const isRight =
    (await isSound(sql, table, { time, beyond: rows.beyond, from, others })) &&
    (await countLines(sql, name, { fileId, rows: stored, firstLine: long.firstLine }));
  if (!isRight) throw new NotAsSampled(typing.file);
  return stored;
}

/** The rows of the file that are written as the sample has it, with the value of each column beside its text. */
function plainRows({ long, rows }: AtOnceRequest, cells: readonly SupposedCell[]): string {
  const tests = [rows.header, ...cells.map((each) => each.odd)].filter((odd) => odd !== 'false');
  return `SELECT r.*, ${cells.map((each) => `${each.value} AS ${identifier(each.name)}`).join(', ')} FROM ${long.exactReading} r
    WHERE ${tests.map((odd) => `NOT ${odd}`).join(' AND ')}`;
}

/** What follows from a statement that fails on the rows of a file: they are not written as its sample is. */
function asUnlike(file: string): (thrown: unknown) => never {
  return (thrown) => {
    if (!(thrown instanceof WeirError) || thrown.code === 'cancelled') throw thrown;
    throw new NotAsSampled(file, HAS_OTHER_TEXT.test(thrown.detail ?? ''));
  };
}

/** A column holds a text that has no number, for the parts of the file that were looked at do not hold it. */
const HAS_OTHER_TEXT = /Could not convert string .* to UINT(8|16|32)/s;

/** Gives each row of the file its line: the database numbers rows in the order in which it stored them, which is that of the file. False where it left a number out. */
async function countLines(
  sql: Sql,
  name: string,
  { fileId, rows, firstLine }: { readonly fileId: number; readonly rows: number; readonly firstLine: number },
): Promise<boolean> {
  const [span] = await sql.rows<{ least: string; count: string }>({
    text: `SELECT CAST(min(rowid) AS VARCHAR) AS least, CAST(max(rowid) - min(rowid) + 1 AS VARCHAR) AS count FROM ${name} WHERE file_id = $fileId`,
    params: { fileId },
  });
  if (!span || span.count !== String(rows)) return false;
  await sql.run({
    text: `UPDATE ${name} SET line = rowid - ${BigInt(span.least)} + ${firstLine} WHERE file_id = $fileId`,
    params: { fileId },
  });
  return true;
}

/** Whether no stored row lies between the first time of the sample and its last. */
async function isApart(
  sql: Sql,
  table: TableDefinition,
  { name, value, sample }: { readonly name: string; readonly value: string; readonly sample: string },
): Promise<boolean> {
  const ends = await endsOf(sql, `(SELECT ${value} AS own FROM ${sample} r)`, 'own');
  return ends !== null && !(await holdsBetween(sql, table, { name, ends, others: identifier(table.name) }));
}

type Ends = readonly [least: string, most: string];

/** The first and the last time of a relation, as SQL; null where it has none. */
async function endsOf(sql: Sql, from: string, time: string): Promise<Ends | null> {
  const [span] = await sql.rows<{ least: string | null; most: string | null }>({
    text: `SELECT CAST(min(${time}) AS VARCHAR) AS least, CAST(max(${time}) AS VARCHAR) AS most FROM ${from}`,
  });
  return span?.least && span.most ? [`TIMESTAMP ${literal(span.least)}`, `TIMESTAMP ${literal(span.most)}`] : null;
}

async function holdsBetween(
  sql: Sql,
  table: TableDefinition,
  { name, ends, others }: { readonly name: string; readonly ends: Ends; readonly others: string },
): Promise<boolean> {
  const [held] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${others} WHERE ${within(table, name, ends)}) AS some`,
  });
  return held?.some !== false;
}

/** Where the rows just stored lie, and all others of their table, each as what follows FROM. */
interface JustStored {
  readonly time: string;
  readonly beyond: readonly string[];
  readonly from: string;
  readonly others: string;
}

/**
 * Whether the rows just stored have values that can be, lie apart from all others, and differ in their keys. Of rows in order of time,
 * which lie as far apart as those of the sample, only such as share their time with the row beside them can have one key.
 */
async function isSound(sql: Sql, table: TableDefinition, { time, beyond, from, others }: JustStored): Promise<boolean> {
  const own = identifier(time);
  const [order] = await sql.rows<{ back: boolean | null; tied: boolean | null; beyond: boolean | null }>({
    text: `SELECT bool_or(earlier > ${own}) AS back, bool_or(earlier = ${own}) AS tied, bool_or(beyond) AS beyond
      FROM (SELECT ${own}, lag(${own}) OVER () AS earlier, ${['false', ...beyond].join(' OR ')} AS beyond FROM ${from})`,
  });
  if (!order || order.beyond === true) return false;
  if (order.back !== true) return order.tied !== true || keysDiffer(sql, table, from, { besides: own });
  const ends = await endsOf(sql, from, own);
  return ends !== null && !(await holdsBetween(sql, table, { name: time, ends, others })) && keysDiffer(sql, table, from);
}

/** Whether rows differ in their keys, and none of them holds what joins the parts of a key: all rows, or those of which a row beside them has the same value. */
async function keysDiffer(
  sql: Sql,
  table: TableDefinition,
  from: string,
  { besides }: { readonly besides?: string } = {},
): Promise<boolean> {
  const [columns] = await sql.rows<Record<string, unknown>>({ text: `SELECT * FROM ${from} LIMIT 1` });
  const key = table.columns.filter((each) => table.key.includes(each.name) && columns && each.name in columns);
  const texts = key.filter((each) => ['text', 'category'].includes(each.type));
  const marks = texts.map(({ name }) => `contains(CAST(${identifier(name)} AS VARCHAR), ${literal(KEY_SEPARATOR)})`);
  const names = key.map((each) => identifier(each.name)).join(', ');
  const tied = `(SELECT * FROM (SELECT ${names}, lag(${besides}) OVER () AS earlier, lead(${besides}) OVER () AS later FROM ${from})
    WHERE earlier = ${besides} OR later = ${besides})`;
  const [row] = await sql.rows<{ same: boolean | null; joined: boolean | null }>({
    text: `SELECT bool_or(hash = before) AS same, bool_or(joined) AS joined FROM (SELECT hash, joined, lag(hash) OVER (ORDER BY hash) AS before
      FROM (SELECT hash(${names}) AS hash, ${marks.join(' OR ') || 'false'} AS joined FROM ${besides === undefined ? from : tied}))`,
  });
  return row !== undefined && row.same !== true && row.joined !== true;
}
