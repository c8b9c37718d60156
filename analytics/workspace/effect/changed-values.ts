import type { MetricChange } from '../../contract/import-effect.ts';
import type { MetricRow } from '../../contract/metric-query.ts';

/**
 * What differs between two sets of rows that are split by nothing, each with one row at most for a metric and month: values,
 * and the numbers of observations they rest on. A row that one side lacks counts as no value of no observation.
 */
export function changedValues(before: readonly MetricRow[], after: readonly MetricRow[]): readonly MetricChange[] {
  const earlier = byPlace(before);
  const later = byPlace(after);
  const order = [...new Set([...after, ...before].map((row) => row.metric))];
  const changes: MetricChange[] = [];
  for (const place of new Set([...earlier.keys(), ...later.keys()])) {
    const [from, to] = [earlier.get(place), later.get(place)];
    const row = to ?? from;
    if (!row) continue;
    const { metric, stage, name, unit, kind, period } = row;
    const figures = { from: from?.value ?? null, to: to?.value ?? null, fromN: from?.n ?? 0, toN: to?.n ?? 0 };
    if (figures.from === figures.to && figures.fromN === figures.toN) continue;
    changes.push({ metric, stage, name, unit, kind, period, ...figures });
  }
  return changes.sort((a, b) => order.indexOf(a.metric) - order.indexOf(b.metric) || (a.period < b.period ? -1 : 1));
}

function byPlace(rows: readonly MetricRow[]): ReadonlyMap<string, MetricRow> {
  return new Map(rows.map((row) => [`${row.metric} ${row.period}`, row]));
}
