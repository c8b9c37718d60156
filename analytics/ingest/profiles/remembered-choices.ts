import { z } from 'zod';
import { type FileChoices, fileChoicesSchema } from '../../contract/file-choices.ts';
import type { Sql } from '../../contract/sql.ts';
import { sourceOfFile } from './decisions.ts';
import { withWords } from './null-words.ts';

/** What was said of a file of a source, and that file. */
export interface RememberedChoices {
  readonly choices: FileChoices;
  readonly file: string;
}

const KIND = 'choices';
const remembered = fileChoicesSchema.catch({});
const parsed = z.string().transform((text): unknown => JSON.parse(text));

/** What a user said last of a file with these headers; null where nothing. What went with an import that was taken back no longer counts. */
export async function rememberedChoices(sql: Sql, headers: readonly string[]): Promise<RememberedChoices | null> {
  const [row] = await sql.rows<{ choice: string; file: string }>({
    text: `SELECT d.choice, d.file FROM source_decision d JOIN import_batch b USING (batch_id) WHERE b.undone_at IS NULL
      AND d.source = $source AND d.kind = $kind ORDER BY d.batch_id DESC, d.rowid DESC LIMIT 1`,
    params: { source: sourceOfFile(headers, null).known, kind: KIND },
  });
  if (!row) return null;
  const choices = remembered.parse(parsed.parse(row.choice));
  return Object.keys(choices).length === 0 ? null : { choices, file: row.file };
}

/** Notes what a user said of a file, for the next ones of its source. */
export async function rememberChoices(
  sql: Sql,
  about: { readonly headers: readonly string[]; readonly file: string; readonly batch: number },
  choices: FileChoices,
): Promise<void> {
  await sql.run({
    text: `INSERT INTO source_decision VALUES ($source, '', '', $kind, $choice, '', $file, $batch)`,
    params: {
      source: sourceOfFile(about.headers, null).known,
      kind: KIND,
      choice: JSON.stringify(choices),
      file: about.file,
      batch: about.batch,
    },
  });
}

/**
 * The part of what is said of a file that holds for its source: not how its bytes become rows, which must be known before the
 * headers by which a source is told, nor whether this one file holds all of it.
 */
export function choicesOfSource(choices: FileChoices): FileChoices {
  const {
    encoding: _encoding,
    delimiter: _delimiter,
    quote: _quote,
    headerLine: _line,
    part: _part,
    afresh: _afresh,
    full: _full,
    removeGone: _removeGone,
    ...rest
  } = choices;
  return rest;
}

/** What was said of the source with what is said of this file, which goes before it; of another table the columns are not the same. */
export function withRemembered(before: FileChoices | null, now: FileChoices, table: string | null): FileChoices {
  if (before === null) return now;
  const { columns: columnsBefore = {}, ...rest } = before;
  const sameTable = table === null || table === before.table;
  const columns = { ...(sameTable ? columnsBefore : {}) };
  for (const [header, said] of Object.entries(now.columns ?? {}))
    columns[header] = { ...columns[header], ...said, ...withWords(columns[header] ?? {}, said) };
  return { ...rest, ...now, ...withWords(rest, now), ...(Object.keys(columns).length > 0 ? { columns } : {}) };
}
