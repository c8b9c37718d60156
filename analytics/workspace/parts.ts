import { WeirError } from '../contract/errors.ts';
import type { Once, Sql } from '../contract/sql.ts';
import type { StreamModel } from '../contract/stage-model.ts';
import { observationsAsOf } from '../observe/index.ts';
import type { QueryContext } from '../query/index.ts';
import type { Workspace, WorkspaceState } from './open.ts';

/** The model of the stream called `id`; throws `stream-unknown` naming those there are. */
export function streamNamed(workspace: Workspace, id: string): StreamModel {
  const model = workspace.streams.models.find((each) => each.id === id);
  if (!model)
    throw new WeirError('stream-unknown', { stream: id, known: workspace.streams.models.map((each) => each.id).join(', ') });
  return model;
}

/** Whether a day is another than the data's own: what was known on it is made on the connection that then asks for it. */
export function isOtherDay({ asOf: own }: WorkspaceState, asOf: string | undefined): asOf is string {
  return asOf !== undefined && asOf !== own;
}

/**
 * What a query needs: metrics, settings, the as-of day and the table of observations known on it. For another day than
 * the data's own, the observations are computed anew as they were known then.
 */
export async function contextOf(workspace: Workspace, reader: Sql, asOf: string | undefined): Promise<QueryContext> {
  const held = workspace.state.asOf;
  const today = new Date().toISOString().slice(0, 10);
  const { settings, streams, state, catalogue } = workspace;
  const base = { metrics: catalogue.metrics, unavailable: state.unavailable, streams: streams.models, settings };
  if (!isOtherDay(state, asOf)) return { ...base, asOf: held ?? today, once: onceIn(workspace) };
  const { observations, unavailable } = await observationsAsOf(reader, catalogue.metrics, settings, asOf);
  return { ...base, asOf, observations, unavailable: [...catalogue.unavailable, ...unavailable] };
}

/** What was found once of the data as it was in a state; it is forgotten with the state. */
const found = new WeakMap<WorkspaceState, Map<string, Promise<unknown>>>();

function onceIn({ state, reader }: Workspace): Once {
  const known = found.get(state) ?? new Map<string, Promise<unknown>>();
  found.set(state, known);
  return <Value>(what: string, find: (sql: Sql) => Promise<Value>) => {
    const finding = known.get(what) ?? find(reader);
    known.set(what, finding);
    finding.catch(() => known.delete(what));
    return finding as Promise<Value>;
  };
}
