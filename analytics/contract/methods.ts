import { z } from 'zod';
import type { Packed } from './columns.ts';
import type { ErrorData, Outcome } from './errors.ts';
import { type FlowAnswer, flowQuerySchema } from './flow.ts';
import { metricIdSchema, streamIdSchema } from './ids.ts';
import { type ImportPreview, previewRequestSchema } from './import-preview.ts';
import {
  type BatchSummary,
  type ImportProgress,
  type ImportReport,
  importRequestSchema,
  type RejectedRow,
} from './import-report.ts';
import { type MetricAnswer, metricQuerySchema } from './metric-query.ts';
import { monthSchema } from './period.ts';
import { profileDraftSchema, profileFileSchema, type SavedProfile } from './profile-draft.ts';
import { type RecordsPage, recordsQuerySchema } from './records.ts';
import type { RejectTable } from './reject-table.ts';
import type { StreamCheck } from './stage-model.ts';
import { type MetricView, metricViewQuerySchema, type StreamView, streamViewQuerySchema } from './stream-view.ts';
import { type WatchedFile, type WatchedFolder, watchedFileSchema, watchedPathSchema, watchSettingSchema } from './watch.ts';
import type { MetricExplanation, WorkspaceDescription } from './workspace.ts';

/** Carries a method's output type beside its input schema; holds no value. */
interface Method<Input extends z.ZodType, Output> {
  readonly input: Input;
  readonly output?: Output;
}

function method<Output>() {
  return <Input extends z.ZodType>(input: Input): Method<Input, Output> => ({ input });
}

const nothing = z.strictObject({});

/** Everything that may be asked of the engine: method name to input schema and output type. The one place to add a method. */
export const METHODS = {
  'workspace.describe': method<WorkspaceDescription>()(nothing),
  'stream.check': method<StreamCheck>()(z.strictObject({ stream: streamIdSchema })),
  'view.stream': method<StreamView>()(streamViewQuerySchema),
  'view.metric': method<MetricView>()(metricViewQuerySchema),
  'metrics.query': method<MetricAnswer>()(metricQuerySchema),
  'metrics.explain': method<MetricExplanation>()(z.strictObject({ metric: metricIdSchema })),
  'metrics.records': method<RecordsPage>()(recordsQuerySchema),
  'flow.query': method<FlowAnswer>()(flowQuerySchema),
  'import.preview': method<ImportPreview>()(previewRequestSchema),
  'import.files': method<ImportReport>()(importRequestSchema),
  'import.batches': method<readonly BatchSummary[]>()(nothing),
  'import.undo': method<BatchSummary>()(z.strictObject({ batch: z.number().int().positive() })),
  'import.rejects': method<readonly RejectedRow[]>()(z.strictObject({ batch: z.number().int().positive().optional() })),
  'import.rejectTables': method<readonly RejectTable[]>()(z.strictObject({ batch: z.number().int().positive().optional() })),
  'watch.folders': method<readonly WatchedFolder[]>()(nothing),
  'watch.add': method<readonly WatchedFolder[]>()(watchSettingSchema),
  'watch.remove': method<readonly WatchedFolder[]>()(watchedPathSchema),
  'watch.retry': method<readonly WatchedFolder[]>()(watchedFileSchema),
  'profile.save': method<SavedProfile>()(profileDraftSchema),
  'profile.bring': method<SavedProfile>()(profileFileSchema),
  'review.html': method<string>()(z.strictObject({ month: monthSchema })),
} as const satisfies Record<string, Method<z.ZodType, unknown>>;

export type MethodName = keyof typeof METHODS;
export type MethodInput<Name extends MethodName> = z.input<(typeof METHODS)[Name]['input']>;
export type MethodRequest<Name extends MethodName> = z.output<(typeof METHODS)[Name]['input']>;
export type MethodOutput<Name extends MethodName> = NonNullable<(typeof METHODS)[Name]['output']>;

/** A call from the window: `view` names who asks, so that a newer call of one view cancels its older one. */
export const callSchema = z.strictObject({
  id: z.number().int(),
  view: z.string(),
  method: z.enum(Object.keys(METHODS) as [MethodName, ...MethodName[]]),
  input: z.unknown(),
});
export type Call = z.infer<typeof callSchema>;

/** From the window: what `view` asked by `method` is no longer wanted. It is answered `cancelled`, unless it is done already. */
export const cancelSchema = z.strictObject({ cancel: callSchema.pick({ view: true, method: true }) });
export type Cancel = z.infer<typeof cancelSchema>;

/** What the engine sends back: the outcome of a call, its value as columns, or news while it runs. */
export type EngineMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly outcome: Outcome<Packed<unknown>> }
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'changed'; readonly dataVersion: number }
  /** A watched folder stands otherwise than before; `file` is what became of a file of it, null where it is not about one. */
  | { readonly kind: 'watched'; readonly file: WatchedFile | null }
  | { readonly kind: 'failed'; readonly error: ErrorData };
