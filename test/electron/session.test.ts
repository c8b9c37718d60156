import { describe, expect, it } from 'vitest';
import { pack } from '../../analytics/contract/columns.ts';
import type { Outcome } from '../../analytics/contract/errors.ts';
import type { EngineMessage } from '../../analytics/contract/methods.ts';
import { type CallableEngine, Session } from '../../electron/engine/session.ts';

interface Pending {
  readonly name: string;
  readonly signal: AbortSignal;
  answer(outcome: Outcome<unknown>): void;
}

/** An engine whose answers the test gives itself, in the order it likes. */
function openSession(): { readonly session: Session; readonly pending: Pending[]; readonly sent: EngineMessage[] } {
  const pending: Pending[] = [];
  const sent: EngineMessage[] = [];
  const engine: CallableEngine = {
    call: (name, _input, { signal }) => new Promise((answer) => pending.push({ name, signal, answer })),
  };
  return { session: new Session(Promise.resolve(engine), (message) => sent.push(message)), pending, sent };
}

const call = (id: number, view: string, method = 'workspace.describe') => ({ id, view, method, input: {} });
const done: Outcome<unknown> = { ok: true, value: 'done' };
const packedDone: Outcome<unknown> = { ok: true, value: pack('done') };
const settled = () => new Promise((later) => setImmediate(later));

describe('Session', () => {
  it('answers a call once, under its own id, its value as columns', async () => {
    const { session, pending, sent } = openSession();
    const received = session.receive(call(7, 'stream'));
    await settled();
    pending[0]?.answer(done);
    await received;
    expect(sent).toEqual([{ kind: 'answer', id: 7, outcome: packedDone }]);
  });

  it('refuses what is no call before the engine hears of it, under the id it bears', async () => {
    const { session, pending, sent } = openSession();
    for (const message of [null, 'text', { id: 3, view: 'a', method: 'no.such', input: {} }, { ...call(4, 'a'), extra: 1 }]) {
      await session.receive(message);
    }
    expect(pending).toEqual([]);
    expect(sent.map((each) => each.kind === 'answer' && [each.id, !each.outcome.ok && each.outcome.error.code])).toEqual([
      [-1, 'bad-request'],
      [-1, 'bad-request'],
      [3, 'bad-request'],
      [4, 'bad-request'],
    ]);
  });

  it('cancels the older call of the same view and method, and only that one', async () => {
    const { session, pending, sent } = openSession();
    const all = [call(1, 'stream'), call(2, 'metric'), call(3, 'stream', 'import.batches'), call(4, 'stream')].map((each) =>
      session.receive(each),
    );
    await settled();
    for (const each of pending) each.answer(done);
    await Promise.all(all);
    const codes = sent.map((each) => each.kind === 'answer' && [each.id, each.outcome.ok ? 'ok' : each.outcome.error.code]);
    expect(codes).toEqual(
      expect.arrayContaining([
        [1, 'cancelled'],
        [2, 'ok'],
        [3, 'ok'],
        [4, 'ok'],
      ]),
    );
  });

  it('does not call an import cancelled that was already made when the newer call came', async () => {
    const { session, pending, sent } = openSession();
    const first = session.receive(call(1, 'imports', 'import.undo'));
    await settled();
    const second = session.receive(call(2, 'imports', 'import.undo'));
    await settled();
    expect(pending[0]?.signal.aborted).toBe(true);
    for (const each of pending) each.answer(done);
    await Promise.all([first, second]);
    expect(sent).toContainEqual({ kind: 'answer', id: 1, outcome: packedDone });
  });

  it('aborts what still runs when its window is gone', async () => {
    const { session, pending } = openSession();
    void session.receive(call(1, 'stream'));
    await settled();
    session.close();
    expect(pending[0]?.signal.aborted).toBe(true);
  });

  it('answers with the reason when the engine could not open its workspace', async () => {
    const sent: EngineMessage[] = [];
    const broken = Promise.reject(new Error('disk on fire'));
    broken.catch(() => undefined);
    await new Session(broken, (message) => sent.push(message)).receive(call(1, 'stream'));
    expect(sent).toMatchObject([{ id: 1, outcome: { ok: false, error: { code: 'unexpected' } } }]);
  });

  it('cancels what the window no longer wants, and answers it once', async () => {
    const { session, pending, sent } = openSession();
    const received = session.receive(call(1, 'imports', 'import.batches'));
    await settled();
    await session.receive({ cancel: { view: 'elsewhere', method: 'import.batches' } });
    expect(pending[0]?.signal.aborted).toBe(false);
    await session.receive({ cancel: { view: 'imports', method: 'import.batches' } });
    expect(pending[0]?.signal.aborted).toBe(true);
    pending[0]?.answer(done);
    await received;
    expect(sent.map((each) => each.kind === 'answer' && !each.outcome.ok && each.outcome.error.code)).toEqual(['cancelled']);
  });
});
