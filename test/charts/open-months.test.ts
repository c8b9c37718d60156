import { describe, expect, it } from 'vitest';
import { openRuns, splitOpen } from '../../analytics/charts/open-months.ts';
import { row } from './rows.ts';

const rows = [
  row({ value: 0.7 }),
  row({ value: null }),
  row({ value: 0.8 }),
  row({ value: 0.9, provisional: true }),
  row({ value: 0.5, partial: true }),
];

describe('months that may still change', () => {
  it('leave the solid line, and start the dashed one at the last final month', () => {
    expect(splitOpen(rows).final).toEqual([0.7, null, 0.8, null, null]);
    expect(splitOpen(rows).open).toEqual([null, null, 0.8, 0.9, 0.5]);
  });
  it('are one shaded run where they stand together', () => {
    expect(openRuns(rows)).toEqual([[3, 4]]);
    expect(openRuns([row({ partial: true }), row({}), row({ provisional: true })])).toEqual([
      [0, 0],
      [2, 2],
    ]);
  });
});
