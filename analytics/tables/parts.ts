import type { Sql } from '../contract/sql.ts';
import type { TableDefinition } from './definition.ts';
import { identifier, literal } from './identifier.ts';
import { keyOf, rowColumns } from './index.ts';
import { partName, rowsOf, SECOND, secondOf } from './long-table.ts';
import { columnType } from './stored-type.ts';

/** The long files that are tables of their own, each with its columns: `first_row` is the number of the first row while its transaction lasts, `first_line` its line in the file. */
export const PARTS_TABLE = `CREATE TABLE IF NOT EXISTS table_part (table_name VARCHAR, batch_id INTEGER, file_id INTEGER, source_system VARCHAR,
  first_row BIGINT, first_line BIGINT, columns VARCHAR)`;

/** A view over more of them costs every statement more than they spare. */
const MOST_PARTS = 12;

interface Part {
  readonly batch: number;
  readonly fileId: number;
  readonly sourceSystem: string;
  readonly firstRow: string;
  readonly firstLine: number;
  readonly columns: readonly string[];
}

/** A column of a part, as it is stored: in less room than the table would give it where the file lets it. */
export interface PartColumn {
  readonly name: string;
  readonly type: string;
}

/** A file that becomes a part. */
export interface NewPart {
  readonly table: TableDefinition;
  readonly batch: number;
  readonly fileId: number;
  readonly sourceSystem: string;
  readonly firstLine: number;
}

/** Whether a long file of the table may become a part. */
export async function mayBePart(sql: Sql, table: TableDefinition): Promise<boolean> {
  return table.long === true && (await partsOf(sql, table)).length < MOST_PARTS;
}

/** Makes the empty table of a part; gives its name. What every row of it shares, and its columns that the file lacks, take no room. */
export async function createPart(
  sql: Sql,
  { table, fileId }: Pick<NewPart, 'table' | 'fileId'>,
  columns: readonly PartColumn[],
): Promise<string> {
  const name = partName(table, fileId);
  await sql.run({
    text: `CREATE TABLE ${identifier(name)} (${columns.map((each) => `${identifier(each.name)} ${each.type}`).join(', ')})`,
  });
  return name;
}

/** Makes a filled part one of its table. False where its rows are not numbered in the order of the file: `rows` is how many it has. */
export async function keepPart(
  sql: Sql,
  part: NewPart,
  { columns, rows }: { readonly columns: readonly PartColumn[]; readonly rows: number },
): Promise<boolean> {
  const [span] = await sql.rows<{ least: string; count: string }>({
    text: `SELECT CAST(min(rowid) AS VARCHAR) AS least, CAST(max(rowid) - min(rowid) + 1 AS VARCHAR) AS count FROM ${identifier(partName(part.table, part.fileId))}`,
  });
  if (!span || span.count !== String(rows)) return false;
  await sql.run({
    text: 'INSERT INTO table_part VALUES ($table, $batch, $fileId, $source, CAST($firstRow AS BIGINT), $firstLine, $columns)',
    params: {
      table: part.table.name,
      batch: part.batch,
      fileId: part.fileId,
      source: part.sourceSystem,
      firstRow: span.least,
      firstLine: part.firstLine,
      columns: columns.map((each) => each.name).join(),
    },
  });
  await showTable(sql, part.table);
  return true;
}

/** Makes the view of a long table over all that it consists of. */
export async function showTable(sql: Sql, table: TableDefinition): Promise<void> {
  const own = [...rowColumns(table), { name: 'source_key' }].map(({ name }) => identifier(name)).join(', ');
  const rows = `SELECT ${own}, ${secondOf(identifier(timeOf(table)))} FROM ${identifier(rowsOf(table))}`;
  const parts = (await partsOf(sql, table)).map((part) => relationOf(table, part));
  await sql.run({ text: `CREATE OR REPLACE VIEW ${identifier(table.name)} AS ${[rows, ...parts].join(' UNION ALL ')}` });
}

/** Which rows of a long table are read. */
export interface Sought {
  /** Those of which a column holds a `value` of a relation of texts. */
  readonly column: string;
  readonly values: string;
  /** Those from the one instant to before the other: SQL of times in whole seconds; null: from the first row on. */
  readonly from: string | null;
  readonly until: string;
}

/**
 * The rows of a long table as they are stored, a relation for those that stand singly and one for each part, with the named columns and the
 * second in which a row happened: what is grouped, joined or sought by them is so by numbers.
 */
