import { join } from 'node:path';
import type { z } from 'zod';
import { errorData, type Outcome, WeirError } from '../contract/errors.ts';
import type { ImportProgress } from '../contract/import-report.ts';
import { issueText } from '../contract/issue-text.ts';
import { METHODS, type MethodName, type MethodOutput, type MethodRequest } from '../contract/methods.ts';
import type { Sql } from '../contract/sql.ts';
import type { WatchedFile } from '../contract/watch.ts';
import { queryFlow } from '../flow/index.ts';
import { listBatches, listRejects, rejectTables } from '../ingest/index.ts';
import { bringProfile } from '../ingest/profiles/bring-profile.ts';
import { saveProfile } from '../ingest/profiles/save-profile.ts';
import { metricView, type QueryContext, queryMetrics, recordsBehind, streamView } from '../query/index.ts';
import { answerCache } from './answer-cache.ts';
import { importInto, undoIn } from './change.ts';
import { describeWorkspace } from './describe.ts';
import { rehearseImport } from './effect/rehearse.ts';
import { explainMetric } from './explain.ts';
import { openWorkspace, type Workspace } from './open.ts';
import { contextOf, isOtherDay, streamNamed } from './parts.ts';
import { previewFile } from './preview/preview-file.ts';
import { reporting } from './running/reporting.ts';
import { type Watch, watchFolders } from './watch/index.ts';

