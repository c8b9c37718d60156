import type { Metric } from '../contract/metric-definition.ts';
import type { MetricExplanation, UnusableRows } from '../contract/workspace.ts';
import { asOfInstant, compileObservations, settingValue, unusableRowsByTable, unusableSources } from '../observe/index.ts';
import { metricOf } from '../query/index.ts';
import type { Workspace } from './open.ts';

/** Everything that stands behind one metric's numbers: header, targets and settings in force, statement, companions. */
export async function explainMetric(workspace: Workspace, id: string): Promise<MetricExplanation> {
  const metric = metricOf({ metrics: workspace.catalogue.metrics, unavailable: workspace.state.unavailable }, id);
  const { settings, state } = workspace;
  const own = settings.targets.filter((target) => target.metric === id).map(({ metric: _, ...target }) => target);
  const asOf = asOfInstant(state.asOf ?? new Date().toISOString().slice(0, 10), settings);
  return {
    metric,
    targets: own.length > 0 ? own : metric.targets,
    rules: Object.fromEntries(metric.settings.map((name) => [name, settingValue(settings, name)])),
    compiledSql: compileObservations(metric, settings, asOf).text,
    unusable: await unusableRows(workspace, metric),
    companions: workspace.catalogue.metrics.filter((each) => each.companionOf === id).map((each) => each.id),
  };
}

async function unusableRows({ reader }: Workspace, metric: Metric): Promise<readonly UnusableRows[]> {
  const { tables, bounded } = unusableSources(metric);
  const counts = await unusableRowsByTable(reader, [...new Set([...tables, ...metric.tables])]);
  return [...counts].flatMap(([table, rows]) =>
    rows === 0 ? [] : [{ table, rows, inBounds: bounded && tables.includes(table) }],
  );
}
