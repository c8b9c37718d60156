import type { ImportProgress } from '../contract/import-report.ts';
import type { Connection } from '../warehouse/index.ts';
import type { ChangeOptions } from './change.ts';

/**
 * Runs an import that `signal` may stop at any moment of its transaction, a statement of the database included. Once the rows
 * of the last file are stored it is too late: what is measured from them then is finished. While it waits for its turn only the
 * signal stops it, for the statement that runs is another's.
 */
export async function stoppable<Value>(
  writer: Connection,
  signal: AbortSignal | undefined,
  events: { progress(progress: ImportProgress): void },
  work: (options: ChangeOptions) => Promise<Value>,
): Promise<Value> {
  let begun = false;
  let stored = false;
  const stop = () => {
    if (begun && !stored) writer.interrupt();
  };
  const onProgress = (progress: ImportProgress) => {
    begun = true;
    stored = progress.step === 'done' && progress.fileIndex === progress.fileCount - 1;
    events.progress(progress);
  };
  signal?.addEventListener('abort', stop);
  try {
    return await work({ onProgress, ...(signal ? { signal } : {}) });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
