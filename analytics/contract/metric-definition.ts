import { z } from 'zod';
import { metricIdSchema, stageIdSchema } from './ids.ts';
import { daySchema } from './period.ts';

/**
 * How observations become a value.
 * `count`/`sum`: Σnum. `proportion`, `ratio`, `mean`: Σnum/Σden. `duration`: median of num (type 7).
 * `rate`: scale·Σnum/Σden with an exact Poisson interval. `survival`: Kaplan-Meier S(horizonDays).
 */
export const METRIC_KINDS = ['count', 'sum', 'proportion', 'ratio', 'mean', 'duration', 'rate', 'survival'] as const;
export const metricKindSchema = z.enum(METRIC_KINDS);
export type MetricKind = z.infer<typeof metricKindSchema>;

/** Fractions run from 0 to 1 (a return may exceed 1); `currency` is in the workspace's currency, without tax. */
export const UNITS = ['count', 'fraction', 'currency', 'days', 'hours', 'businessHours', 'perHoursWorked'] as const;
export const unitSchema = z.enum(UNITS);
export type Unit = z.infer<typeof unitSchema>;

/** `up`: more is better. `down`: less is better. `band`: best between two bounds. */
export const directionSchema = z.enum(['up', 'down', 'band']);
export type Direction = z.infer<typeof directionSchema>;

/** A target: one value, or a band where the direction is `band`. An absent segment means all segments. */
export const targetSchema = z
  .object({
    segment: z.string().optional(),
    from: daySchema.optional(),
    to: daySchema.optional(),
    value: z.number().optional(),
    low: z.number().optional(),
    high: z.number().optional(),
    source: z.string(),
  })
  .refine((target) => (target.value === undefined) !== (target.low === undefined && target.high === undefined), {
    message: 'A target has either a value, or low and high.',
  });
export type Target = z.infer<typeof targetSchema>;

/** What a metric file says on top. */
export const metricHeaderSchema = z.strictObject({
  stage: stageIdSchema,
  name: z.string().min(1),
  /** The question the metric answers, in one sentence. */
  meaning: z.string().min(1),
  formula: z.string().min(1),
  unit: unitSchema,
  direction: directionSchema,
  kind: metricKindSchema,
  /** `cohort`: an entity counts in the period of its start. `event`: in the period of its outcome. */
  basis: z.enum(['cohort', 'event']),
  /** Which date puts an entity into a period, in words. */
  dateRule: z.string().min(1),
  /** Days until a cohort's result is final, in words where they differ by segment. Absent: final at once. */
  maturity: z.string().optional(),
  /** What one observation is, in words. */
  grain: z.string().min(1),
  /** The canonical table whose natural key `entity_id` holds, unless the SELECT yields `entity_table`. */
  entity: z.string().min(1),
  /**
   * The time columns of the entity's table that decide its day, so that a row which could not be used is counted in the months
   * it may belong to. Absent: any month from the one in which the row came to be.
   */
  datedBy: z.array(z.string()).default([]),
  /** The canonical tables the SELECT reads. */
  tables: z.array(z.string()).min(1),
  /**
   * Which rows decide observations together: by a name for what they share, the SQL of its value in a row of each table, such as
   * `order: { visit: wo_id, work_order: wo_id }`. Then a change costs only the rows that hang together with it. It must be so that
   * rows which share no value, themselves or through others, never meet in an observation, that a value which is null joins
   * nothing, and that `entity_id` is the `source_key` of one of the rows. A table that is not named may be read beside them; where
   * it changes, all is computed. Absent: what the SELECT shows.
   */
  together: z.record(z.string(), z.record(z.string(), z.string().min(1))).default({}),
  /**
   * Values on which every observation depends, by a name under which the SELECT takes them as `$name`: each a SELECT of one value
   * from all rows of the metric's tables. Where one changes, all is computed.
   */
  overall: z.record(z.string().regex(/^[a-z]\w*$/), z.string().min(1)).default({}),
  /** A period's value covers this many months ending with it. Absent: the period alone. */
  rollingMonths: z.number().int().min(2).optional(),
  /** For `rate`: the multiplier, for example 200000 hours. */
  scale: z.number().positive().optional(),
  /** For `survival`: the age at which S is read, in days. */
  horizonDays: z.number().int().positive().optional(),
  /** Below this n the rating is withheld. Absent: 20 for proportion, duration, mean and survival; 0 otherwise. */
  minimumForRating: z.number().int().min(0).optional(),
  /** Named settings the SELECT takes as parameters, as keys of `rules` in weir.json. */
  settings: z.array(z.string()).default([]),
  targets: z.array(targetSchema).default([]),
  /** What is left out of the numbers and why. */
  exclusions: z.array(z.string()).default([]),
  /** Where the formula comes from. */
  source: z.string().min(1),
  version: z.number().int().min(1),
  /** The metric beside which this one stands. Absent: a key metric of the stage document. */
  companionOf: metricIdSchema.optional(),
});
export type MetricHeader = z.infer<typeof metricHeaderSchema>;

/** A loaded metric: its header, its id and the SELECT beneath. */
export interface Metric extends MetricHeader {
  readonly id: string;
  readonly sql: string;
  /** Where it came from: `built-in`, or the workspace file. */
  readonly origin: string;
}

/** A metric file that could not be used, and why. */
export interface UnavailableMetric {
  readonly origin: string;
  readonly id: string | null;
  readonly reason: string;
}
