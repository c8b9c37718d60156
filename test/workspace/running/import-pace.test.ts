import { describe, expect, it } from 'vitest';
import { progressFacts } from '../../../analytics/contract/format-progress.ts';
import type { ImportProgress, ImportStep } from '../../../analytics/contract/import-report.ts';
import { importPace } from '../../../analytics/workspace/running/import-pace.ts';

const standing = (step: ImportStep['step'], more: Partial<ImportStep> = {}): ImportStep => ({
  file: 'a.csv',
  fileIndex: 0,
  fileCount: 1,
  step,
  rows: null,
  part: null,
  ...more,
});

describe('the pace of an import', () => {
  it('tells bytes and rows of what is read, their rates and the time left, from the part of the statement that is done', () => {
    const pace = importPace([100_000_000], 0);
    expect(pace.at(standing('scanning', { part: 0.5 }), null, 500)).toMatchObject({
      bytes: { done: 50_000_000, total: 100_000_000 },
      rowsDone: null,
      secondsLeft: null,
    });
    pace.at(standing('reading', { rows: 1000 }), 0, 1000);
    const reading = pace.at(standing('reading', { rows: 1000 }), 0.4, 3000);
    // 7 % for scanning and 0.4 of the 25 % for reading are done: 17 % in 3 s, so 83 % take 3 × 83 / 17 s.
    expect(reading.share).toBeCloseTo(0.17, 10);
    expect(reading.secondsLeft).toBeCloseTo((3 * 83) / 17, 10);
    expect(reading).toMatchObject({
      rowsDone: 400,
      bytes: { done: 40_000_000, total: 100_000_000 },
      bytesPerSecond: 20_000_000,
      rowsPerSecond: 200,
    });
  });

  it('never falls, though a file may be read a second time', () => {
    const pace = importPace([100], 0);
    pace.at(standing('reading', { rows: 10 }), 0, 0);
    const far = pace.at(standing('reading', { rows: 10 }), 0.9, 1000).share;
    expect(pace.at(standing('reading', { rows: 10 }), 0.1, 1100).share).toBe(far);
    expect(pace.at(standing('scanning'), null, 1200).share).toBe(far);
  });

  it('goes on through steps that cannot be counted, and reaches the end only with them', () => {
    const pace = importPace([100], 0);
    pace.at(standing('reading', { rows: 10 }), 1, 2000);
    const shares = [3000, 4000, 8000, 60_000].map((now) => pace.at(standing('storing', { rows: 10 }), null, now).share);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(new Set(shares).size).toBe(shares.length);
    expect(Math.max(...shares)).toBeLessThan(0.661);
    expect(pace.at(standing('measuring'), null, 61_000).share).toBeCloseTo(0.66, 10);
  });

  it('counts files by their size', () => {
    const pace = importPace([100, 300], 0);
    const first = { fileCount: 2, fileIndex: 0 };
    // A quarter of the bytes are done, and files make up 66 % of an import.
    expect(pace.at(standing('done', { ...first, rows: 5 }), null, 1000).share).toBeCloseTo(0.165, 10);
  });
});

describe('progress in words', () => {
  const progress: ImportProgress = {
    ...standing('reading', { rows: 4_000_000 }),
    rowsDone: 1_200_000,
    bytes: { done: 75_200_000, total: 250_000_000 },
    bytesPerSecond: 9_520_000,
    rowsPerSecond: 153_219,
    share: 0.2,
    secondsLeft: 40.2,
  };

  it('names what is known', () => {
    expect(progressFacts(progress)).toEqual([
      '1,200,000 of 4,000,000 rows',
      '75 of 250 MB',
      '9.5 MB/s',
      '150,000 rows/s',
      'about 40 s left',
    ]);
  });

  it('says nothing of what is not', () => {
    const silent = { ...progress, rowsDone: null, bytes: null, bytesPerSecond: null, rowsPerSecond: null, secondsLeft: null };
    expect(progressFacts(silent)).toEqual([]);
    expect(progressFacts({ ...silent, secondsLeft: 0.2 })).toEqual(['about 1 s left']);
    expect(progressFacts({ ...silent, secondsLeft: 600 })).toEqual(['about 10 min left']);
  });
});
