import { type ImportFinding, MOST_LISTED, type RowLedger } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import { KEY_SEPARATOR, tableNamed } from '../../tables/index.ts';
import { rowsOf } from '../../tables/long-table.ts';
import { takeOut } from '../../tables/parts.ts';
import { counted, examples, finding } from '../finding.ts';
import { importableTable } from '../matching/choose-table.ts';
import { foldHeader } from '../matching/fold-header.ts';
import { MALFORMED } from '../reading/stage.ts';
import { TYPED, type TypedFile } from '../typing/typed-rows.ts';

/** One file of an import, once it is stored. */
export interface StoredFile {
  readonly fileId: number;
  readonly table: string;
  /** The source system its rows carry; the headers tell sources without a profile apart. */
  readonly sourceSystem: string;
  readonly headers: readonly string[];
  /** True where the file is said to hold every row that its source has. */
  readonly full: boolean;
  /** True where rows that are gone are to be taken out. */
  readonly removeGone: boolean;
  readonly known: boolean;
  readonly rows: RowLedger;
}

export interface GoneRows {
  readonly findings: ReadonlyMap<number, readonly ImportFinding[]>;
  /** Tables that rows were taken out of. */
  readonly tables: readonly string[];
}

/** Rows that come from no known system. */
export const NO_SYSTEM = 'extract';

const SEEN = 'ingest_seen';
const GONE = 'ingest_gone';
/** From so many rows on, of which a file holds at least this share, one may ask about the others. */
const FEW_ROWS = 20;
const MOST_OF_THEM = 0.8;
/** So many keys stand in the sentence itself. */
const SHOWN = 5;
/** Files without a profile are of one source where their headers agree in this share. */
const ALIKE = 0.5;

/** Makes ready to note which keys full exports hold. */
export async function startSeen(sql: Sql): Promise<void> {
  await sql.run({ text: `CREATE OR REPLACE TEMP TABLE ${SEEN} (file_id INTEGER, source_key VARCHAR)` });
}

/**
 * Notes the keys of the typed file, those of rejected rows too: a row with a wrong date is not gone, one marked as deleted is.
 * Records that could not be cut or say no key are noted without one.
 */
export async function noteSeen(
  sql: Sql,
  fileId: number,
  { typed, delimiter }: { readonly typed: TypedFile; readonly delimiter: string },
): Promise<void> {
  const none = typed.troubles.flatMap((trouble, index) => (trouble.noRecord ? [index + 1] : []));
  const records = none.length === 0 ? 'true' : `coalesce(trouble NOT IN (${none.join(', ')}), true)`;
  await sql.run({
    text: `INSERT INTO ${SEEN} SELECT $fileId, CASE WHEN replace(source_key, ${literal(KEY_SEPARATOR)}, '') <> '' THEN source_key END FROM ${TYPED} WHERE ${records}
      UNION ALL SELECT $fileId, NULL FROM ${MALFORMED} WHERE contains(text, $delimiter)`,
    params: { fileId, delimiter },
  });
}

/**
 * What the source had before and its full export lacks now: said, and taken out only where every file of the export asks for it,
 * in a way that undo brings back. Of a file that is not said to be full, a sentence where it looks like one.
 */
export async function goneRows(sql: Sql, files: readonly StoredFile[], batch: number): Promise<GoneRows> {
  const findings = new Map<number, ImportFinding[]>();
  const tables = new Set<string>();
  const sources = new Map<string, StoredFile[]>();
  for (const file of files) {
    const headers = file.sourceSystem === NO_SYSTEM ? file.headers.map(foldHeader) : [];
    const source = JSON.stringify([file.table, file.sourceSystem, file.full, headers]);
    sources.set(source, [...(sources.get(source) ?? []), file]);
  }
  for (const group of sources.values()) {
    const last = group.at(-1);
    if (!last) continue;
    if (last.full) {
      const found = await takeGone(sql, group, { batch, remove: group.every((file) => file.removeGone) });
      if (found?.removed) tables.add(last.table);
      if (found) findings.set(last.fileId, [found.finding]);
    } else if (group.length === 1 && !last.known) {
      const found = await seemsFull(sql, last);
      if (found) findings.set(last.fileId, [found]);
    }
  }
  return { findings, tables: [...tables] };
}

