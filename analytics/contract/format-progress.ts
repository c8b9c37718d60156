import type { ImportProgress } from './import-report.ts';

const MEGABYTE = 1_000_000;

/**
 * How far an import is, how fast it goes and how long it will take, as the facts a person reads, those that are known:
 * `1,200,000 of 4,000,000 rows`, `75 of 250 MB`, `95 MB/s`, `about 40 s left`.
 */
export function progressFacts(progress: ImportProgress): readonly string[] {
  const { rows, rowsDone, bytes, bytesPerSecond, rowsPerSecond, secondsLeft } = progress;
  const facts: string[] = [];
  if (rowsDone !== null) {
    facts.push(rows === null || rows === rowsDone ? counted(rowsDone) : `${number(rowsDone)} of ${counted(rows)}`);
  }
  if (bytes !== null && bytes.total > 0) facts.push(`${megabytes(bytes.done)} of ${megabytes(bytes.total)} MB`);
  if (bytesPerSecond !== null) facts.push(`${megabytes(bytesPerSecond)} MB/s`);
  if (rowsPerSecond !== null && rowsPerSecond >= 1) facts.push(`${number(roundedTo(rowsPerSecond, 2))} rows/s`);
  if (secondsLeft !== null && progress.step !== 'done') facts.push(timeLeft(secondsLeft));
  return facts;
}

function counted(rows: number): string {
  return `${number(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** Below ten megabytes a decimal, so that a small file is not 0 MB. */
function megabytes(bytes: number): string {
  const value = bytes / MEGABYTE;
  return value >= 10 ? number(Math.round(value)) : value.toFixed(1);
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min left` : `about ${(minutes / 60).toFixed(1)} h left`;
}

function roundedTo(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
