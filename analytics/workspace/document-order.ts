import type { Catalogue } from '../catalogue/index.ts';
import { metricIdOf } from '../contract/ids.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { StreamModel } from '../contract/stage-model.ts';

/**
 * The catalogue with its metrics in the order in which the stage documents name them: stream, stage, place in the stage.
 * A companion follows the metric it stands beside; what no document names comes last.
 */
export function inDocumentOrder(catalogue: Catalogue, models: readonly StreamModel[]): Catalogue {
  const named = models.flatMap((model) =>
    model.stages.flatMap((stage) => stage.metrics.map((name) => metricIdOf(stage.id, name))),
  );
  const placeOf = new Map(named.map((id, place) => [id, place]));
  const place = (metric: Metric) => placeOf.get(metric.companionOf ?? metric.id) ?? named.length;
  const rank = (metric: Metric) => (metric.companionOf === undefined ? 0 : 1);
  return { ...catalogue, metrics: [...catalogue.metrics].sort((a, b) => place(a) - place(b) || rank(a) - rank(b)) };
}
