import { DIMENSIONS, type Dimension, type Where } from '../contract/dimensions.ts';
import { type ErrorCode, type ErrorData, WeirError } from '../contract/errors.ts';
import type { MethodName, MethodOutput } from '../contract/methods.ts';
import { type Engine, type EngineEvents, openEngine } from '../index.ts';
import { tell } from './output.ts';

/** Hears nothing of what the engine tells. */
export const SILENT: EngineEvents = { progress: () => undefined, changed: () => undefined, watched: () => undefined };

/** Opens the workspace, asks one method, closes it again; throws the error of an outcome that failed. */
export async function ask<Name extends MethodName>(
  dir: string,
  name: Name,
  input: unknown,
  events: EngineEvents = SILENT,
): Promise<MethodOutput<Name>> {
  return withEngine(dir, (engine) => answer(engine, name, input), events);
}

/** The same for a question about records that a filter narrows; warns of members that no record has. */
export async function askOf<Name extends MethodName>(
  dir: string,
  name: Name,
  { where, ...input }: { readonly where: Where } & Readonly<Record<string, unknown>>,
): Promise<MethodOutput<Name>> {
  return withEngine(dir, async (engine) => {
    const found = await answer(engine, name, { ...input, where });
    await tellUnknownMembers(engine, where);
    return found;
  });
}

/** Opens the workspace for several calls and closes it whatever happens. */
export async function withEngine<Value>(
  dir: string,
  work: (engine: Engine) => Promise<Value>,
  events: EngineEvents = SILENT,
): Promise<Value> {
  const engine = await openEngine(dir, events);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** The value of a call; throws where the outcome is an error. */
export async function answer<Name extends MethodName>(engine: Engine, name: Name, input: unknown): Promise<MethodOutput<Name>> {
  const outcome = await engine.call(name, input);
  if (!outcome.ok) throw new FailedCall(outcome.error);
  return outcome.value;
}

/** A call that the engine answered with an error; its message is the sentence for the user. */
export class FailedCall extends Error {
  readonly code: ErrorCode;
  readonly detail: string | null;

  constructor({ code, message, detail }: ErrorData) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

/** Says on standard error which members of a filter no record has: a filter misspelt would answer with nothing. */
async function tellUnknownMembers(engine: Engine, where: Where): Promise<void> {
  if (Object.keys(where).length === 0) return;
  const { members } = await answer(engine, 'workspace.describe', {});
  for (const dimension of DIMENSIONS) {
    const strange = (where[dimension] ?? []).filter((member) => !members[dimension].includes(member));
    if (strange.length > 0 && members[dimension].length > 0)
      tell(`No record has ${dimension} ${strange.join(' or ')}. There are: ${members[dimension].join(', ')}.`);
  }
}

function isDimension(name: string): name is Dimension {
  return (DIMENSIONS as readonly string[]).includes(name);
}

/** Parses repeated `DIM=VALUE` options into a filter. */
export function whereOf(pairs: readonly string[]): Where {
  const where: Partial<Record<Dimension, string[]>> = {};
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    if (cut < 1)
      throw new WeirError('bad-request', { reason: `--where takes DIM=VALUE, for example segment=fleet; it got ${pair}` });
    const dimension = pair.slice(0, cut);
    if (!isDimension(dimension)) throw new WeirError('dimension-unknown', { dimension });
    where[dimension] = [...(where[dimension] ?? []), pair.slice(cut + 1)];
  }
  return where;
}
