import { DIMENSIONS, UNKNOWN_MEMBER } from '../contract/dimensions.ts';
import { streamOfStage } from '../contract/ids.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql, SqlStatement } from '../contract/sql.ts';
import type { TableDefinition } from '../tables/definition.ts';
import { factTable } from '../tables/fact-tables.ts';
import { identifier, literal } from '../tables/identifier.ts';
import { tableNamed } from '../tables/index.ts';
import { jsonShape } from '../tables/stored-type.ts';
import { asOfInstant } from './as-of.ts';
import { type FactsRequest, monthOfDay } from './facts.ts';
import { sourceRelation } from './source-relation.ts';
import { type Aftermath, metricsToCount, rejectedTables } from './unusable-touched.ts';

/** What the tables that the engine derives from messages rest on. */
const BENEATH_DERIVED = ['device_event', 'device_state', 'device_exclusion', 'asset'];

/** Of these tables the key of a rejected row is not looked for: they may hold tens of millions of rows, and bound nothing. */
const TOO_LONG_TO_SEARCH: ReadonlySet<string> = new Set(['device_event']);

/** The unusable rows of one table as far as they could be read, what is known of how far that is, and the key of those that are stored. */
const SOURCE = 'unusable_source';

/**
 * The tables whose rejected rows could each have been one more observation of the metric: that of its entity. Where the metric
 * rests on a derived table, those beneath it, whose rows are no observations and move it by no amount that could be told.
 */
export function unusableSources({ tables, entity }: Metric): { readonly tables: readonly string[]; readonly bounded: boolean } {
  return tables.includes(entity) ? { tables: [entity], bounded: true } : { tables: BENEATH_DERIVED, bounded: false };
}

/** The stored rows a metric leaves out because their times contradict each other: a duration has no use for an end before its start. */
export function contradictory({ kind }: Metric, table: TableDefinition): string | null {
  if (kind !== 'duration' || table.checks.length === 0) return null;
  return table.checks.map((check) => `NOT (${check.sql})`).join(' OR ');
}

/**
 * Counts anew, for each metric, the rows that could have been observations of it had they been usable, by the months and
 * members they may belong to (`_unusable` of the observations): rejected rows, and of a duration also stored rows of which a
 * check of their table does not hold and which are no observation of it. Of rejected rows: whose key is stored by now, or who came back on a list of rejected rows, is
 * usable; a row rejected again and again counts once. The months are those of the metric's `datedBy` columns: where one of them
 * is written but cannot be read, every month from the one in which the row came to be, if that can be read; where all are
 * empty, the row would have been no observation. Members and stream are the row's own or, through its links, those of the rows
 * it names; what is not known may be any. Rows later than the as-of day do not count. With a change, `after`, only metrics are
 * counted anew for which it may have come out otherwise.
 */
export async function refreshUnusable(
  sql: Sql,
  request: FactsRequest & { readonly settings: Settings },
  after: Aftermath | null = null,
): Promise<void> {
  const rejected = await rejectedTables(sql, after?.after.change.batch ?? null);
  const metrics = after ? await metricsToCount(sql, request.metrics, { ...after, rejected, sourcesOf }) : request.metrics;
  if (metrics.length === 0) return;
  const kept = factTable(request.observations, '_unusable');
  await sql.run({
    text: `DELETE FROM ${kept} WHERE list_contains($metrics, metric)`,
    params: { metrics: metrics.map((metric) => metric.id) },
  });
  for (const name of new Set([...rejected.keys(), ...metrics.map((metric) => metric.entity)])) {
    const table = tableNamed(name);
    const counted = metrics.filter((metric) => unusableSources(metric).tables.includes(name));
    if (!table || counted.length === 0) continue;
    const condition = counted.map((metric) => contradictory(metric, table)).find((each) => each !== null) ?? null;
    if (!rejected.has(name) && !(condition !== null && (await holdsAny(sql, table, condition)))) continue;
    await sql.run(sourceStatement(table, condition));
    await sql.run(countStatement(counted, table, { ...request, kept }));
    await sql.run({ text: `DROP TABLE ${SOURCE}` });
  }
}

/** The tables whose rejected rows count for a metric, and those whose stored rows do. */
function sourcesOf(metric: Metric): { readonly rejected: readonly string[]; readonly stored: readonly string[] } {
  const { tables } = unusableSources(metric);
  const definitions = tables.flatMap((name) => tableNamed(name) ?? []);
  return {
    rejected: tables,
    stored: definitions.filter((table) => contradictory(metric, table) !== null).map((table) => table.name),
  };
}

