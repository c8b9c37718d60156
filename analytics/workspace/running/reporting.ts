import { stat } from 'node:fs/promises';
import type { ImportProgress, ImportStep } from '../../contract/import-report.ts';
import type { Connection } from '../../warehouse/index.ts';
import type { ChangeOptions } from '../change.ts';
import { importPace } from './import-pace.ts';

const TOLD_EVERY_MS = 200;

export interface ImportWatch {
  readonly signal: AbortSignal | undefined;
  readonly files: readonly string[];
  progress(progress: ImportProgress): void;
}

/** Runs an import, which the signal may stop, and tells how it goes while it runs. */
export async function reporting<Value>(
  writer: Pick<Connection, 'progress'>,
  { signal, files, progress }: ImportWatch,
  work: (options: ChangeOptions) => Promise<Value>,
): Promise<Value> {
  const sizes = await Promise.all(files.map(sizeOf));
  const pace = importPace(sizes, performance.now());
  let standing: ImportStep | null = null;
  let told = 0;
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
  const telling = setInterval(() => tell(false), TOLD_EVERY_MS);
  try {
    return await work({ onProgress, ...(signal ? { signal } : {}) });
  } finally {
    clearInterval(telling);
  }
}

/** A file that is not there is refused later, with the sentence for it. */
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (facts) => facts.size,
    () => 0,
  );
}
