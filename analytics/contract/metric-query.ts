import { z } from 'zod';
import { dimensionSchema, whereSchema } from './dimensions.ts';
import { metricIdSchema, stageIdSchema, streamIdSchema } from './ids.ts';
import type { Direction, MetricKind, Unit } from './metric-definition.ts';
import { daySchema, grainSchema, monthSchema } from './period.ts';

/** Which values are asked for. Absent `from`/`to`: the 24 months that end with the as-of day's month. */
export const metricQuerySchema = z.strictObject({
  stream: streamIdSchema.optional(),
  stage: stageIdSchema.optional(),
  /** Named metrics; absent: the key metrics of the chosen streams (companions only by name). */
  metrics: z.array(metricIdSchema).optional(),
  from: monthSchema.optional(),
  to: monthSchema.optional(),
  grain: grainSchema.default('month'),
  by: z.array(dimensionSchema).default([]),
  where: whereSchema.default({}),
  /** The day whose knowledge is used (inclusive). Absent: the last day the data reaches. */
  asOf: daySchema.optional(),
});
export type MetricQuery = z.infer<typeof metricQuerySchema>;
export type MetricQueryInput = z.input<typeof metricQuerySchema>;

export const RATINGS = ['exceeding', 'meeting', 'near', 'below', 'farBelow'] as const;
export type Rating = (typeof RATINGS)[number];

/** How far rows that could not be used could have moved a value. */
export interface MetricBounds {
  /** The least and the greatest the value could have been; null where nothing bounds it on that side. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many such rows there are: rejected rows, and of a filtered or split value also cases whose member is not known. */
  readonly unusable: number;
}

/** One value of one metric in one period for one combination of members. */
export interface MetricRow {
  readonly metric: string;
  readonly stage: string;
  readonly name: string;
  readonly unit: Unit;
  readonly direction: Direction;
  readonly kind: MetricKind;
  readonly period: string;
  readonly by: Readonly<Record<string, string>>;
  /** `null` where nothing can be said; `note` then says why. Fractions 0 to 1, durations in `unit`. */
  readonly value: number | null;
  readonly num: number | null;
  readonly den: number | null;
  /** How many mature observations the value rests on. */
  readonly n: number;
  /** Bounds of the 95 % interval: Wilson for proportions, exact Poisson for rates, Greenwood for survival. */
  readonly low: number | null;
  readonly high: number | null;
  /** The 50th, 85th and 95th percentile (type 7) where the observations have a size: duration, mean, sum. */
  readonly median: number | null;
  readonly p85: number | null;
  readonly p95: number | null;
  /** Null where every row could be used, and where there is no value. */
  readonly bounds: MetricBounds | null;
  readonly target: number | { readonly low: number; readonly high: number } | null;
  readonly rating: Rating | null;
  /** True where part of the cohort is younger than its window: outside targets and control charts. */
  readonly provisional: boolean;
  /** True where the period is not over on the as-of day. */
  readonly partial: boolean;
  /** Observations still inside their window, not counted in `value`. */
  readonly pending: number;
  readonly note: string | null;
}

/** The answer to a {@link MetricQuery}. */
export interface MetricAnswer {
  readonly asOf: string;
  readonly timeZone: string;
  /** ISO 4217 code in which amounts of money are given. */
  readonly currency: string;
  readonly rows: readonly MetricRow[];
}
