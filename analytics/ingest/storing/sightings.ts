import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier } from '../../tables/identifier.ts';
import { rowsOf } from '../../tables/long-table.ts';
import { takeOut } from '../../tables/parts.ts';

export interface Sighting {
  readonly batch: number;
  readonly fileId: number;
  readonly table: string;
}

/** Notes which rows of earlier imports a file holds just as they are stored, from the relation `seen` of lines and keys. */
export async function noteSightings(sql: Sql, { batch, fileId, table }: Sighting, seen: string): Promise<void> {
  await sql.run({
    text: `INSERT INTO row_sighting SELECT $batch, $fileId, $table, s.source_key, s.line FROM (${seen}) s
      JOIN ${identifier(table)} t ON t.source_key = s.source_key WHERE t.batch_id <> $batch`,
    params: { batch, fileId, table },
  });
}

/**
 * Before an import is taken back: its rows that a later standing import held unchanged become rows of that one, for taking
 * one import back takes nothing from another. What the row was before goes along, for the undo of that one.
 */
export async function handOver(sql: Sql, table: TableDefinition, batch: number): Promise<void> {
  const heirs = `SELECT s.source_key, min({'batch': s.batch_id, 'file': s.file_id, 'line': s.line}) AS heir
    FROM row_sighting s JOIN import_batch b USING (batch_id)
    WHERE s.table_name = $table AND s.batch_id > $batch AND b.undone_at IS NULL GROUP BY s.source_key`;
  const params = { table: table.name, batch };
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ingest_heirs AS SELECT h.* FROM (${heirs}) h
      JOIN ${identifier(table.name)} t ON t.source_key = h.source_key WHERE t.batch_id = $batch`,
    params,
  });
  await sql.run({
    text: `UPDATE superseded_row AS s SET batch_id = h.heir.batch FROM ingest_heirs h
      WHERE s.batch_id = $batch AND s.table_name = $table AND s.source_key = h.source_key`,
    params,
  });
  await takeOut(sql, table, `batch_id = ${Math.trunc(batch)} AND source_key IN (SELECT source_key FROM ingest_heirs)`);
  await sql.run({
    text: `UPDATE ${identifier(rowsOf(table))} AS t SET batch_id = h.heir.batch, file_id = h.heir.file, line = h.heir.line
      FROM ingest_heirs h WHERE t.batch_id = $batch AND t.source_key = h.source_key`,
    params: { batch },
  });
  await sql.run({
    text: `DELETE FROM row_sighting AS s USING ingest_heirs h
      WHERE s.table_name = $table AND s.source_key = h.source_key AND s.batch_id = h.heir.batch`,
    params: { table: table.name },
  });
}
