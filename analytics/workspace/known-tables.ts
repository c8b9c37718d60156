import type { Catalogue } from '../catalogue/index.ts';
import type { Metric } from '../contract/metric-definition.ts';
import { tableNamed } from '../tables/index.ts';

/** The catalogue with each metric that names a table or a time column there is not listed as unavailable, with that reason. */
export function withKnownTables(catalogue: Catalogue): Catalogue {
  const lost = catalogue.metrics.flatMap((metric) => {
    const reason = unknownTables(metric) ?? unknownTimes(metric);
    return reason === null ? [] : [{ id: metric.id, origin: metric.origin, reason }];
  });
  return {
    metrics: catalogue.metrics.filter((metric) => !lost.some((each) => each.id === metric.id)),
    unavailable: [...catalogue.unavailable, ...lost],
  };
}

function unknownTables({ tables }: Metric): string | null {
  const unknown = tables.filter((name) => tableNamed(name) === null);
  return unknown.length === 0 ? null : `it reads ${unknown.join(', ')}, which is no table`;
}

function unknownTimes({ datedBy, entity }: Metric): string | null {
  const times = (tableNamed(entity)?.columns ?? []).filter(({ type }) => type === 'timestamp' || type === 'date');
  const unknown = datedBy.filter((name) => !times.some((column) => column.name === name));
  if (unknown.length === 0) return null;
  return `it is dated by ${unknown.join(', ')}, which is no time of ${entity}; its times are ${times.map((column) => column.name).join(', ')}`;
}
