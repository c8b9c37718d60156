import { OBSERVATION_COLUMNS } from '../contract/observation.ts';
import type { Sql } from '../contract/sql.ts';
import type { TableDefinition } from '../tables/definition.ts';
import { FACT_TABLES, type FactTable, factColumns, factTable } from '../tables/fact-tables.ts';
import { identifier } from '../tables/identifier.ts';
import { DERIVED_TABLES, keyOf, PROVENANCE_COLUMNS, rowColumns, TABLES } from '../tables/index.ts';
import { rowsOf } from '../tables/long-table.ts';
import { PARTS_TABLE, showTable } from '../tables/parts.ts';
import { columnType } from '../tables/stored-type.ts';

/** What is kept of messages for the next import; made anew with everything else that is derived. */
const KEPT_TABLES: Readonly<Record<string, string>> = {
  kept_register: [
    ...['asset_id', 'parent_id', 'charger_id'].map((name) => `${name} VARCHAR`),
    'connector_no BIGINT',
    ...['region', 'site_id', 'charger_site_id', 'charger_parent_id'].map((name) => `${name} VARCHAR`),
    ...['stated_start TIMESTAMP', 'retired_at TIMESTAMP', 'open_hours VARCHAR'],
  ].join(', '),
  kept_port: 'asset_id VARCHAR, start_at TIMESTAMP',
  kept_charger:
    'charger_id VARCHAR, start_at TIMESTAMP, has_messages BOOLEAN, has_heartbeats BOOLEAN, first_at TIMESTAMP, speaks_whole BOOLEAN',
  kept_said: 'asset_id VARCHAR, whole BOOLEAN, said VARCHAR',
  kept_contact: 'charger_id VARCHAR, moment TIMESTAMP, event VARCHAR',
  kept_stretch: 'stretch BIGINT, first_at TIMESTAMP, last_at TIMESTAMP',
};

/** The tables beside the canonical ones: the import ledger, what the engine derives, and what people note down. */
const LEDGER_TABLES = [
  PARTS_TABLE,
  'CREATE TABLE IF NOT EXISTS import_batch (batch_id INTEGER, imported_at TIMESTAMP, undone_at TIMESTAMP)',
  `CREATE TABLE IF NOT EXISTS import_file (file_id INTEGER, batch_id INTEGER, path VARCHAR, sha256 VARCHAR, table_name VARCHAR,
     profile VARCHAR, time_zone VARCHAR, encoding VARCHAR, dialect VARCHAR, findings VARCHAR,
     rows_read BIGINT, inserted BIGINT, updated BIGINT, unchanged BIGINT, duplicate BIGINT, rejected BIGINT)`,
  `CREATE TABLE IF NOT EXISTS reject_row (batch_id INTEGER, file_id INTEGER, line BIGINT, column_name VARCHAR, reason VARCHAR, text VARCHAR)`,
  `CREATE TABLE IF NOT EXISTS unusable_row (batch_id INTEGER, file_id INTEGER, line BIGINT, table_name VARCHAR, source_key VARCHAR,
     content VARCHAR, unreadable VARCHAR[])`,
  'CREATE TABLE IF NOT EXISTS returned_row (batch_id INTEGER, path VARCHAR, line BIGINT)',
  `CREATE TABLE IF NOT EXISTS superseded_row (batch_id INTEGER, table_name VARCHAR, source_key VARCHAR, old_batch_id INTEGER, content VARCHAR)`,
  'CREATE TABLE IF NOT EXISTS row_sighting (batch_id INTEGER, file_id INTEGER, table_name VARCHAR, source_key VARCHAR, line BIGINT)',
  `CREATE TABLE IF NOT EXISTS annotation (annotation_id INTEGER, metric VARCHAR, period VARCHAR, made_at TIMESTAMP,
     owner VARCHAR, cause VARCHAR, action VARCHAR)`,
  `CREATE TABLE IF NOT EXISTS metric_target (metric VARCHAR, segment VARCHAR, valid_from DATE, valid_to DATE,
     value DOUBLE, low DOUBLE, high DOUBLE, source VARCHAR)`,
  `CREATE TABLE IF NOT EXISTS business_clock (calendar_id VARCHAR, day DATE, opens_at TIMESTAMP, closes_at TIMESTAMP, seconds_before DOUBLE)`,
  `CREATE TABLE IF NOT EXISTS watched_file (path VARCHAR, bytes BIGINT, changed_at DOUBLE, outcome VARCHAR, seen_at TIMESTAMP, batch_id INTEGER,
     table_name VARCHAR, ledger VARCHAR, message VARCHAR, code VARCHAR)`,
  'CREATE TABLE IF NOT EXISTS workspace_state (name VARCHAR, value VARCHAR)',
  `CREATE TABLE IF NOT EXISTS observation (metric VARCHAR, ${OBSERVATION_COLUMNS.map(([name, type]) => `${identifier(name)} ${type}`).join(', ')},
     entity_table VARCHAR)`,
  ...Object.entries(KEPT_TABLES).map(([name, columns]) => `CREATE TABLE IF NOT EXISTS ${name} (${columns})`),
  ...(Object.keys(FACT_TABLES) as FactTable[]).map(
    (table) => `CREATE TABLE IF NOT EXISTS ${factTable('observation', table)} (${factColumns(table)})`,
  ),
];

