import { z } from 'zod';
import { whereSchema } from './dimensions.ts';
import { streamIdSchema } from './ids.ts';
import { daySchema, monthSchema } from './period.ts';

/** Which flow is asked for. Absent `from`/`to`: the 12 months that end with the as-of day's month. */
export const flowQuerySchema = z.strictObject({
  stream: streamIdSchema,
  from: monthSchema.optional(),
  to: monthSchema.optional(),
  where: whereSchema.default({}),
  asOf: daySchema.optional(),
});
export type FlowQuery = z.infer<typeof flowQuerySchema>;

/** How cases flowed through one stage in the asked months. */
export interface StageFlow {
  readonly stage: string;
  readonly name: string;
  /**
   * Visits that began in the period; a case that was sent back and comes again is another visit. So work in progress at the
   * end is that at the start plus entered, less all exits; and with no period set, entered = passed + dropped + returned + open.
   */
  readonly entered: number;
  /** Of them, cases that came for the first time. */
  readonly newCases: number;
  /** Of all exits in the period: passed on, dropped out, sent back. */
  readonly passed: number;
  readonly dropped: number;
  readonly returned: number;
  /** Of the visits that began in the period, those not ended on the as-of day. */
  readonly open: number;
  /** Share of the cases that first entered in the period and have left whose last exit passed; `null` where none has left. */
  readonly conversion: number | null;
  /** Days in stage (sum over re-entries) of cases that left in the period: type-7 percentiles; `null` where none. */
  readonly medianDays: number | null;
  readonly p85Days: number | null;
  /** Cases in the stage at the end of the period. */
  readonly wip: number;
  /** Median age in days of that work in progress, and how many of it are older than the stage's P85. */
  readonly medianAgeDays: number | null;
  readonly pastPromise: number;
  /** Share of the cases seen in the stage in the period that entered it more than once. */
  readonly reworkShare: number | null;
}

export interface FlowAnswer {
  readonly asOf: string;
  readonly stream: string;
  readonly from: string;
  readonly to: string;
  readonly stages: readonly StageFlow[];
  /** Cases whose stages were skipped or out of order, and other facts that limit the reading. */
  readonly notes: readonly string[];
}
