import type { MetricExplanation } from '../contract/workspace.ts';
import { asOfInstant, compileObservations, settingValue, unusableRows } from '../observe/index.ts';
import { metricOf } from '../query/index.ts';
import type { Workspace } from './open.ts';

/** Everything that stands behind one metric's numbers: header, targets and settings in force, statement, companions. */
export async function explainMetric(workspace: Workspace, id: string): Promise<MetricExplanation> {
  const metric = metricOf({ metrics: workspace.catalogue.metrics, unavailable: workspace.state.unavailable }, id);
  const { settings, state } = workspace;
  const own = settings.targets.filter((target) => target.metric === id).map(({ metric: _, ...target }) => target);
  const asOf = state.asOf ?? new Date().toISOString().slice(0, 10);
  return {
    metric,
    targets: own.length > 0 ? own : metric.targets,
    rules: Object.fromEntries(metric.settings.map((name) => [name, settingValue(settings, name)])),
    compiledSql: compileObservations(metric, settings, asOfInstant(asOf, settings)).text,
    unusable: await unusableRows(workspace.reader, metric, { settings, asOf }),
    companions: workspace.catalogue.metrics.filter((each) => each.companionOf === id).map((each) => each.id),
  };
}
