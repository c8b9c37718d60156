import { WeirError } from '../contract/errors.ts';
import type { Metric, UnavailableMetric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';

/** A metric's SELECT failed in such a way that the transaction around it has ended. */
export class MetricFailed extends WeirError {
  readonly metric: UnavailableMetric & { readonly id: string };

  constructor(metric: Metric, reason: string) {
    super('metric-unavailable', { metric: metric.id, reason }, reason);
    this.metric = { origin: metric.origin, id: metric.id, reason };
  }
}

/**
 * The metric with the reason for which a statement of it failed. Rejects with what was thrown where somebody stopped the statement, and
 * with {@link MetricFailed} where the transaction around has ended by it.
 */
export async function failedMetric(sql: Sql, metric: Metric, thrown: unknown): Promise<UnavailableMetric> {
  if (thrown instanceof WeirError && thrown.code === 'cancelled') throw thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  if (await transactionHasEnded(sql)) throw new MetricFailed(metric, reason);
  return { origin: metric.origin, id: metric.id, reason };
}

/** A statement that fails while running ends the transaction around it; nothing more can be done in that one. */
async function transactionHasEnded(sql: Sql): Promise<boolean> {
  return sql.rows({ text: 'SELECT 1' }).then(
    () => false,
    () => true,
  );
}
