import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier } from '../../tables/identifier.ts';
import { rowsOf } from '../../tables/long-table.ts';
import { takeOut } from '../../tables/parts.ts';
import { storedType } from '../../tables/stored-type.ts';
import { currencyFindings } from '../checking/currencies.ts';
import { counted, examples, finding } from '../finding.ts';
import type { TypedFile } from '../typing/typed-rows.ts';
import { setRepeatsAside, WINNERS } from './repeated-keys.ts';
import { sharedSpan } from './shared-span.ts';
import { noteSightings } from './sightings.ts';

export interface StoreRequest {
  readonly table: TableDefinition;
  readonly typed: TypedFile;
  readonly batch: number;
  readonly fileId: number;
  readonly sourceSystem: string;
  /** The workspace's currency. */
  readonly currency: string;
}

export interface StoredCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly duplicate: number;
  readonly findings: readonly ImportFinding[];
}

const FATES = 'ingest_fates';
/** Deals and jobs may end next year or the year after, on record. */
const YEARS_AHEAD = 2;

/** Puts the fit rows of the typed file into their table by source key: new ones in, changed ones over the old, which are kept for undo. */
export async function storeRows(sql: Sql, request: StoreRequest): Promise<StoredCounts> {
  const { table, typed, batch, fileId } = request;
  const { duplicate, differing } = await setRepeatsAside(sql, table, typed);
  const money = await currencyFindings(sql, { relation: WINNERS, table, columns: typed.columns, currency: request.currency });
  const findings = [...repeatFindings(differing), ...money, ...(await checkFindings(sql, request))];
  const within = await sharedSpan(sql, table, typed);
  if (within === null) {
    const inserted = await insertRows(sql, request, WINNERS);
    return { inserted, updated: 0, unchanged: 0, duplicate, findings };
  }
  await decideFates(sql, request, within);
  const fates = await sql.rows<{ fate: string; count: number }>({
    text: `SELECT fate, count(*) AS count FROM ${FATES} GROUP BY fate`,
  });
  const count = (fate: string) => fates.find((each) => each.fate === fate)?.count ?? 0;
  const strangers = await strangerFindings(sql, request);
  const cleared = count('updated') > 0 ? await clearedFindings(sql, request, within) : [];
  if (count('updated') > 0) await updateRows(sql, request, within);
  if (count('unchanged') > 0) {
    const seen = `SELECT line, source_key FROM ${FATES} WHERE fate = 'unchanged'`;
    await noteSightings(sql, { batch, fileId, table: table.name }, seen);
  }
  const fresh = `(SELECT w.* FROM ${WINNERS} w JOIN ${FATES} f ON f.line = w.line WHERE f.fate = 'inserted')`;
  const inserted = count('inserted') > 0 ? await insertRows(sql, request, fresh) : 0;
  return {
    inserted,
    updated: count('updated'),
    unchanged: count('unchanged') + count('older'),
    duplicate,
    findings: [...findings, ...strangers, ...cleared, ...olderFindings(count('older'))],
  };
}

