import { type MetricReading, readMetric } from './read-metric.ts';

const sources = import.meta.glob<string>('./ncv-*/*.sql', { query: '?raw', import: 'default', eager: true });
let readings: readonly MetricReading[] | null = null;

/** The metrics that Weir ships, read once by the same reader as every metric file; the build puts what was read in this module's place. */
export function builtInMetrics(): readonly MetricReading[] {
  readings ??= Object.values(sources).map((source) => readMetric(source, 'built-in'));
  return readings;
}
