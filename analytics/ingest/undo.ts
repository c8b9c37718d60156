import { WeirError } from '../contract/errors.ts';
import type { Sql } from '../contract/sql.ts';
import type { TableDefinition } from '../tables/definition.ts';
import { identifier } from '../tables/identifier.ts';
import { PROVENANCE_COLUMNS } from '../tables/index.ts';
import { rowsOf } from '../tables/long-table.ts';
import { dropParts } from '../tables/parts.ts';
import { storedType } from '../tables/stored-type.ts';
import { batchStanding } from './batches.ts';
import type { BatchChanges } from './import-files.ts';
import { importableTable } from './matching/choose-table.ts';
import { handOver } from './storing/sightings.ts';
import { forgetUnusable } from './storing/unusable-rows.ts';

/**
 * Takes one import back, in one transaction: its new rows go, the rows it changed or took out become what they were. Rows that a
 * later import held too stay, as rows of that one. `afterStore` runs inside it.
 * Rejects with `batch-unknown`, `batch-undone`, or `batch-superseded` where a standing later import changed the same rows.
 */
export async function undoBatch(
  sql: Sql,
  batch: number,
  afterStore?: (changes: BatchChanges) => Promise<void>,
): Promise<BatchChanges> {
  return sql.transaction(async () => {
    if (!(await batchStanding(sql, batch))) throw new WeirError('batch-undone', { batch });
    const [later] = await sql.rows<{ batch: number }>({
      text: `SELECT max(s.batch_id) AS batch FROM superseded_row s JOIN import_batch b USING (batch_id)
        WHERE s.old_batch_id = $batch AND s.batch_id <> $batch AND b.undone_at IS NULL HAVING count(*) > 0`,
      params: { batch },
    });
    if (later) throw new WeirError('batch-superseded', { batch, later: later.batch });
    const files = await sql.rows<{ table: string }>({
      text: `SELECT table_name AS "table" FROM import_file WHERE batch_id = $batch AND inserted + updated > 0
        UNION SELECT table_name FROM superseded_row WHERE batch_id = $batch ORDER BY 1`,
      params: { batch },
    });
    const tables = files.map((each) => each.table);
    for (const name of tables) {
      const table = importableTable(name);
      await handOver(sql, table, batch);
      await refuseReturned(sql, name, batch);
      await takeBack(sql, table, batch);
    }
    await sql.run({ text: 'DELETE FROM row_sighting WHERE batch_id = $batch', params: { batch } });
    await sql.run({ text: 'DELETE FROM superseded_row WHERE batch_id = $batch', params: { batch } });
    await sql.run({ text: 'DELETE FROM reject_row WHERE batch_id = $batch', params: { batch } });
    await forgetUnusable(sql, batch);
    await sql.run({
      text: 'UPDATE import_batch SET undone_at = CAST($now AS TIMESTAMP) WHERE batch_id = $batch',
      params: { batch, now: new Date().toISOString() },
    });
    const changes = { batch, tables, rowsGone: tables.length > 0 };
    await afterStore?.(changes);
    return changes;
  });
}

/** A row that the import took out and a later one brought anew cannot stand there twice. */
async function refuseReturned(sql: Sql, table: string, batch: number): Promise<void> {
  const [returned] = await sql.rows<{ later: number }>({
    text: `SELECT max(t.batch_id) AS later FROM ${identifier(table)} t JOIN superseded_row s ON s.source_key = t.source_key
      WHERE s.batch_id = $batch AND s.table_name = $table AND t.batch_id <> $batch HAVING count(*) > 0`,
    params: { batch, table },
  });
  if (returned) throw new WeirError('batch-superseded', { batch, later: returned.later });
}

async function takeBack(sql: Sql, table: TableDefinition, batch: number): Promise<void> {
  const columns: (readonly [string, string])[] = [
    ...table.columns.map((column) => [column.name, storedType(column.type)] as const),
    ...PROVENANCE_COLUMNS.map(([column, type]) => [column, type.replace(' NOT NULL', '')] as const),
  ];
  const shape = JSON.stringify(Object.fromEntries(columns));
  const names = columns.map(([column]) => identifier(column)).join(', ');
  const values = columns.map(([column]) => `row.${identifier(column)}`).join(', ');
  const rows = identifier(rowsOf(table));
  await dropParts(sql, table, batch);
  await sql.run({ text: `DELETE FROM ${rows} WHERE batch_id = $batch`, params: { batch } });
  await sql.run({
    text: `INSERT INTO ${rows} (${names}) SELECT ${values} FROM (
      SELECT from_json(content, $shape) AS row FROM superseded_row WHERE batch_id = $batch AND table_name = $table)`,
    params: { batch, table: table.name, shape },
  });
}