/** Says of each winner whether it is new, changes a row, repeats it, or is older than it. */
async function decideFates(sql: Sql, { table, typed }: StoreRequest, within: string): Promise<void> {
  const changed = typed.columns.map((name) => `t.${identifier(name)} IS DISTINCT FROM w.${identifier(name)}`);
  if (typed.hasExtra) changed.push(`(${mergedExtra}) IS DISTINCT FROM t.extra`);
  if (typed.hasUpdateTime) changed.push('w.updated_at_src IS DISTINCT FROM t.updated_at_src');
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${FATES} AS
      SELECT w.line, w.source_key, t.source_system, CASE WHEN t.source_key IS NULL THEN 'inserted' WHEN w.updated_at_src < t.updated_at_src THEN 'older'
        WHEN ${changed.join(' OR ')} THEN 'updated' ELSE 'unchanged' END AS fate
      FROM ${WINNERS} w LEFT JOIN (${storedAlike(table, within)}) t ON t.source_key = w.source_key`,
  });
}

/** The stored rows that share their key with a winner. They are looked for by their keys alone, so that no other column is read of the rest. */
function storedAlike(table: TableDefinition, within: string): string {
  const from = `FROM ${identifier(table.name)} WHERE ${within}`;
  if (table.long) return `SELECT * ${from}`;
  return `SELECT * ${from} AND rowid IN (SELECT rowid ${from} AND source_key IN (SELECT source_key FROM ${WINNERS}))`;
}

const mergedExtra =
  'CASE WHEN t.extra IS NULL OR w.extra IS NULL THEN coalesce(w.extra, t.extra) ELSE CAST(json_merge_patch(t.extra, w.extra) AS VARCHAR) END';

/** Columns the file lacks keep what is stored; the row as it was goes to `superseded_row` unless this very import brought it. */
async function updateRows(sql: Sql, request: StoreRequest, within: string): Promise<void> {
  const { table, typed, batch, fileId, sourceSystem } = request;
  const updated = `SELECT source_key FROM ${FATES} WHERE fate = 'updated'`;
  await sql.run({
    text: `INSERT INTO superseded_row SELECT $batch, $table, t.source_key, t.batch_id, CAST(to_json(t) AS VARCHAR)
      FROM ${identifier(table.name)} t WHERE t.batch_id <> $batch AND t.source_key IN (${updated})`,
    params: { batch, table: table.name },
  });
  await takeOut(sql, table, `${within} AND source_key IN (${updated})`);
  const sets = [
    ...typed.columns.map((name) => `${identifier(name)} = w.${identifier(name)}`),
    'source_system = $source',
    'batch_id = $batch',
    'file_id = $fileId',
    'line = w.line',
    'updated_at_src = w.updated_at_src',
    `extra = ${mergedExtra}`,
  ];
  await sql.run({
    text: `UPDATE ${identifier(rowsOf(table))} AS t SET ${sets.join(', ')} FROM ${WINNERS} w WHERE w.source_key = t.source_key AND w.source_key IN (${updated})`,
    params: { batch, fileId, source: sourceSystem },
  });
}

async function insertRows(sql: Sql, request: StoreRequest, from: string): Promise<number> {
  const { table, typed, batch, fileId, sourceSystem } = request;
  const own = typed.columns.map(identifier);
  return sql.run({
    text: `INSERT INTO ${identifier(rowsOf(table))} (${[...own, 'source_system', 'batch_id', 'file_id', 'line', 'updated_at_src', 'extra'].join(', ')})
      SELECT ${own.join(', ')}, $source, $batch, $fileId, line, updated_at_src, extra FROM ${from}`,
    params: { batch, fileId, source: sourceSystem },
  });
}

async function checkFindings(sql: Sql, { table, typed }: StoreRequest): Promise<ImportFinding[]> {
  const present = new Set(typed.columns);
  const absent = table.columns.filter((column) => !present.has(column.name));
  const columns = ['*', ...absent.map((column) => `CAST(NULL AS ${storedType(column.type)}) AS ${identifier(column.name)}`)].join(
    ', ',
  );
  if (table.checks.length === 0) return [];
  const times = table.columns.filter(({ name, type, planned }) => type === 'timestamp' && !planned && present.has(name));
  const late = times.map(
    ({ name }, index) =>
      `count(*) FILTER (${identifier(name)} > $soon) AS late${index}, min(line) FILTER (${identifier(name)} > $soon) AS lateFirst${index}`,
  );
  const soon = `${new Date().getUTCFullYear() + YEARS_AHEAD + 1}-01-01`;
  const counts = table.checks.map(
    ({ sql: holds }, index) =>
      `count(*) FILTER (NOT (${holds})) AS count${index}, min(line) FILTER (NOT (${holds})) AS first${index}`,
  );
  const [row] = await sql.rows<Record<string, number | null>>({
    text: `SELECT ${[...counts, ...late].join(', ').replaceAll('$soon', `TIMESTAMP '${soon}'`)} FROM (SELECT ${columns} FROM ${WINNERS})`,
  });
  const ahead = times.flatMap(({ name }, index) => {
    const count = row?.[`late${index}`] ?? 0;
    if (count === 0) return [];
    const message = `${counted(count, 'time')} of ${name} ${count === 1 ? 'lies' : 'lie'} years ahead, after ${soon}, the first on line ${row?.[`lateFirst${index}`]}; ${count === 1 ? 'it was' : 'they were'} taken as written.`;
    const fix = 'Where such days mean none, say so: as a word for no value, or as a sentinel of the source profile.';
    return [finding('years-ahead', name, count, { message, fix })];
  });
  const broken = table.checks.flatMap((check, index) => {
    const count = row?.[`count${index}`] ?? 0;
    if (count === 0) return [];
    const message = `${check.message} ${counted(count, 'row')}, the first on line ${row?.[`first${index}`]}.`;
    const fix = 'Correct the times in the source and import the file again.';
    return [finding(check.code, null, count, { message, fix })];
  });
  return [...broken, ...ahead];
}

/** Values that are stored and that the file leaves empty: an export of changes may mean by that that nothing changed. */
async function clearedFindings(sql: Sql, { table, typed }: StoreRequest, within: string): Promise<ImportFinding[]> {
  const cleared = typed.columns.map((name) => `(t.${identifier(name)} IS NOT NULL AND w.${identifier(name)} IS NULL)`);
  const [row] = await sql.rows<{ counts: string; first: number | null }>({
    text: `SELECT CAST(to_json([${cleared.map((each) => `count(*) FILTER ${each}`).join(', ')}]) AS VARCHAR) AS counts,
        min(w.line) FILTER (${cleared.join(' OR ')}) AS first
      FROM ${WINNERS} w JOIN (${storedAlike(table, within)}) t ON t.source_key = w.source_key
      WHERE w.source_key IN (SELECT source_key FROM ${FATES} WHERE fate = 'updated')`,
  });
  const counts = JSON.parse(row?.counts ?? '[]') as number[];
  const columns = typed.columns.flatMap((name, index) => ((counts[index] ?? 0) > 0 ? [`${name} (${counts[index]})`] : []));
  if (columns.length === 0) return [];
  const sum = counts.reduce((total, each) => total + each, 0);
  const message = `${counted(sum, 'value')} that ${sum === 1 ? 'was' : 'were'} stored ${sum === 1 ? 'is' : 'are'} empty in the file, the first on line ${row?.first}, and ${sum === 1 ? 'was' : 'were'} cleared: ${columns.join(', ')}.`;
  const fix = 'Where an empty cell means that nothing changed, undo this import and export the records whole.';
  return [finding('values-cleared', null, sum, { message, fix })];
}

/** Rows about to be changed that another system brought: two systems may number their records alike. */
async function strangerFindings(sql: Sql, { table, sourceSystem }: StoreRequest): Promise<ImportFinding[]> {
  const found = await sql.rows<{ system: string; count: number; example: string }>({
    text: `SELECT source_system AS system, count(*) AS count, min(source_key) AS example FROM ${FATES}
      WHERE fate = 'updated' AND source_system <> $source GROUP BY source_system ORDER BY system`,
    params: { source: sourceSystem },
  });
  return found.map(({ system, count, example }) => {
    const message = `${counted(count, 'row')} of ${table.title.toLowerCase()} ${count === 1 ? 'has the key of a row' : 'have keys of rows'} that came from ${system}, for example ${examples([example])}; ${count === 1 ? 'it was' : 'they were'} taken for the same and changed.`;
    const fix =
      'Where the two systems number their records on their own, undo this import and put a prefix before the keys of one.';
    return finding('key-of-other-source', null, count, { message, fix });
  });
}

function repeatFindings(differing: number): ImportFinding[] {
  if (differing === 0) return [];
  const message = `${counted(differing, 'key')} occurred with different values in the file; the newest row by update time was taken, or else the last.`;
  return [finding('repeated-key', null, differing, { message, fix: 'Check that the key columns tell rows apart.' })];
}

function olderFindings(older: number): ImportFinding[] {
  if (older === 0) return [];
  const message = `${counted(older, 'row')} ${older === 1 ? 'was' : 'were'} older by the source's update time than what is stored, and changed nothing.`;
  return [finding('older-row', null, older, { message })];
}
