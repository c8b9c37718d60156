import type { Metric } from '../../contract/metric-definition.ts';
import type { Day } from '../../contract/period.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Sql } from '../../contract/sql.ts';
import { identifier } from '../../tables/identifier.ts';
import { observationsAsOf } from '../refresh.ts';
import { differingMonths, hashed } from '../replace.ts';

/**
 * The ids of those metrics whose kept observations are others than all their rows give on the as-of day: their files name too little of
 * what rows share. Computes each of them whole.
 */
export async function strayedMetrics(
  sql: Sql,
  metrics: readonly Metric[],
  { settings, asOf }: { readonly settings: Settings; readonly asOf: Day },
): Promise<readonly string[]> {
  if (metrics.length === 0) return [];
  const { observations } = await observationsAsOf(sql, metrics, settings, asOf);
  const kept = hashed('main.observation o WHERE list_contains($metrics, metric)');
  const rows = await sql.rows<{ metric: string }>({
    text: `SELECT DISTINCT metric FROM (${differingMonths(kept, hashed(`${identifier(observations)} o`))}) months ORDER BY metric`,
    params: { metrics: metrics.map((metric) => metric.id) },
  });
  return rows.map((row) => row.metric);
}
