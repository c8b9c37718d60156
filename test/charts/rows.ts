import type { MetricRow } from '../../analytics/contract/metric-query.ts';
import type { ControlChart } from '../../analytics/contract/signal.ts';

/** A row of a proportion with only what a test cares about stated. */
export function row(facts: Partial<MetricRow>): MetricRow {
  return {
    metric: 'ncv-01.5/first-time-fix-rate',
    stage: 'NCV-01.5',
    name: 'First-time fix rate',
    unit: 'fraction',
    direction: 'up',
    kind: 'proportion',
    period: '2026-10',
    by: {},
    value: 0.8,
    num: 80,
    den: 100,
    n: 100,
    low: null,
    high: null,
    median: null,
    p85: null,
    p95: null,
    bounds: null,
    target: null,
    rating: null,
    provisional: false,
    partial: false,
    pending: 0,
    note: null,
    ...facts,
  };
}

export const NO_CONTROL: ControlChart = {
  centre: null,
  lower: null,
  upper: null,
  rangeLimit: null,
  standing: 'none',
  points: [],
};
