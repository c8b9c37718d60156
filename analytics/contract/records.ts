import { z } from 'zod';
import { whereSchema } from './dimensions.ts';
import { metricIdSchema } from './ids.ts';
import type { MetricBounds } from './metric-query.ts';
import { daySchema } from './period.ts';

/** The columns by which records may be put in order. */
export const RECORD_COLUMNS = [
  'entityId',
  'day',
  'num',
  'den',
  'mature',
  'file',
  'line',
  'segment',
  'region',
  'product',
  'channel',
  'crew',
  'entityTable',
] as const satisfies readonly (keyof RecordRow)[];

/** By which column, and which way. A file is placed by its name without its folder; what a record does not have comes last. */
const recordSortSchema = z.strictObject({ column: z.enum(RECORD_COLUMNS), descending: z.boolean().default(false) });
export type RecordSort = z.infer<typeof recordSortSchema>;

/** Which records: those behind one metric's value in one period. */
export const recordsQuerySchema = z.strictObject({
  metric: metricIdSchema,
  period: z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$/, 'A period looks like 2026-10, 2026-Q4 or 2026.'),
  where: whereSchema.default({}),
  asOf: daySchema.optional(),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1_000_000).default(1000),
  /** Absent: by day. */
  sort: recordSortSchema.optional(),
});
export type RecordsQuery = z.infer<typeof recordsQuerySchema>;

/** One observation with the place it came from; file, line and batch are null where the row was derived. */
export interface RecordRow {
  readonly entityTable: string;
  readonly entityId: string;
  readonly day: string;
  readonly segment: string;
  readonly region: string;
  readonly product: string;
  readonly channel: string;
  readonly crew: string;
  readonly num: number | null;
  readonly den: number | null;
  /** False while the observation is inside its maturity window and not counted. */
  readonly mature: boolean;
  readonly batch: number | null;
  readonly file: string | null;
  readonly line: number | null;
}

export interface RecordsPage {
  readonly metric: string;
  readonly period: string;
  readonly total: number;
  /** How far rows that could not be used, and so are not among these, could have moved the value; null where there are none. */
  readonly bounds: MetricBounds | null;
  readonly rows: readonly RecordRow[];
}
