export { metricOf } from './choose-metrics.ts';
export { monthlyValues } from './monthly-values.ts';
export { type QueryContext, queryMetrics, queryTotals, type TotalsQuery } from './query-metrics.ts';
export { recordsBehind } from './records.ts';
export { metricView, streamView } from './views.ts';