async function holdsAny(sql: Sql, table: TableDefinition, condition: string): Promise<boolean> {
  const [row] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM main.${identifier(table.name)} t WHERE ${condition}) AS some`,
  });
  return row?.some ?? false;
}

/** The rejected rows of a table whose records are still lacking, each once. */
export function lackingRows(table: TableDefinition): string {
  return `SELECT u.* FROM main.unusable_row u
  JOIN main.import_file f ON f.file_id = u.file_id
  LEFT JOIN main.reject_row r ON r.file_id = u.file_id AND r.line = u.line
  WHERE u.table_name = ${literal(table.name)}
    AND NOT EXISTS (SELECT 1 FROM main.returned_row b WHERE b.path = f.path AND b.line = u.line AND b.batch_id > u.batch_id)
    ${TOO_LONG_TO_SEARCH.has(table.name) ? '' : `AND NOT EXISTS (SELECT 1 FROM main.${identifier(table.name)} k WHERE k.source_key = u.source_key)`}
  QUALIFY row_number() OVER (PARTITION BY u.source_key, CASE WHEN u.source_key IS NULL THEN coalesce(r.text, '') END ORDER BY u.file_id DESC, u.line DESC) = 1`;
}

function sourceStatement(table: TableDefinition, contradictory: string | null): SqlStatement {
  const shape = jsonShape(table.columns);
  const columns = table.columns.map(({ name }) => identifier(name));
  const stored = `
  UNION ALL SELECT source_key, false, [], ${columns.join(', ')} FROM main.${identifier(table.name)} t WHERE ${contradictory}`;
  return {
    text: `CREATE OR REPLACE TEMP TABLE ${SOURCE} AS
SELECT CAST(row_number() OVER () AS VARCHAR) AS source_key, * FROM (
  SELECT CAST(NULL AS VARCHAR) AS stored_key, unread, unreadable, ${columns.map((name) => `content.${name} AS ${name}`).join(', ')} FROM (
    SELECT content IS NULL AS unread, unreadable, from_json(content, ${literal(shape)}) AS content FROM (${lackingRows(table)}) u
  ) lacking${contradictory === null ? '' : stored}
) either`,
  };
}

/** All metrics read the same rows, so that their dimensions are found once. */
function countStatement(
  metrics: readonly Metric[],
  table: TableDefinition,
  { observations, settings, asOf, kept }: FactsRequest & { readonly settings: Settings; readonly kept: string },
): SqlStatement {
  const members = DIMENSIONS.map((dimension) => `nullif(s.${identifier(dimension)}, '${UNKNOWN_MEMBER}')`);
  const counts = metrics.map((metric) => {
    const { from, to, counts } = monthsOf(unusableSources(metric).bounded ? metric.datedBy : [], table);
    const isLeftOut = `NOT EXISTS (SELECT 1 FROM ${identifier(observations)} o WHERE o.metric = ${literal(metric.id)} AND o.entity_id = s.stored_key)`;
    const isUnusable = `(s.stored_key IS NULL${contradictory(metric, table) === null ? '' : ` OR ${isLeftOut}`})`;
    return `SELECT ${literal(metric.id)}, ${from}, ${to}, ${members.join(', ')}, count(*) FROM known s
WHERE ${counts} AND ${maybeOfStream(metric)} AND ${isUnusable} GROUP BY ALL`;
  });
  const text = `INSERT INTO ${kept}
WITH known AS MATERIALIZED (
  SELECT s.*, u.stored_key, u.unread, u.unreadable FROM (${sourceRelation(table, { rows: SOURCE })}) s JOIN ${SOURCE} u ON u.source_key = s.source_key
)
${counts.join('\nUNION ALL ')}`;
  const usesAsOf = /\$as_of\b/.test(text);
  return {
    text: text.replaceAll(/\$as_of\b/g, 'CAST($as_of AS TIMESTAMP)'),
    params: usesAsOf ? { as_of: asOfInstant(asOf, settings) } : {},
  };
}

/** Whether a row `s` may belong to the metric's stream, where the metric asks for one. */
export function maybeOfStream({ sql, stage }: Metric): string {
  if (!/\bstream_id\b/.test(sql)) return 'true';
  return `(s.stream_id IS NULL OR in_stream(s.stream_id, ${literal(streamOfStage(stage))}))`;
}

/** The first and last month a row `s`, which says how far it was read, may belong to, and whether it may belong to any. */
function monthsOf(
  datedBy: readonly string[],
  table: TableDefinition,
): { readonly from: string; readonly to: string; readonly counts: string } {
  const dayOf = (name: string) => {
    const column = table.columns.find((each) => each.name === name);
    return column?.type === 'date' ? `s.${identifier(name)}` : `local_day(s.${identifier(name)}, s.region)`;
  };
  const floor = table.happensAt === null ? 'CAST(NULL AS INTEGER)' : monthOfDay(dayOf(table.happensAt));
  if (datedBy.length === 0) return { from: floor, to: 'CAST(NULL AS INTEGER)', counts: 'true' };
  const days = datedBy.map(dayOf).join(', ');
  const open = `(s.unread OR list_has_any(s.unreadable, [${datedBy.map(literal).join(', ')}]))`;
  return {
    from: `CASE WHEN ${open} THEN ${floor} ELSE ${monthOfDay(`least(${days})`)} END`,
    to: `CASE WHEN ${open} THEN NULL ELSE ${monthOfDay(`greatest(${days})`)} END`,
    counts: `(${open} OR coalesce(${days}, NULL) IS NOT NULL)`,
  };
}
