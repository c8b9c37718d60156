/** How many answers are remembered; the oldest goes first. */
const REMEMBERED = 200;

/** A question put to the data as it is: its version, the question in words of its own, and who may take it back. */
export interface Question {
  readonly version: number;
  readonly text: string;
  readonly signal: AbortSignal | undefined;
}

/** Answers to questions already asked of the data as it is. */
export interface AnswerCache {
  /**
   * The remembered answer, or what `find` gives, which is remembered unless it rejects. Askers of one question share the work;
   * it is stopped once all of them have taken their question back.
   */
  answer<Value>(question: Question, find: (stopped: AbortSignal) => Promise<Value>): Promise<Value>;
}

interface Answer {
  readonly found: Promise<unknown>;
  readonly stopping: AbortController;
  askers: number;
}

/** A cache that forgets everything once it is asked about another version of the data. */
export function answerCache(): AnswerCache {
  let held = -1;
  const answers = new Map<string, Answer>();

  function forget(text: string, answer: Answer): void {
    if (answers.get(text) === answer) answers.delete(text);
  }

  function begun(text: string, find: (stopped: AbortSignal) => Promise<unknown>): Answer {
    const stopping = new AbortController();
    const answer = { found: find(stopping.signal), stopping, askers: 0 };
    answer.found.catch(() => forget(text, answer));
    answers.set(text, answer);
    const [oldest] = answers.keys();
    if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest);
    return answer;
  }

  return {
    async answer<Value>({ version, text, signal }: Question, find: (stopped: AbortSignal) => Promise<Value>): Promise<Value> {
      if (version !== held) answers.clear();
      held = version;
      const answer = answers.get(text) ?? begun(text, find);
      answer.askers += 1;
      const leave = () => {
        answer.askers -= 1;
        if (answer.askers > 0) return;
        forget(text, answer);
        answer.stopping.abort();
      };
      signal?.addEventListener('abort', leave);
      try {
        return (await answer.found) as Value;
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
  };
}
