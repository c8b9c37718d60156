import type { ErrorData } from '../../analytics/contract/errors.ts';

/** How the engine process is started: the folder to open, and whether to make the sample workspace there if there is none. */
export interface EngineArguments {
  readonly dir: string;
  readonly sampleWhereMissing: boolean;
}

/** From the shell to the engine process; a `connect` brings the port of a window along. */
export type ShellMessage = { readonly kind: 'connect' };

/** From the engine process to the shell. */
export type EngineNotice =
  | { readonly kind: 'opened'; readonly dir: string }
  | { readonly kind: 'failed'; readonly error: ErrorData };