async function takeGone(
  sql: Sql,
  group: readonly StoredFile[],
  { batch, remove }: { readonly batch: number; readonly remove: boolean },
): Promise<{ readonly finding: ImportFinding; readonly removed: boolean } | null> {
  const [file] = group;
  if (!file) return null;
  const files = group.map((each) => each.fileId).join(', ');
  const rows = `FROM ${identifier(file.table)} t WHERE ${await ofSource(sql, file)}
    AND t.source_key NOT IN (SELECT source_key FROM ${SEEN} WHERE file_id IN (${files}) AND source_key IS NOT NULL)`;
  const params = { system: file.sourceSystem };
  const [gone] = await sql.rows<{ n: number }>({ text: `SELECT count(*) AS n ${rows}`, params });
  if (!gone || gone.n === 0) return null;
  const keys = await sql.rows<{ key: string }>({
    text: `SELECT t.source_key AS key ${rows} ORDER BY key LIMIT ${MOST_LISTED}`,
    params,
  });
  const [unread] = await sql.rows<{ n: number }>({
    text: `SELECT count(*) AS n FROM ${SEEN} WHERE file_id IN (${files}) AND source_key IS NULL`,
  });
  const removed = remove && unread?.n === 0;
  if (removed) {
    await sql.run({
      text: `INSERT INTO superseded_row SELECT $batch, $table, t.source_key, t.batch_id, CAST(to_json(t) AS VARCHAR) ${rows}`,
      params: { ...params, batch, table: file.table },
    });
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE ${GONE} AS SELECT t.source_key ${rows} AND t.source_key IN (
        SELECT source_key FROM superseded_row WHERE batch_id = $batch AND table_name = $table)`,
      params: { ...params, batch, table: file.table },
    });
    const table = importableTable(file.table);
    await takeOut(sql, table, `source_key IN (FROM ${GONE})`);
    await sql.run({ text: `DELETE FROM ${identifier(rowsOf(table))} WHERE source_key IN (FROM ${GONE})` });
  }
  const title = tableNamed(file.table)?.title.toLowerCase() ?? file.table;
  const items = keys.map((each) => each.key.replaceAll(KEY_SEPARATOR, ' '));
  const lost = `${counted(gone.n, 'row')} of ${title} that this source brought before ${gone.n === 1 ? 'is' : 'are'} not in its full export, for example ${examples(items.slice(0, SHOWN))}.`;
  const [were, asTheyAre] = gone.n === 1 ? ['It was', 'as it is'] : ['They were', 'as they are'];
  const fate = removed
    ? { message: `${lost} ${were} taken out.`, fix: `Undo this import to have ${gone.n === 1 ? 'it' : 'them'} back.` }
    : remove
      ? {
          message: `${lost} ${were} left ${asTheyAre}, for ${counted(unread?.n ?? 0, 'rejected row')} of the export ${unread?.n === 1 ? 'says' : 'say'} no key.`,
          fix: 'Correct the rejected rows in the export and import it again.',
        }
      : {
          message: `${lost} ${were} left ${asTheyAre}.`,
          fix: 'To take out what is gone, import the export again and ask for that; undo brings it back.',
        };
  return { finding: finding('gone-from-source', null, gone.n, { ...fate, items }), removed };
}

/** A file that holds most of what its source brought before, and not all, may be a full export from which rows have gone. */
async function seemsFull(sql: Sql, file: StoredFile): Promise<ImportFinding | null> {
  const { inserted, updated, unchanged } = file.rows;
  const met = updated + unchanged;
  if (met < FEW_ROWS * MOST_OF_THEM) return null;
  const [row] = await sql.rows<{ n: number }>({
    text: `SELECT count(*) AS n FROM ${identifier(file.table)} t WHERE ${await ofSource(sql, file)}`,
    params: { system: file.sourceSystem },
  });
  const before = (row?.n ?? 0) - inserted;
  if (before < FEW_ROWS || met >= before || met < before * MOST_OF_THEM) return null;
  const message = `The file holds ${met} of the ${before} rows that its source brought before; it was taken for an export of changes, and the other ${before - met} stay as they are.`;
  const fix = 'If it holds all that its source has, say so: then the rows that are gone are reported.';
  return finding('seems-full', null, before - met, { message, fix });
}

/** The rows of the file's source in its table, as a condition on `t`; takes the parameter `system`. */
async function ofSource(sql: Sql, file: StoredFile): Promise<string> {
  if (file.sourceSystem !== NO_SYSTEM) return 't.source_system = $system';
  const others = await sql.rows<{ id: number; dialect: string }>({
    text: 'SELECT file_id AS id, dialect FROM import_file WHERE table_name = $table',
    params: { table: file.table },
  });
  const alike = others.filter(({ dialect }) => {
    const { headers } = JSON.parse(dialect) as { readonly headers?: readonly string[] };
    return likeness(headers ?? [], file.headers) >= ALIKE;
  });
  return `t.source_system = $system AND t.file_id IN (${[file.fileId, ...alike.map((each) => each.id)].join(', ')})`;
}

function likeness(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [new Set(one.map(foldHeader)), new Set(other.map(foldHeader))];
  const common = [...a].filter((header) => b.has(header)).length;
  return common / Math.max(1, a.size + b.size - common);
}
