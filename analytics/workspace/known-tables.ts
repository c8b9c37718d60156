import type { Catalogue } from '../catalogue/index.ts';
import { tableNamed } from '../tables/index.ts';

/** The catalogue with each metric that reads a table there is not listed as unavailable, with that reason. */
export function withKnownTables(catalogue: Catalogue): Catalogue {
  const isUsable = (tables: readonly string[]) => tables.every((name) => tableNamed(name) !== null);
  const lost = catalogue.metrics.filter((metric) => !isUsable(metric.tables));
  return {
    metrics: catalogue.metrics.filter((metric) => isUsable(metric.tables)),
    unavailable: [
      ...catalogue.unavailable,
      ...lost.map(({ id, origin, tables }) => ({
        id,
        origin,
        reason: `it reads ${tables.filter((name) => tableNamed(name) === null).join(', ')}, which is no table`,
      })),
    ],
  };
}
