import type { ImportProgress, ImportStep } from '../../contract/import-report.ts';

/** What each step of a file costs beside the others, as a share of the whole; measured on logs, where all of them weigh. */
const WEIGHTS = { scanning: 0.07, reading: 0.25, checking: 0.04, storing: 0.3 } as const;
const MEASURING = 0.34;
const FILE_STEPS = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];
const FILE_WEIGHT = FILE_STEPS.reduce((sum, step) => sum + WEIGHTS[step], 0);
/** Before so much of the work is done, or so much time has passed, nothing is foretold. */
const FIRST_SHARE = 0.02;
const FIRST_SECONDS = 1;
/** Up to here a step that cannot be counted is taken to go evenly. */
const EVEN = 0.8;

/** Tells from where an import stands how fast it goes and how long it will take. */
export interface ImportPace {
  /** The progress at `now` (milliseconds): where the import stands, with `part` of the running statement done where that is known. */
  at(step: ImportStep, part: number | null, now: number): ImportProgress;
}

/** The pace of an import of files of so many bytes, begun at `start` (milliseconds). */
export function importPace(sizes: readonly number[], start: number): ImportPace {
  const total = Math.max(1, sum(sizes));
  let share = 0;
  let current = { index: -1, step: '', since: start, pace: null as number | null, part: 0 };
  return {
    at(standing, statementPart, now) {
      const { fileIndex, step } = standing;
      if (current.index !== fileIndex || current.step !== step) {
        current = { index: fileIndex, step, since: now, pace: share > 0 ? (now - start) / 1000 / share : null, part: 0 };
      }
      const reads = step === 'scanning' || step === 'reading';
      const known = reads ? (standing.part ?? (step === 'reading' ? statementPart : null)) : null;
      const elapsed = (now - start) / 1000;
      const inStep = (now - current.since) / 1000;
      if (known !== null) current.part = Math.max(current.part, Math.min(1, known));
      else if (!reads && current.pace !== null) current.part = supposedPart(inStep / (weightOf(step) * current.pace));
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
      const pace = reads ? elapsed / share : current.pace;
      return {
        ...standing,
        part: known,
        rowsDone,
        bytes: bytesDone === null ? null : { done: Math.round(bytesDone), total: size },
        bytesPerSecond: perSecond(bytesDone),
        rowsPerSecond: step === 'reading' ? perSecond(rowsDone) : null,
        share,
        secondsLeft: foretold && pace !== null ? pace * (1 - share) : null,
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

function weightOf(step: ImportStep['step']): number {
  return step === 'measuring' ? MEASURING : step === 'done' ? Number.POSITIVE_INFINITY : WEIGHTS[step];
}

/** How much of a step that cannot be counted is done after so many times what it was to take: it slows down before its end, which it never reaches. */
function supposedPart(times: number): number {
  return times < EVEN ? times : 1 - (1 - EVEN) * Math.exp((EVEN - times) / (1 - EVEN));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
