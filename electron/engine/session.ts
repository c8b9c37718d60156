import { z } from 'zod';
import { pack } from '../../analytics/contract/columns.ts';
import { type ErrorData, errorData, type Outcome, WeirError } from '../../analytics/contract/errors.ts';
import { issueText } from '../../analytics/contract/issue-text.ts';
import type { EngineMessage } from '../../analytics/contract/methods.ts';
import { type Call, callSchema, cancelSchema } from '../../analytics/contract/methods.ts';

/** The part of the engine that a session needs: one call in, one outcome out. */
export interface CallableEngine {
  call(name: Call['method'], input: unknown, options: { readonly signal: AbortSignal }): Promise<Outcome<unknown>>;
}

/**
 * One window's conversation with the engine.
 * Nothing that comes in is trusted until it has passed its schema, and a newer call of a view cancels its older one.
 */
export class Session {
  readonly #engine: Promise<CallableEngine>;
  readonly #send: (message: EngineMessage) => void;
  readonly #running = new Map<string, AbortController>();

  constructor(engine: Promise<CallableEngine>, send: (message: EngineMessage) => void) {
    this.#engine = engine;
    this.#send = send;
  }

  /** Hears a cancelling in silence, and answers every other message with exactly one `answer`; a message without a usable id is answered under id -1. */
  async receive(message: unknown): Promise<void> {
    const cancel = cancelSchema.safeParse(message);
    if (cancel.success) {
      this.#running.get(askerOf(cancel.data.cancel))?.abort();
      return;
    }
    const parsed = callSchema.safeParse(message);
    if (!parsed.success) {
      this.#send({ kind: 'answer', id: idOf(message), outcome: { ok: false, error: badRequest(parsed.error) } });
      return;
    }
    const outcome = await this.#run(parsed.data);
    this.#send({ kind: 'answer', id: parsed.data.id, outcome: outcome.ok ? { ok: true, value: pack(outcome.value) } : outcome });
  }

  /** Cancels all that runs: its window is gone. */
  close(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  async #run(call: Call): Promise<Outcome<unknown>> {
    const asker = askerOf(call);
    this.#running.get(asker)?.abort();
    const controller = new AbortController();
    this.#running.set(asker, controller);
    try {
      const engine = await this.#engine;
      if (controller.signal.aborted) return cancelled();
      const outcome = await engine.call(call.method, call.input, { signal: controller.signal });
      return controller.signal.aborted && outcome.ok && !isChange(call.method) ? cancelled() : outcome;
    } catch (thrown) {
      return { ok: false, error: errorData(thrown) };
    } finally {
      if (this.#running.get(asker) === controller) this.#running.delete(asker);
    }
  }
}

function askerOf({ view, method }: Pick<Call, 'view' | 'method'>): string {
  return `${view}\u0000${method}`;
}

const CHANGES: ReadonlySet<Call['method']> = new Set(['import.files', 'import.undo', 'watch.add', 'watch.remove', 'watch.retry']);

/** A change that was made before the cancelling reached it has happened: it must not be reported as undone. */
function isChange(method: Call['method']): boolean {
  return CHANGES.has(method);
}

function cancelled(): Outcome<never> {
  return { ok: false, error: errorData(new WeirError('cancelled')) };
}

function badRequest(error: z.ZodError): ErrorData {
  return errorData(new WeirError('bad-request', { reason: issueText(error) }));
}

function idOf(message: unknown): number {
  const parsed = z.object({ id: z.number().int() }).safeParse(message);
  return parsed.success ? parsed.data.id : -1;
}
