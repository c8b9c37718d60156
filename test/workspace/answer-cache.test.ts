import { describe, expect, it } from 'vitest';
import { answerCache } from '../../analytics/workspace/answer-cache.ts';

interface Work {
  readonly stopped: AbortSignal;
  readonly done: (value: string) => void;
}

/** A cache with work that the test ends itself; work that is stopped rejects. */
function opened() {
  const cache = answerCache();
  const works: Work[] = [];
  const ask = (text: string, signal?: AbortSignal, version = 1) =>
    cache.answer({ version, text, signal }, (stopped) => {
      return new Promise<string>((done, failed) => {
        works.push({ stopped, done });
        stopped.addEventListener('abort', () => failed(new Error('stopped')));
      });
    });
  return { ask, works };
}

describe('answerCache', () => {
  it('works a question out once for a version of the data', async () => {
    const { ask, works } = opened();
    const answers = [ask('a'), ask('a')];
    works[0]?.done('first');
    expect(await Promise.all(answers)).toEqual(['first', 'first']);
    expect(await ask('a')).toBe('first');
    void ask('a', undefined, 2);
    expect(works.length).toBe(2);
  });

  it('stops work once all who asked have taken their question back, and not before', async () => {
    const { ask, works } = opened();
    const [first, second] = [new AbortController(), new AbortController()];
    const answers = [ask('a', first.signal), ask('a', second.signal)];
    first.abort();
    expect(works[0]?.stopped.aborted).toBe(false);
    second.abort();
    expect(works[0]?.stopped.aborted).toBe(true);
    for (const answer of answers) await expect(answer).rejects.toThrow('stopped');
  });

  it('begins anew for who asks again after the work was stopped', async () => {
    const { ask, works } = opened();
    const taken = new AbortController();
    const stopped = ask('a', taken.signal);
    taken.abort();
    const again = ask('a');
    works[1]?.done('anew');
    await expect(stopped).rejects.toThrow('stopped');
    expect(await again).toBe('anew');
    expect(await ask('a')).toBe('anew');
  });

  it('keeps an answer that is there when its asker goes', async () => {
    const { ask, works } = opened();
    const asker = new AbortController();
    const answer = ask('a', asker.signal);
    works[0]?.done('kept');
    await answer;
    asker.abort();
    expect(await ask('a')).toBe('kept');
    expect(works.length).toBe(1);
  });
});
