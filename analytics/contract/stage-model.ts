import { z } from 'zod';
import { stageIdSchema, streamIdSchema } from './ids.ts';

/** A capability of a stage. Its key is (document, id): two documents may use one id for different capabilities. */
export const capabilitySchema = z.object({ id: z.string(), name: z.string() });
export type Capability = z.infer<typeof capabilitySchema>;

/** One stage of a value stream; `metrics` holds the document's metric names verbatim. */
export const stageSchema = z.object({
  id: stageIdSchema,
  name: z.string(),
  description: z.string(),
  capabilities: z.array(capabilitySchema),
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
  metrics: z.array(z.string()),
});
export type Stage = z.infer<typeof stageSchema>;

/** A dependency on other streams or capabilities: the ids the sentence names, and the sentence without markup. */
export const dependencySchema = z.object({ ids: z.array(z.string()), text: z.string() });
export type Dependency = z.infer<typeof dependencySchema>;

/** A value stream as its stage document defines it. Absent texts are empty, an absent date is `null`. */
export const streamModelSchema = z.object({
  id: streamIdSchema,
  name: z.string(),
  version: z.string(),
  date: z.string().nullable(),
  description: z.string(),
  valueProposition: z.string(),
  triggeringStakeholder: z.string(),
  receivingStakeholder: z.string(),
  entryCriteria: z.array(z.string()),
  exitCriteria: z.array(z.string()),
  stages: z.array(stageSchema),
  dependencies: z.array(dependencySchema),
  reviewers: z.array(z.string()),
  nextReview: z.string(),
});
export type StreamModel = z.infer<typeof streamModelSchema>;

/** Something to mend in a document: where (1-based line), what, and what to do. */
export const documentFindingSchema = z.object({
  line: z.number().int().min(1),
  code: z.string(),
  message: z.string(),
  fix: z.string(),
});
export type DocumentFinding = z.infer<typeof documentFindingSchema>;

/** The answer of reading a document; `model` is `null` where it is no stage document. */
export interface StreamCheck {
  readonly model: StreamModel | null;
  readonly findings: readonly DocumentFinding[];
}