/** An open workspace behind one door: every method of the contract, answered as data. */
export interface Engine {
  /** Parses `input` by the method's schema, runs it, and answers its value or its error; never rejects. */
  call<Name extends MethodName>(
    name: Name,
    input: unknown,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Outcome<MethodOutput<Name>>>;
  /** Imports files of the watched folders as they appear, from now on. */
  watch(): void;
  /** Imports what lies in the watched folders now. Rejects with `watch-nothing` where no folder is watched. */
  importWatched(): Promise<void>;
  /** Closes the workspace; an import from a watched folder that runs is stopped, and taken up again at the next start. */
  close(): Promise<void>;
}

export interface EngineEvents {
  progress(progress: ImportProgress): void;
  changed(dataVersion: number): void;
  /** A watched folder stands otherwise than before; `file` is what became of a file of it, null where it is not about one. */
  watched(file: WatchedFile | null): void;
}

interface CallScope {
  readonly workspace: Workspace;
  readonly watch: Watch;
  /** The workspace's readers, whose statements end when the call is taken back. */
  readonly reader: Sql;
  readonly events: EngineEvents;
  readonly signal: AbortSignal | undefined;
}

type Handlers = { [Name in MethodName]: (scope: CallScope, request: MethodRequest<Name>) => Promise<MethodOutput<Name>> };

const HANDLERS: Handlers = {
  'workspace.describe': ({ workspace }) => describeWorkspace(workspace),
  'stream.check': async ({ workspace }, { stream }) => {
    streamNamed(workspace, stream);
    return workspace.streams.checks.find((check) => check.model?.id === stream) ?? { model: null, findings: [] };
  },
  'view.stream': (scope, query) =>
    withContext(scope, undefined, (sql, context) => streamView(sql, context, streamNamed(scope.workspace, query.stream), query)),
  'view.metric': (scope, query) => withContext(scope, undefined, (sql, context) => metricView(sql, context, query)),
  'metrics.query': (scope, query) => withContext(scope, query.asOf, (sql, context) => queryMetrics(sql, context, query)),
  'metrics.explain': ({ workspace }, { metric }) => explainMetric(workspace, metric),
  'metrics.records': (scope, query) => withContext(scope, query.asOf, (sql, context) => recordsBehind(sql, context, query)),
  'flow.query': (scope, query) =>
    withContext(scope, query.asOf, (sql, context) =>
      queryFlow(sql, { ...context, stream: streamNamed(scope.workspace, query.stream) }, query),
    ),
  'import.preview': ({ workspace, events: { progress }, signal }, request) =>
    reporting(workspace.writer, { signal, files: [request.file], progress }, (options) =>
      previewFile(workspace, request, options),
    ),
  'import.files': async ({ workspace, events, signal }, request) => {
    const work = request.dryRun ? rehearseImport : importInto;
    const watch = { signal, files: request.files, progress: events.progress };
    const report = await reporting(workspace.writer, watch, (options) => work(workspace, request, options));
    if (report.batch !== null) events.changed(workspace.state.dataVersion);
    return report;
  },
  'import.batches': ({ reader }) => listBatches(reader),
  'import.undo': async ({ workspace, events }, { batch }) => {
    const summary = await undoIn(workspace, batch);
    events.changed(workspace.state.dataVersion);
    return summary;
  },
  'import.rejects': ({ reader }, { batch }) => listRejects(reader, batch),
  'import.rejectTables': ({ reader }, { batch }) => rejectTables(reader, batch),
  'watch.folders': ({ watch }) => watch.folders(),
  'watch.add': ({ watch }, setting) => watch.add(setting).then(() => watch.folders()),
  'watch.remove': ({ watch }, { folder }) => watch.remove(folder).then(() => watch.folders()),
  'watch.retry': ({ watch }, { file }) => watch.retry(file).then(() => watch.folders()),
  'profile.save': ({ workspace }, draft) => saveProfile(join(workspace.dir, 'profiles'), draft),
  'profile.bring': ({ workspace }, { file, replace }) => bringProfile(join(workspace.dir, 'profiles'), file, replace),
  'review.html': async (scope, { month }) => {
    // The chart library is large and only the review needs it: it is loaded when it is asked for.
    const { reviewPage } = await import('../review/index.ts');
    return withContext(scope, undefined, (sql, context) => reviewPage(sql, context, scope.workspace.streams.models, month));
  },
};

/** Methods whose answer depends on the request and the data alone. */
const FOLLOWS_FROM_DATA: ReadonlySet<MethodName> = new Set(['view.stream', 'view.metric', 'metrics.query', 'flow.query']);

/** Opens the workspace in `dir`. Rejects with a WeirError where it is missing, newer, locked or its settings are not valid. */
export async function openEngine(dir: string, events: EngineEvents): Promise<Engine> {
  const workspace = await openWorkspace(dir);
  const cache = answerCache();
  const watch = watchFolders(workspace, events);
  return {
    async call(name, input, options = {}) {
      try {
        const request = parseRequest(name, input);
        if (options.signal?.aborted) throw new WeirError('cancelled');
        const find = (signal = options.signal) => {
          const reader = workspace.readers.until(signal);
          return HANDLERS[name]({ workspace, reader, watch, events, signal }, request);
        };
        const question = {
          version: workspace.state.dataVersion,
          text: `${name} ${JSON.stringify(request)}`,
          signal: options.signal,
        };
        const value = await (FOLLOWS_FROM_DATA.has(name) ? cache.answer(question, find) : find());
        if (options.signal?.aborted && name.startsWith('view.')) throw new WeirError('cancelled');
        return { ok: true, value };
      } catch (thrown) {
        return { ok: false, error: errorData(thrown) };
      }
    },
    watch: watch.start,
    importWatched: watch.importAll,
    async close() {
      await watch.close();
      workspace.close();
    },
  };
}

function parseRequest<Name extends MethodName>(name: Name, input: unknown): MethodRequest<Name> {
  if (!Object.hasOwn(METHODS, name)) throw new WeirError('bad-request', { reason: `there is no method ${String(name)}` });
  const schema: z.ZodType = METHODS[name].input;
  const parsed = schema.safeParse(input ?? {});
  if (!parsed.success) throw new WeirError('bad-request', { reason: issueText(parsed.error) });
  return parsed.data as MethodRequest<Name>;
}

/** Does `work` with what a query needs, and with a connection that ends its statements when the call is taken back. */
async function withContext<Value>(
  { workspace, reader, signal }: CallScope,
  asOf: string | undefined,
  work: (sql: Sql, context: QueryContext) => Promise<Value>,
): Promise<Value> {
  const sql = isOtherDay(workspace.state, asOf) ? workspace.reader.until(signal) : reader;
  return work(sql, await contextOf(workspace, sql, asOf));
}
