import type { Metric } from '../../contract/metric-definition.ts';
import type { Day } from '../../contract/period.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Sql } from '../../contract/sql.ts';
import { readFacts, writeFacts } from '../../tables/workspace-facts.ts';
import { asOfInstant } from '../as-of.ts';
import { metricStatement, overallSql } from '../compile.ts';
import { failedMetric } from '../failed.ts';

const FACT = 'overall values';

/** What the values on which all observations of a metric depend are, by metric id, as text. */
export type OverallValues = Readonly<Record<string, string>>;

/**
 * The values of those of the metrics that have any, as known on a day. Where they cannot be computed the metric cannot either, and says
 * why; rejects with {@link MetricFailed} where the transaction around has ended by it.
 */
export async function overallValues(
  sql: Sql,
  metrics: readonly Metric[],
  { settings, asOf }: { readonly settings: Settings; readonly asOf: Day },
): Promise<OverallValues> {
  const values: Record<string, string> = {};
  for (const metric of metrics) {
    const each = Object.keys(metric.overall).map((name) => `CAST(${overallSql(metric, name)} AS VARCHAR)`);
    if (each.length === 0) continue;
    const text = `SELECT CAST([${each.join(', ')}] AS VARCHAR) AS value`;
    const statement = metricStatement(text, { metrics: [metric], settings, instants: { as_of: asOfInstant(asOf, settings) } });
    const [row] = await sql.rows<{ value: string }>(statement).catch(async (thrown: unknown) => {
      await failedMetric(sql, metric, thrown);
      return [];
    });
    values[metric.id] = row?.value ?? '';
  }
  return values;
}

/** The values with which metrics were last computed. */
export async function keptOverallValues(sql: Sql): Promise<OverallValues> {
  return JSON.parse((await readFacts(sql, [FACT]))(FACT) ?? '{}') as OverallValues;
}

/** Notes down the values with which metrics were computed; those of others stay. */
export async function keepOverallValues(sql: Sql, values: OverallValues): Promise<void> {
  if (Object.keys(values).length === 0) return;
  await writeFacts(sql, { [FACT]: JSON.stringify({ ...(await keptOverallValues(sql)), ...values }) });
}
