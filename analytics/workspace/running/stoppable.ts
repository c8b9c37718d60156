import { stat } from 'node:fs/promises';
import type { ImportProgress, ImportStep } from '../../contract/import-report.ts';
import type { Connection } from '../../warehouse/index.ts';
import type { ChangeOptions } from '../change.ts';
import { importPace } from './import-pace.ts';

const TOLD_EVERY_MS = 200;
const INTERRUPTED_EVERY_MS = 50;

export interface ImportWatch {
  readonly signal: AbortSignal | undefined;
  readonly files: readonly string[];
  progress(progress: ImportProgress): void;
}

/**
 * Runs an import that the signal may stop at any moment until it is committed, a statement of the database included, and tells
 * how it goes while it runs. While it waits for its turn only the signal stops it, for the statement that runs is another's.
 */
export async function stoppable<Value>(
  writer: Connection,
  { signal, files, progress }: ImportWatch,
  work: (options: ChangeOptions) => Promise<Value>,
): Promise<Value> {
  const sizes = await Promise.all(files.map(sizeOf));
  const pace = importPace(sizes, performance.now());
  let standing: ImportStep | null = null;
  let told = 0;
  let committed = false;
  const tell = (isNew: boolean) => {
    const now = performance.now();
    if (standing === null || (!isNew && now - told < TOLD_EVERY_MS)) return;
    told = now;
    progress(pace.at(standing, writer.progress(), now));
  };
  const onProgress = (step: ImportStep) => {
    const isNew = step.step !== standing?.step || step.fileIndex !== standing.fileIndex;
    standing = step;
    tell(isNew);
  };
  // An interruption between two statements hits neither: it is repeated until the work has ended.
  const stop = () => {
    if (standing !== null && !committed && signal?.aborted) writer.interrupt();
  };
  const telling = setInterval(() => tell(false), TOLD_EVERY_MS);
  const stopping = signal ? setInterval(stop, INTERRUPTED_EVERY_MS) : undefined;
  signal?.addEventListener('abort', stop);
  try {
    const onCommitted = () => {
      committed = true;
    };
    return await work({ onProgress, onCommitted, ...(signal ? { signal } : {}) });
  } finally {
    clearInterval(telling);
    clearInterval(stopping);
    signal?.removeEventListener('abort', stop);
  }
}

/** A file that is not there is refused later, with the sentence for it. */
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (facts) => facts.size,
    () => 0,
  );
}
