import { z } from 'zod';

/** The dimensions every observation carries, and so every metric can be filtered and split by. */
export const DIMENSIONS = ['segment', 'region', 'product', 'channel', 'crew'] as const;

export const dimensionSchema = z.enum(DIMENSIONS, {
  error: `A dimension is one of ${DIMENSIONS.join(', ')}.`,
});
export type Dimension = z.infer<typeof dimensionSchema>;

/** The value that stands where a record does not say which segment, region, … it belongs to. */
export const UNKNOWN_MEMBER = 'unknown';

/** A filter: for each named dimension the members that are kept. An absent dimension keeps all. */
export const whereSchema = z.partialRecord(dimensionSchema, z.array(z.string()).min(1));
export type Where = z.infer<typeof whereSchema>;
