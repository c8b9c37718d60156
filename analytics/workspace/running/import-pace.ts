import type { ImportProgress, ImportStep } from '../../contract/import-report.ts';

/** What each step of a file costs beside the others, as a share of the whole; measured on logs, where all of them weigh. */
const WEIGHTS = { scanning: 0.07, reading: 0.25, checking: 0.04, storing: 0.3 } as const;
const MEASURING = 0.34;
const FILE_STEPS = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];
const FILE_WEIGHT = FILE_STEPS.reduce((sum, step) => sum + WEIGHTS[step], 0);
/** Before so much of the work is done, or so much time has passed, nothing is foretold. */
const FIRST_SHARE = 0.02;
const FIRST_SECONDS = 1;

/** Tells from where an import stands how fast it goes and how long it will take. */
export interface ImportPace {
  /** The progress at `now` (milliseconds): where the import stands, with `part` of the running statement done where that is known. */
  at(step: ImportStep, part: number | null, now: number): ImportProgress;
}

/** The pace of an import of files of so many bytes, begun at `start` (milliseconds). */
export function importPace(sizes: readonly number[], start: number): ImportPace {
  const total = Math.max(1, sum(sizes));
  let share = 0;
  let current = { index: -1, step: '', since: start, shareThen: 0, part: 0 };
  return {
    at(standing, statementPart, now) {
      const { fileIndex, step } = standing;
      if (current.index !== fileIndex || current.step !== step) {
        current = { index: fileIndex, step, since: now, shareThen: share, part: 0 };
      }
      const reads = step === 'scanning' || step === 'reading';
      const known = reads ? (standing.part ?? (step === 'reading' ? statementPart : null)) : null;
      const elapsed = (now - start) / 1000;
      const inStep = (now - current.since) / 1000;
      if (known !== null) current.part = Math.max(current.part, Math.min(1, known));
      else if (!reads) current.part = fading(inStep, expectedSeconds(step, { ...current, start }));
      const size = sizes[fileIndex] ?? 0;
      const before = sum(sizes.slice(0, fileIndex));
      const ofFiles = (before + size * partOfFile(step, current.part)) / total;
      const allStored = step === 'measuring' || (step === 'done' && fileIndex === sizes.length - 1);
      const reached = allStored ? FILE_WEIGHT + MEASURING * (step === 'done' ? 0 : current.part) : FILE_WEIGHT * ofFiles;
      share = Math.max(share, Math.min(reached, 1));
      const { rows } = standing;
      const bytesDone = reads ? size * current.part : null;
      const rowsDone = step === 'scanning' || rows === null ? null : step === 'reading' ? Math.round(rows * current.part) : rows;
      const perSecond = (count: number | null) => (count === null || count === 0 || inStep < 0.2 ? null : count / inStep);
      const foretold = share >= FIRST_SHARE && elapsed >= FIRST_SECONDS;
      return {
        ...standing,
        part: known,
        rowsDone,
        bytes: bytesDone === null ? null : { done: Math.round(bytesDone), total: size },
        bytesPerSecond: perSecond(bytesDone),
        rowsPerSecond: step === 'reading' ? perSecond(rowsDone) : null,
        share,
        secondsLeft: foretold ? (elapsed * (1 - share)) / share : null,
      };
    },
  };
}

/** How much of a file's own work is done: the steps before count whole. */
function partOfFile(step: ImportStep['step'], part: number): number {
  if (step === 'done' || step === 'measuring') return 1;
  const done = sum(FILE_STEPS.slice(0, FILE_STEPS.indexOf(step)).map((each) => WEIGHTS[each]));
  return (done + WEIGHTS[step] * part) / FILE_WEIGHT;
}

/** What a step that cannot be counted will take, by its weight and by what the steps before it took; null while nothing is done. */
function expectedSeconds(
  step: ImportStep['step'],
  { since, shareThen, start }: { readonly since: number; readonly shareThen: number; readonly start: number },
): number | null {
  const weight = step === 'measuring' ? MEASURING : step === 'checking' || step === 'storing' ? WEIGHTS[step] : 0;
  return shareThen <= 0 ? null : (((since - start) / 1000) * weight) / shareThen;
}

/** Nears 1 without reaching it, however long the step takes. */
function fading(seconds: number, expected: number | null): number {
  return expected === null || expected <= 0 ? 0 : 1 - Math.exp(-seconds / expected);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
