import type { Metric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';
import type { TableDefinition } from '../tables/definition.ts';
import { identifier, literal } from '../tables/identifier.ts';
import { tableNamed } from '../tables/index.ts';
import { jsonShape } from '../tables/stored-type.ts';
import { isTouched, type KnownChange, touchedTables } from './affected.ts';
import { asOfInstant } from './as-of.ts';
import { eventsIn } from './source-relation.ts';

/** The tables of which rows were rejected, each with whether an import changed that: rejected some, or brought some back. */
export async function rejectedTables(sql: Sql, batch: number | null): Promise<ReadonlyMap<string, boolean>> {
  const rows = await sql.rows<{ name: string; fresh: boolean }>({
    text: `SELECT table_name AS name, bool_or(batch_id = CAST($batch AS INTEGER))
  OR EXISTS (SELECT 1 FROM main.returned_row WHERE batch_id = CAST($batch AS INTEGER)) AS fresh
FROM main.unusable_row GROUP BY table_name`,
    params: { batch: batch ?? -1 },
  });
  return new Map(rows.map((row) => [row.name, row.fresh]));
}

/** A change, and the metrics whose observations were computed anew after it. */
export interface Aftermath {
  readonly after: KnownChange;
  readonly computed: ReadonlySet<Metric>;
}

interface Known extends Aftermath {
  readonly rejected: ReadonlyMap<string, boolean>;
  /** The tables whose rejected rows count for a metric, and those of which stored rows do where it does not observe them. */
  sourcesOf(metric: Metric): { readonly rejected: readonly string[]; readonly stored: readonly string[] };
}

/**
 * The metrics for which a change may have made other rows unusable: where rows of a table were rejected or came back, where the
 * table or what it links to was touched, where only the new as-of day knows times of rejected rows, or where stored rows count that
 * it does not observe and it was computed anew.
 */
export async function metricsToCount(sql: Sql, metrics: readonly Metric[], known: Known): Promise<readonly Metric[]> {
  const touched = touchedTables(known.after.change);
  const revealed = await revealedRejects(sql, known);
  const concerned = (name: string) =>
    known.rejected.has(name) && (known.rejected.get(name) || revealed.has(name) || isTouched(touched, [name]));
  return metrics.filter((metric) => {
    const { rejected, stored } = known.sourcesOf(metric);
    return rejected.some(concerned) || (stored.length > 0 && (known.computed.has(metric) || isTouched(touched, stored)));
  });
}

/** The tables of which rejected rows hold times that only the new as-of day knows. */
async function revealedRejects(sql: Sql, { after, rejected }: Known): Promise<ReadonlySet<string>> {
  const { asOf, change, settings } = after;
  const tables = [...rejected.keys()].flatMap((name) => tableNamed(name) ?? []);
  if (asOf === change.previousAsOf || tables.length === 0) return new Set();
  const rows = await sql.rows<{ name: string }>({
    text: tables.flatMap(revealedTest).join('\nUNION ALL '),
    params: { before: asOfInstant(change.previousAsOf, settings), after: asOfInstant(asOf, settings) },
  });
  return new Set(rows.map((row) => row.name));
}

function revealedTest(table: TableDefinition): string[] {
  const { name } = table;
  const events = eventsIn(table);
  if (events.length === 0) return [];
  const shape = jsonShape(events);
  const isBetween = events.map((column) => {
    const time = `content.${identifier(column.name)}`;
    return `(${time} >= CAST($before AS TIMESTAMP) AND ${time} < CAST($after AS TIMESTAMP))`;
  });
  return [
    `SELECT ${literal(name)} AS name WHERE EXISTS (
  SELECT 1 FROM (SELECT from_json(content, ${literal(shape)}) AS content FROM main.unusable_row WHERE table_name = ${literal(name)}) u WHERE ${isBetween.join(' OR ')})`,
  ];
}
