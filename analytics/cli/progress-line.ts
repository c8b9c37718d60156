import { basename } from 'node:path';
import { progressFacts } from '../contract/format-progress.ts';
import type { ImportProgress } from '../contract/import-report.ts';

const CLEAR_LINE = '\r\u001b[2K';

/** One line at the foot of a terminal that tells how an import goes; nothing where `stream` is no terminal. */
export interface ProgressLine {
  show(progress: ImportProgress): void;
  /** Takes the line away, so that other text may follow. */
  clear(): void;
}

export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  let shown = false;
  return {
    show(progress) {
      if (!stream.isTTY) return;
      stream.write(CLEAR_LINE + progressText(progress).slice(0, (stream.columns || 80) - 1));
      shown = true;
    },
    clear() {
      if (shown) stream.write(CLEAR_LINE);
      shown = false;
    },
  };
}

function progressText(progress: ImportProgress): string {
  const { file, step, share } = progress;
  const what = step === 'measuring' ? 'measuring' : `${step} ${basename(file)}`;
  return [`${String(Math.floor(share * 100)).padStart(2)} %  ${what}`, ...progressFacts(progress)].join(', ');
}
