import { WeirError } from '../../contract/errors.ts';
import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import { KEY_SEPARATOR } from '../../tables/index.ts';
import type { LongFile } from '../reading/stage.ts';
import type { AtOnce } from '../typing/long-file.ts';
import type { TypingRequest } from '../typing/typed-rows.ts';

/** The line of a row whose place in the file is not counted yet: until then it has no key, which would be worked out for every row only to see that it can be. */
const NOT_COUNTED = -1;

/** Thrown where a long file is not what its sample had one suppose: the import is done again without supposing it. */
export class NotAsSampled extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`${file} is not written throughout as its first and last rows are`);
    this.file = file;
  }
}

export interface AtOnceRequest {
  readonly typing: TypingRequest;
  readonly long: LongFile;
  readonly rows: AtOnce;
  readonly batch: number;
  readonly fileId: number;
  readonly sourceSystem: string;
}

/**
 * Puts a long file in order of time into its table while it is read, where the sample says that no stored row shares a time
 * with it: its rows are then all new, and none need be compared. Gives how many; null, with nothing done, where that cannot be supposed.
 * What the sample had one suppose is put to the test row by row and, for the keys, afterwards: where it does not hold, rejects with
 * {@link NotAsSampled}, for the import to be done again without supposing it.
 */
export async function storeAtOnce(sql: Sql, request: AtOnceRequest): Promise<number | null> {
  const { typing, long, rows, batch, fileId, sourceSystem } = request;
  const { table } = typing.match;
  const moment = table.columns.find((each) => each.name === table.happensAt && each.required && table.key.includes(each.name));
  const timed = moment && rows.cells.find((each) => each.name === moment.name);
  if (
    !moment ||
    !timed ||
    table.checks.length > 0 ||
    !(await isApart(sql, table, { time: moment.name, value: timed.value, sample: long.sample }))
  ) {
    return null;
  }
  const names = rows.values.map((each) => identifier(each.name));
  const stored = await sql
    .run({
      // Rows that do not pass are missing from the count; the lines are counted afterwards: so several threads read one file.
      text: `INSERT INTO ${identifier(table.name)} (${[...names, 'source_system', 'batch_id', 'file_id', 'line', 'updated_at_src', 'extra'].join(', ')})
        SELECT ${rows.values.map((each) => each.value).join(', ')}, $source, $batch, $fileId, ${NOT_COUNTED}, ${rows.updated}, ${rows.extra}
        FROM (SELECT r.*, ${rows.cells.map((each) => `${each.value} AS ${identifier(each.name)}`).join(', ')} FROM ${long.exactReading} r
          WHERE ${rows.odd.map((odd) => `NOT ${odd}`).join(' AND ')}) r`,
      params: { source: sourceSystem, batch, fileId, file: long.path },
    })
    .catch((thrown: unknown) => {
      if (thrown instanceof WeirError && thrown.code === 'cancelled') throw thrown;
      throw new NotAsSampled(typing.file);
    });
  if (!(await isSound(sql, table, { time: moment.name, beyond: rows.beyond, fileId }))) throw new NotAsSampled(typing.file);
  if (!(await countLines(sql, table, { fileId, rows: stored, firstLine: long.firstLine }))) throw new NotAsSampled(typing.file);
  return stored;
}

/** Gives each row of the file its line: the database numbers rows in the order in which it stored them, which is that of the file. False where it left a number out. */
async function countLines(
  sql: Sql,
  table: TableDefinition,
  { fileId, rows, firstLine }: { readonly fileId: number; readonly rows: number; readonly firstLine: number },
): Promise<boolean> {
  const name = identifier(table.name);
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

/** Whether the sample is in order of time and no stored row lies between its first time and its last. */
async function isApart(
  sql: Sql,
  table: TableDefinition,
  { time, value, sample }: { readonly time: string; readonly value: string; readonly sample: string },
): Promise<boolean> {
  const [span] = await sql.rows<{ least: string; most: string; back: boolean }>({
    text: `SELECT CAST(min(own) AS VARCHAR) AS least, CAST(max(own) AS VARCHAR) AS most, coalesce(bool_or(earlier > own), false) AS back
      FROM (SELECT own, lag(own) OVER (ORDER BY line) AS earlier FROM (SELECT line, ${value} AS own FROM ${sample} r))`,
  });
  if (!span || span.back || span.least === null) return false;
  const [held] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${identifier(table.name)} WHERE ${identifier(time)}
      BETWEEN TIMESTAMP ${literal(span.least)} AND TIMESTAMP ${literal(span.most)}) AS some`,
  });
  return held?.some === false;
}

/** Whether the rows of the file just stored have values that can be, are in order of time, and differ in their keys. */
async function isSound(
  sql: Sql,
  table: TableDefinition,
  { time, beyond, fileId }: { readonly time: string; readonly beyond: readonly string[]; readonly fileId: number },
): Promise<boolean> {
  const own = identifier(time);
  const [order] = await sql.rows<{ back: boolean | null; tied: boolean | null; beyond: boolean | null }>({
    text: `SELECT bool_or(earlier > ${own}) AS back, bool_or(earlier = ${own}) AS tied, bool_or(beyond) AS beyond
      FROM (SELECT ${own}, lag(${own}) OVER () AS earlier, ${['false', ...beyond].join(' OR ')} AS beyond FROM ${identifier(table.name)} WHERE file_id = $fileId)`,
    params: { fileId },
  });
  if (!order || order.back === true || order.beyond === true) return false;
  return order.tied !== true || tiedKeysDiffer(sql, table, { time, fileId });
}

/** Whether rows that share their time with the one before or after them differ in their keys, and none of them holds what joins the parts of a key. */
async function tiedKeysDiffer(
  sql: Sql,
  table: TableDefinition,
  { time, fileId }: { readonly time: string; readonly fileId: number },
): Promise<boolean> {
  const texts = table.columns.filter((each) => table.key.includes(each.name) && ['text', 'category'].includes(each.type));
  const marks = texts.map(({ name }) => `contains(${identifier(name)}, ${literal(KEY_SEPARATOR)})`);
  const own = identifier(time);
  const [row] = await sql.rows<{ rows: number; hashes: number; joined: boolean | null }>({
    text: `SELECT count(*) FILTER (beside) AS rows,
        count(DISTINCT CASE WHEN beside THEN hash(${table.key.map(identifier).join(', ')}) END) AS hashes, ${marks.length > 0 ? `bool_or(beside AND (${marks.join(' OR ')}))` : 'false'} AS joined
      FROM (SELECT *, coalesce(earlier = ${own}, false) OR coalesce(later = ${own}, false) AS beside
        FROM (SELECT ${table.key.map(identifier).join(', ')}, lag(${own}) OVER () AS earlier, lead(${own}) OVER () AS later
          FROM ${identifier(table.name)} WHERE file_id = $fileId))`,
    params: { fileId },
  });
  return row !== undefined && row.rows === row.hashes && row.joined !== true;
}
