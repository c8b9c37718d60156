import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metric, UnavailableMetric } from '../contract/metric-definition.ts';
import { builtInMetrics } from './built-in-metrics.ts';
import { readMetric } from './read-metric.ts';

export { type MetricReading, readMetric } from './read-metric.ts';

/** The metrics that can be computed, and the files that could not be used with the reason. */
export interface Catalogue {
  readonly metrics: readonly Metric[];
  readonly unavailable: readonly UnavailableMetric[];
}

/**
 * The built-in metrics and those in `<workspaceDir>/metrics/*.sql`. A workspace's metric with a built-in's id replaces it.
 * A file that cannot be used is listed with its reason and harms no other. Ordered by stage, then as listed.
 */
export async function loadCatalogue(workspaceDir: string | null): Promise<Catalogue> {
  const own = workspaceDir === null ? [] : await readFolder(join(workspaceDir, 'metrics'));
  const metrics = new Map<string, Metric>();
  const unavailable: UnavailableMetric[] = [];
  for (const reading of [...builtInMetrics(), ...own]) {
    if ('metric' in reading) metrics.set(reading.metric.id, reading.metric);
    else unavailable.push(reading.unavailable);
  }
  return { metrics: [...metrics.values()].sort((a, b) => a.stage.localeCompare(b.stage, 'en', { numeric: true })), unavailable };
}

async function readFolder(folder: string) {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map(async (name) => readMetric(await readFile(join(folder, name), 'utf8'), join(folder, name))));
}
