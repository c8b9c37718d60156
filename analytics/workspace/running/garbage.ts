import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | null = null;

/**
 * Frees what the program no longer uses, results of the database among it, and resolves once their memory is with its owner again.
 * Left to itself this happens as the program goes on, and one that rests does not.
 */
export async function collectGarbage(): Promise<void> {
  collect ??= collector();
  collect();
  // Parts of results are given back to the database in a turn of their own.
  await new Promise((done) => setImmediate(done));
}

/** The one way to ask for it in a process whose start another program decides: a new context is given the function where the flag is set. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const found = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return found;
}
