import { z } from 'zod';

/** A value stream's id as its document writes it, for example `NCV-01`. */
export const streamIdSchema = z.string().regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/, 'A stream id looks like NCV-01.');
export type StreamId = z.infer<typeof streamIdSchema>;

/** A stage's id as its document writes it, for example `NCV-01.5`. */
export const stageIdSchema = z.string().regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+\.\d+$/, 'A stage id looks like NCV-01.5.');
export type StageId = z.infer<typeof stageIdSchema>;

/** A metric's id: stage id in lower case, a slash, the document's metric name in kebab case. */
export const metricIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)+\.\d+\/[a-z0-9]+(-[a-z0-9]+)*$/, 'A metric id looks like ncv-01.5/first-time-fix-rate.');
export type MetricId = z.infer<typeof metricIdSchema>;

/** Turns a metric name of a document into the second half of its id: `First-time fix rate` gives `first-time-fix-rate`. */
export function kebabCase(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** The id of the metric `name` of stage `stage`. */
export function metricIdOf(stage: StageId, name: string): MetricId {
  return `${stage.toLowerCase()}/${kebabCase(name)}`;
}

/** The id of the stream that a stage belongs to: `NCV-01.5` gives `NCV-01`. */
export function streamOfStage(stage: StageId): StreamId {
  return stage.slice(0, stage.lastIndexOf('.'));
}
