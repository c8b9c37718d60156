import { metricIdOf } from '../../analytics/contract/ids.ts';
import { type Metric, type MetricHeader, metricHeaderSchema } from '../../analytics/contract/metric-definition.ts';
import { refreshFacts } from '../../analytics/observe/index.ts';
import type { QueryContext } from '../../analytics/query/index.ts';
import type { MemoryWorkspace } from './memory-workspace.ts';

/** A metric made of a few header fields, for tests that put observations straight into the table. */
export function metricOfKind(kind: MetricHeader['kind'], header: Partial<MetricHeader> = {}): Metric {
  const parsed = metricHeaderSchema.parse({
    stage: 'NCV-01.1',
    name: `A ${kind}`,
    meaning: 'What is it?',
    formula: 'num / den',
    unit: 'fraction',
    direction: 'up',
    kind,
    basis: 'event',
    dateRule: 'its day',
    grain: 'a thing',
    entity: 'lead',
    tables: ['lead'],
    source: 'test',
    version: 1,
    ...header,
  });
  return { ...parsed, id: metricIdOf(parsed.stage, parsed.name), sql: 'SELECT 1', origin: 'test' };
}

/** One observation; what is left out reads 1 for num and den, `unknown` for members, mature at once. */
export interface TestObservation {
  readonly id?: string;
  readonly day: string;
  readonly num?: number | null;
  readonly den?: number | null;
  readonly segment?: string;
  readonly region?: string;
  readonly matures?: string | null;
  readonly table?: string;
}

/** Puts observations of one metric into the workspace. */
export async function putObservations(
  { sql }: MemoryWorkspace,
  metric: Metric,
  observations: readonly TestObservation[],
): Promise<void> {
  for (const [index, each] of observations.entries()) {
    await sql.run({
      text: `INSERT INTO observation VALUES ($metric, $id, CAST($day AS DATE), $segment, $region, 'unknown', 'unknown', 'unknown',
        $num, $den, CAST($matures AS DATE), $table)`,
      params: {
        metric: metric.id,
        id: each.id ?? `E${index}`,
        day: each.day,
        segment: each.segment ?? 'unknown',
        region: each.region ?? 'unknown',
        num: each.num === undefined ? 1 : each.num,
        den: each.den === undefined ? 1 : each.den,
        matures: each.matures ?? null,
        table: each.table ?? metric.entity,
      },
    });
  }
}

/** What a query needs, once the facts of the observations put so far are made as known on `asOf`. */
export async function measured(
  { sql, settings }: MemoryWorkspace,
  metrics: readonly Metric[],
  asOf: string,
): Promise<QueryContext> {
  await refreshFacts(sql, { observations: 'observation', metrics, asOf });
  return { metrics, settings, asOf };
}
