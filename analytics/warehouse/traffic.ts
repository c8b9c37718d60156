/** What runs on a database at one time, over all its connections: much together, or one thing that must have it to itself. */
export interface Traffic {
  /** Runs `work` at once, or as soon as the one thing is done that has the database to itself. */
  pass<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Runs `work` where nothing runs, and makes all that comes meanwhile wait for its end. False, and nothing done, where something runs. */
  alone(work: () => Promise<void>): Promise<boolean>;
  /** Calls `listener` each time the last thing that ran has ended. */
  onQuiet(listener: () => void): void;
  readonly isQuiet: boolean;
}

export function traffic(): Traffic {
  const listeners: (() => void)[] = [];
  let running = 0;
  let held: Promise<void> | null = null;

  function leave(): void {
    running -= 1;
    if (running > 0) return;
    for (const listener of listeners) listener();
  }

  return {
    async pass(work) {
      while (held !== null) await held.catch(() => undefined);
      running += 1;
      try {
        return await work();
      } finally {
        leave();
      }
    },
    async alone(work) {
      if (running > 0 || held !== null) return false;
      held = work().finally(() => {
        held = null;
      });
      await held;
      return true;
    },
    onQuiet(listener) {
      listeners.push(listener);
    },
    get isQuiet() {
      return running === 0;
    },
  };
}
