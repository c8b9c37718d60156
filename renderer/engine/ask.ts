import { unpack } from '../../analytics/contract/columns.ts';
import type { ErrorCode, ErrorData } from '../../analytics/contract/errors.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../analytics/contract/methods.ts';
import type { WindowApi } from '../../analytics/contract/window-api.ts';

/** An error of the engine, thrown so that queries carry it; `message` is the sentence for the user. */
export class EngineError extends Error {
  readonly code: ErrorCode;

  constructor(error: ErrorData) {
    super(error.message);
    this.name = 'EngineError';
    this.code = error.code;
  }
}

/** What the shell offers to this window. */
export function shell(): WindowApi {
  return window.weir;
}

/** Asks the engine on behalf of `view`, whose older question of the same kind is then dropped; throws {@link EngineError}. */
export async function ask<Name extends MethodName>(
  method: Name,
  input: MethodInput<Name>,
  view: string,
): Promise<MethodOutput<Name>> {
  const start = performance.now();
  const outcome = await shell().call(method, input, view);
  if (!outcome.ok) throw new EngineError(outcome.error);
  const value = unpack(outcome.value);
  performance.measure(`asked ${method}`, { start });
  return value;
}

/** Whether a failure only means that a newer question took its place. */
export function isCancelled(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'cancelled';
}