export async function storedRows(
  sql: Sql,
  table: TableDefinition,
  names: readonly string[],
  sought: Sought | null = null,
): Promise<string[]> {
  const relation = async (from: string, columns: readonly string[]) => {
    const only = sought ? ` WHERE ${await isSought(sql, table, from, sought)}` : '';
    return `(SELECT ${columns.join(', ')}, ${secondOf(identifier(timeOf(table)))} FROM ${from}${only})`;
  };
  const relations = [await relation(identifier(rowsOf(table)), names.map(identifier))];
  for (const part of await partsOf(sql, table)) {
    const columns = names.map(
      (name) => `${part.columns.includes(name) ? identifier(name) : sharedOf(table, part, name)} AS ${identifier(name)}`,
    );
    relations.push(await relation(identifier(partName(table, part.fileId)), columns));
  }
  return relations;
}

/** Texts and times that are stored as numbers are compared as such: to spell out each costs several times as much. */
async function isSought(sql: Sql, table: TableDefinition, from: string, sought: Sought): Promise<string> {
  const [name, time] = [identifier(sought.column), identifier(timeOf(table))];
  const isStored = await storedForms(sql, [from], [sought.column, timeOf(table)]);
  const instant = (text: string) => (isStored(0, timeOf(table), 'TIMESTAMP_S') ? `CAST(${text} AS TIMESTAMP_S)` : text);
  const codes = `SELECT code FROM ${codesOf(from, sought.column)} c SEMI JOIN (${sought.values}) wanted ON wanted.value = c.word`;
  const conditions = [
    ...(sought.from === null ? [] : [`${time} >= ${instant(sought.from)}`]),
    `${time} < ${instant(sought.until)}`,
    isStored(0, sought.column, 'ENUM') ? `${codeOf(name)} IN (${codes})` : `${name} IN (${sought.values})`,
  ];
  return conditions.join(' AND ');
}

/** Tells of several relations whether a column of one is stored as a type: `ENUM` where its texts are numbers. */
export async function storedForms(
  sql: Sql,
  relations: readonly string[],
  names: readonly string[],
): Promise<(relation: number, name: string, type: string) => boolean> {
  const columns = await sql.rows<{ relation: number; name: string; type: string }>({
    text: relations
      .map(
        (from, relation) =>
          `SELECT ${relation} AS relation, column_name AS name, regexp_extract(column_type, '^[A-Z_]+') AS type FROM (DESCRIBE SELECT ${names.map(identifier).join(', ')} FROM ${from} e)`,
      )
      .join(' UNION ALL '),
  });
  return (relation, name, type) =>
    columns.some((column) => column.relation === relation && column.name === name && column.type === type);
}

/** The texts of a column that is stored as numbers, and these, a relation `(word, code)`. */
export function codesOf(from: string, column: string): string {
  return `(SELECT unnest(words) AS word, CAST(unnest(range(len(words))) AS INTEGER) AS code
    FROM (SELECT enum_range((SELECT e.${identifier(column)} FROM ${from} e LIMIT 1)) AS words) listed)`;
}

/** The number of a text of such a column; null where it has none. */
export function codeOf(column: string): string {
  return `CAST(enum_code(${column}) AS INTEGER)`;
}

/** How many rows a long table has, as SQL that reads none of them. */
export async function countOf(sql: Sql, table: TableDefinition): Promise<string> {
  const tables = [rowsOf(table), ...(await partsOf(sql, table)).map((part) => partName(table, part.fileId))];
  return tables.map((name) => `(SELECT count(*) FROM ${identifier(name)})`).join(' + ');
}

/** The rows of one imported file of a table, with its own columns as they are stored: what is grouped by them is grouped by numbers. */
export async function storedRowsOf(sql: Sql, table: TableDefinition, fileId: number): Promise<string> {
  const part = (await partsOf(sql, table)).find((each) => each.fileId === fileId);
  const rows = `FROM ${identifier(rowsOf(table))} WHERE file_id = ${Math.trunc(fileId)}`;
  if (!part) return `(SELECT * ${rows})`;
  const own = table.columns.filter((each) => part.columns.includes(each.name)).map((each) => identifier(each.name));
  const [taken] = await sql.rows<{ some: boolean }>({ text: `SELECT EXISTS (${rows}) AS some` });
  return taken?.some
    ? `(SELECT * FROM ${identifier(table.name)} WHERE file_id = ${Math.trunc(fileId)})`
    : `(SELECT ${own.join(', ')} FROM ${identifier(partName(table, fileId))})`;
}

