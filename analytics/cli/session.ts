import { WeirError } from '../contract/errors.ts';
import type { MethodName, MethodOutput } from '../contract/methods.ts';
import { type Engine, type EngineEvents, openEngine } from '../index.ts';

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
  if (!outcome.ok) throw new FailedCall(outcome.error.message, outcome.error.detail);
  return outcome.value;
}

/** A call that the engine answered with an error; its message is the sentence for the user. */
export class FailedCall extends Error {
  readonly detail: string | null;

  constructor(message: string, detail: string | null) {
    super(message);
    this.detail = detail;
  }
}

/** Parses repeated `DIM=VALUE` options into a filter. */
export function whereOf(pairs: readonly string[]): Record<string, string[]> {
  const where: Record<string, string[]> = {};
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    if (cut < 1)
      throw new WeirError('bad-request', { reason: `--where takes DIM=VALUE, for example segment=fleet; it got ${pair}` });
    const dimension = pair.slice(0, cut);
    where[dimension] = [...(where[dimension] ?? []), pair.slice(cut + 1)];
  }
  return where;
}
