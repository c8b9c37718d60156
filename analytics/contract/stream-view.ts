import { z } from 'zod';
import { whereSchema } from './dimensions.ts';
import type { FlowAnswer } from './flow.ts';
import { metricIdSchema, streamIdSchema } from './ids.ts';
import type { MetricRow } from './metric-query.ts';
import { monthSchema } from './period.ts';
import type { ControlChart } from './signal.ts';

/** One call for the whole stage-flow dashboard: a stream, a span of months, filters. */
export const streamViewQuerySchema = z.strictObject({
  stream: streamIdSchema,
  from: monthSchema,
  to: monthSchema,
  where: whereSchema.default({}),
});
export type StreamViewQuery = z.infer<typeof streamViewQuerySchema>;

/** One tile: the value over the span, over the same length of time before, and the monthly series with its chart. */
export interface MetricTile {
  readonly metric: string;
  readonly current: MetricRow;
  readonly previous: MetricRow;
  readonly series: readonly MetricRow[];
  readonly control: ControlChart;
}

export interface StreamView {
  readonly asOf: string;
  readonly timeZone: string;
  readonly flow: FlowAnswer;
  readonly tiles: readonly MetricTile[];
}

/** One call for the page of one metric. */
export const metricViewQuerySchema = z.strictObject({
  metric: metricIdSchema,
  from: monthSchema,
  to: monthSchema,
  where: whereSchema.default({}),
});
export type MetricViewQuery = z.infer<typeof metricViewQuerySchema>;

export interface MetricView {
  readonly asOf: string;
  readonly timeZone: string;
  readonly tile: MetricTile;
  /** Monthly series by segment, and the span's value by segment and by region. */
  readonly seriesBySegment: readonly MetricRow[];
  readonly bySegment: readonly MetricRow[];
  readonly byRegion: readonly MetricRow[];
  /** Where segments moved one way and the total another, the sentence that says so. */
  readonly mixNote: string | null;
}
