import type { Metric } from '../contract/metric-definition.ts';
import type { Day } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import type { UnusableRows } from '../contract/workspace.ts';
import { TABLES } from '../tables/index.ts';
import { asOfInstant } from './as-of.ts';
import { sourceRelation } from './source-relation.ts';
import { contradictory, lackingRows, maybeOfStream, unusableSources } from './unusable.ts';

/**
 * The unusable rows of the tables that a metric reads, by the rules by which they are counted in the bounds of its values: the
 * rejected rows of each table, of whatever stream and time, and the stored ones that it leaves out as contradictory.
 */
export async function unusableRows(
  sql: Sql,
  metric: Metric,
  known: { readonly settings: Settings; readonly asOf: Day },
): Promise<readonly UnusableRows[]> {
  const { tables, bounded } = unusableSources(metric);
  const found: UnusableRows[] = [];
  for (const name of new Set([...tables, ...metric.tables])) {
    const table = TABLES.find((each) => each.name === name);
    if (!table) continue;
    const [lacking] = await sql.rows<{ n: number }>({ text: `SELECT count(*) AS n FROM (${lackingRows(table)}) u` });
    found.push({ table: name, rows: lacking?.n ?? 0, why: 'rejected', inBounds: bounded && tables.includes(name) });
    const condition = tables.includes(name) ? contradictory(metric, table) : null;
    if (condition === null) continue;
    const text = `SELECT count(*) AS n FROM (${sourceRelation(table, { only: condition })}) s
WHERE ${maybeOfStream(metric)} AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.metric = $metric AND o.entity_id = s.source_key)`;
    const [left] = await sql.rows<{ n: number }>({
      text: text.replaceAll(/\$as_of\b/g, 'CAST($as_of AS TIMESTAMP)'),
      params: { metric: metric.id, ...(text.includes('$as_of') ? { as_of: asOfInstant(known.asOf, known.settings) } : {}) },
    });
    found.push({ table: name, rows: left?.n ?? 0, why: 'contradictory', inBounds: bounded });
  }
  return found.filter((each) => each.rows > 0);
}