/** Puts rows of parts among those that may change: those of which `condition` is true, over a row of the table. */
export async function takeOut(sql: Sql, table: TableDefinition, condition: string): Promise<void> {
  const names = rowColumns(table)
    .map(({ name }) => identifier(name))
    .join(', ');
  let any = false;
  for (const part of await partsOf(sql, table)) {
    const [held] = await sql.rows<{ some: boolean }>({
      text: `SELECT EXISTS (SELECT 1 FROM (${relationOf(table, part)}) WHERE ${condition}) AS some`,
    });
    if (!held?.some) continue;
    any = true;
    const numbered = await number(sql, table, part);
    await sql.run({
      text: `INSERT INTO ${identifier(rowsOf(table))} (${names}) SELECT ${names} FROM (${relationOf(table, numbered)}) WHERE ${condition}`,
    });
    await sql.run({
      text: `DELETE FROM ${identifier(partName(table, part.fileId))} WHERE line IN (SELECT line FROM ${identifier(rowsOf(table))} WHERE file_id = $fileId)`,
      params: { fileId: part.fileId },
    });
  }
  if (any) await showTable(sql, table);
}

/** Drops the parts that an import brought. */
export async function dropParts(sql: Sql, table: TableDefinition, batch: number): Promise<void> {
  const parts = (await partsOf(sql, table)).filter((each) => each.batch === batch);
  if (parts.length === 0) return;
  await sql.run({
    text: 'DELETE FROM table_part WHERE table_name = $table AND batch_id = $batch',
    params: { table: table.name, batch },
  });
  await showTable(sql, table);
  for (const part of parts) await sql.run({ text: `DROP TABLE ${identifier(partName(table, part.fileId))}` });
}

/** Writes down the line of every row: until one is taken out, it follows from the place of the row. */
async function number(sql: Sql, table: TableDefinition, part: Part): Promise<Part> {
  if (part.columns.includes('line')) return part;
  const name = identifier(partName(table, part.fileId));
  await sql.run({ text: `ALTER TABLE ${name} ADD COLUMN line BIGINT` });
  await sql.run({ text: `UPDATE ${name} SET line = ${lineOf(part)}` });
  await sql.run({
    text: `UPDATE table_part SET columns = columns || ',line' WHERE table_name = $table AND file_id = $fileId`,
    params: { table: table.name, fileId: part.fileId },
  });
  return { ...part, columns: [...part.columns, 'line'] };
}

/** Rows are numbered from 0 once they are committed, and from a large number before. */
function lineOf({ columns, firstRow, firstLine }: Part): string {
  if (columns.includes('line')) return 'line';
  return `${BigInt(firstRow) === 0n ? 'rowid' : `rowid % ${BigInt(firstRow)}`} + ${Math.trunc(firstLine)}`;
}

async function partsOf(sql: Sql, table: TableDefinition): Promise<Part[]> {
  if (!table.long) return [];
  const parts = await sql.rows<Omit<Part, 'columns'> & { columns: string }>({
    text: `SELECT batch_id AS batch, file_id AS "fileId", source_system AS "sourceSystem", CAST(first_row AS VARCHAR) AS "firstRow", first_line AS "firstLine", columns
      FROM table_part WHERE table_name = $table ORDER BY file_id`,
    params: { table: table.name },
  });
  return parts.map((part) => ({ ...part, columns: part.columns.split(',') }));
}

/** A part as the rows of its table. */
function relationOf(table: TableDefinition, part: Part): string {
  const stored = rowColumns(table);
  const columns = stored.map(({ name, type }) => {
    const value = part.columns.includes(name) ? identifier(name) : sharedOf(table, part, name);
    return `CAST(${value} AS ${type}) AS ${identifier(name)}`;
  });
  const names = stored.map(({ name }) => identifier(name));
  return `SELECT ${names.join(', ')}, ${keyOf(table)} AS source_key, ${SECOND}
    FROM (SELECT ${columns.join(', ')}, ${secondOf(`p.${identifier(timeOf(table))}`)} FROM ${identifier(partName(table, part.fileId))} p)`;
}

/** What every row of a part has in a column that is none of its own. */
function sharedOf(table: TableDefinition, part: Part, name: string): string {
  if (name === 'line') return lineOf(part);
  if (name === 'source_system') return literal(part.sourceSystem);
  if (name === 'batch_id') return String(Math.trunc(part.batch));
  if (name === 'file_id') return String(Math.trunc(part.fileId));
  const column = table.columns.find((each) => each.name === name);
  return column ? `CAST(NULL AS ${columnType(table, column)})` : 'NULL';
}

function timeOf(table: TableDefinition): string {
  if (table.happensAt === null) throw new Error(`${table.name} is long, and its rows happen at no time`);
  return table.happensAt;
}
