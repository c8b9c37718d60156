import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import { KEY_SEPARATOR } from '../../tables/index.ts';
import { TYPED, type TypedFile } from '../typing/typed-rows.ts';

/** The fit rows of the typed file, one for each key. */
export const WINNERS = 'ingest_winners';
const REPEATED = 'ingest_repeated';

/** Of rows with one key in the file, the newest by its source's time stays, or the last line where times are equal or absent. */
export async function setRepeatsAside(
  sql: Sql,
  table: TableDefinition,
  typed: TypedFile,
): Promise<{ duplicate: number; differing: number }> {
  const winners = `CREATE OR REPLACE TEMP VIEW ${WINNERS} AS SELECT t.* FROM ${TYPED} t WHERE t.trouble IS NULL`;
  if (await keysDiffer(sql, table, typed)) {
    await sql.run({ text: winners });
    return { duplicate: 0, differing: 0 };
  }
  const values = [...typed.columns.map(identifier), 'extra'].join(', ');
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${REPEATED} AS
      SELECT source_key, arg_max(line, {'t': coalesce(updated_at_src, TIMESTAMP '-infinity'), 'l': line}) AS kept, count(*) - 1 AS others,
        count(DISTINCT hash(${values})) > 1 AS differs
      FROM ${TYPED} WHERE trouble IS NULL AND source_key IN (
        SELECT source_key FROM ${TYPED} WHERE trouble IS NULL GROUP BY source_key HAVING count(*) > 1) GROUP BY source_key`,
  });
  const [row] = await sql.rows<{ duplicate: number; differing: number }>({
    text: `SELECT coalesce(sum(others), 0) AS duplicate, count(*) FILTER (differs) AS differing FROM ${REPEATED}`,
  });
  await sql.run({
    text: `${winners} AND NOT EXISTS (SELECT 1 FROM ${REPEATED} d WHERE d.source_key = t.source_key AND d.kept <> t.line)`,
  });
  return row ?? { duplicate: 0, differing: 0 };
}

interface Spread {
  readonly rows: number;
  readonly hashes: number;
  readonly joined: boolean | null;
}

/**
 * Whether the keys of the file are proven to differ: as many hashes of their parts as rows, and no part that holds the mark
 * which joins them. In a file in order of time only rows of one time can repeat a key, and only those are looked at.
 */
async function keysDiffer(sql: Sql, table: TableDefinition, typed: TypedFile): Promise<boolean> {
  const parts = table.key.filter((name) => typed.columns.includes(name));
  if (parts.length === 0) return false;
  const texts = parts.filter((name) =>
    ['text', 'category'].includes(table.columns.find((each) => each.name === name)?.type ?? ''),
  );
  const marks = texts.map((name) => `contains(${identifier(name)}, ${literal(KEY_SEPARATOR)})`);
  const joined = parts.length === 1 || marks.length === 0 ? 'false' : `bool_or(${marks.join(' OR ')})`;
  const hash = `hash(${parts.map(identifier).join(', ')})`;
  const moment = table.columns.find((each) => each.name === table.happensAt && each.required && parts.includes(each.name));
  const time = moment ? identifier(moment.name) : null;
  if (time !== null && parts.length > 1 && typed.troubles.length === 0) {
    const [row] = await sql.rows<Spread & { back: boolean | null }>({
      text: `SELECT bool_or(earlier > own) AS back, count(*) FILTER (beside) AS rows, count(DISTINCT CASE WHEN beside THEN ${hash} END) AS hashes, ${joined} AS joined
        FROM (SELECT *, ${time} AS own, (earlier IS NOT DISTINCT FROM ${time} OR later IS NOT DISTINCT FROM ${time}) AS beside
          FROM (SELECT *, lag(${time}) OVER () AS earlier, lead(${time}) OVER () AS later FROM ${TYPED}))`,
    });

    if (row?.back === false) return row.rows === row.hashes && row.joined !== true;
  }
  const [row] = await sql.rows<Spread>({
    text: `SELECT count(*) AS rows, count(DISTINCT ${hash}) AS hashes, ${joined} AS joined FROM ${TYPED} WHERE trouble IS NULL`,
  });
  return row?.rows === row?.hashes && row?.joined !== true;
}
