/** How many answers are remembered; the oldest goes first. */
const REMEMBERED = 200;

/** Answers to questions already asked of the data as it is. */
export interface AnswerCache {
  /** The remembered answer to a question of this version of the data, or what `find` gives, which is remembered unless it rejects. */
  answer<Value>(version: number, question: string, find: () => Promise<Value>): Promise<Value>;
}

/** A cache that forgets everything once it is asked about another version of the data. */
export function answerCache(): AnswerCache {
  let held = -1;
  const answers = new Map<string, Promise<unknown>>();
  return {
    answer<Value>(version: number, question: string, find: () => Promise<Value>): Promise<Value> {
      if (version !== held) answers.clear();
      held = version;
      const known = answers.get(question);
      if (known) return known as Promise<Value>;
      const found = find();
      answers.set(question, found);
      found.catch(() => {
        if (answers.get(question) === found) answers.delete(question);
      });
      const [oldest] = answers.keys();
      if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest);
      return found;
    },
  };
}