/** The statements that make every table of a workspace that is not there yet; their text tells one form of database from another. */
export function tableStatements(): string[] {
  return [...TABLES.map(createCanonical), ...DERIVED_TABLES.map((table) => createTable(table, [])), ...LEDGER_TABLES];
}

/** Makes every table a workspace needs that is not there yet; one of another form, made by an older version, gets the form of now. */
export async function createTables(sql: Sql): Promise<void> {
  for (const table of TABLES) await bringForward(sql, table);
  for (const [name, columns] of madeAnew()) await dropFormer(sql, name, columns);
  for (const text of tableStatements()) await sql.run({ text });
  for (const table of TABLES.filter((each) => each.long)) await showTable(sql, table);
}

/** The tables whose rows follow from others, each with the names of its columns. */
function madeAnew(): (readonly [name: string, columns: readonly string[]])[] {
  const kept = Object.entries(KEPT_TABLES).map(([name, columns]) => {
    return [name, columns.split(', ').map((column) => column.split(' ')[0] ?? '')] as const;
  });
  const facts = (Object.keys(FACT_TABLES) as FactTable[]).map((table) => {
    return [`observation${table}`, FACT_TABLES[table].map(([name]) => name)] as const;
  });
  return [...kept, ...facts, ...DERIVED_TABLES.map(({ name, columns }) => [name, columns.map((column) => column.name)] as const)];
}

/** Drops a derived table whose columns are not those of now: its rows are made anew. */
async function dropFormer(sql: Sql, table: string, wanted: readonly string[]): Promise<void> {
  const held = await columnsOf(sql, table);
  if (held.length > 0 && held.map((each) => each.name).join() !== wanted.join()) await sql.run({ text: `DROP TABLE ${table}` });
}

/** The columns of a table in their order; none where there is no such table. */
function columnsOf(sql: Sql, table: string): Promise<{ name: string; type: string }[]> {
  return sql.rows<{ name: string; type: string }>({
    text: `SELECT column_name AS name, data_type AS type FROM duckdb_columns()
      WHERE database_name = current_database() AND schema_name = 'main' AND table_name = $table ORDER BY column_index`,
    params: { table },
  });
}

async function isTable(sql: Sql, table: string): Promise<boolean> {
  const [row] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'main' AND table_name = $table) AS some`,
    params: { table },
  });
  return row?.some ?? false;
}

/** Puts the rows of a table whose columns are not those of now into one that has them: what both have is kept. */
async function bringForward(sql: Sql, table: TableDefinition): Promise<void> {
  const rows = identifier(rowsOf(table));
  const held = await columnsOf(sql, rowsOf(table));
  if (held.length === 0 && table.long && (await isTable(sql, table.name))) {
    // Made before a long table was a view.
    await sql.run({ text: `ALTER TABLE ${identifier(table.name)} RENAME TO ${rows}` });
    return bringForward(sql, table);
  }
  const names = held.map((each) => each.name);
  const stored = rowColumns(table).map(({ name }) => name);
  const wanted = [...stored, 'source_key'];
  const standsAs = ({ name, type }: { name: string; type: string }) => {
    const column = table.columns.find((each) => each.name === name);
    return !(table.long && column?.members) || type === columnType(table, column);
  };
  const stands = names.length === wanted.length && wanted.every((name) => names.includes(name)) && held.every(standsAs);
  if (names.length === 0 || stands) return;
  const kept = stored
    .filter((name) => names.includes(name))
    .map(identifier)
    .join(', ');
  const former = identifier(`${table.name}_former`);
  await sql.transaction(async () => {
    await sql.run({ text: `ALTER TABLE ${rows} RENAME TO ${former}` });
    await sql.run({ text: createCanonical(table) });
    await sql.run({ text: `INSERT INTO ${rows} (${kept}) SELECT ${kept} FROM ${former}` });
    await sql.run({ text: `DROP TABLE ${former}` });
  });
}

/** The natural key follows from its columns: it is worked out where it is asked for and takes no room. A row whose line is not counted yet has none. */
function createCanonical(table: TableDefinition): string {
  return createTable(table, [...PROVENANCE_COLUMNS, ['source_key', `VARCHAR AS (CASE WHEN line >= 0 THEN ${keyOf(table)} END)`]]);
}

function createTable(table: TableDefinition, provenance: readonly (readonly [string, string])[]): string {
  const own = table.columns.map((column) => `${identifier(column.name)} ${columnType(table, column)}`);
  const added = provenance.map(([name, type]) => `${identifier(name)} ${type}`);
  return `CREATE TABLE IF NOT EXISTS ${identifier(rowsOf(table))} (${[...own, ...added].join(', ')})`;
}
