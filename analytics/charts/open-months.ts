import type { MetricRow } from '../contract/metric-query.ts';
import { statedValue } from '../contract/small-n.ts';

/** Whether a month's value may still change: part of its cohort is young, or the month is not over. */
export function isOpen(row: MetricRow): boolean {
  return row.provisional || row.partial;
}

/** The values of a series as two lines: what is final, and what may still change, the latter joined to its last final neighbour. */
export function splitOpen(rows: readonly MetricRow[]): { readonly final: (number | null)[]; readonly open: (number | null)[] } {
  const final = rows.map((row) => (isOpen(row) ? null : statedValue(row)));
  const open = rows.map((row, index) => {
    const next = rows[index + 1];
    return isOpen(row) || (next !== undefined && isOpen(next)) ? statedValue(row) : null;
  });
  return { final, open };
}

/** The runs of months that may still change, as index pairs with both ends included. */
export function openRuns(rows: readonly MetricRow[]): [number, number][] {
  const runs: [number, number][] = [];
  rows.forEach((row, index) => {
    const last = runs.at(-1);
    if (!isOpen(row)) return;
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  });
  return runs;
}
