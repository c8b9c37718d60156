import { type Grain, type Month, monthIndex, monthOfIndex, type Period, shiftDay } from '../contract/period.ts';

/** A period as days, both ends included, with the index of its last month. */
export interface PeriodSpan {
  readonly label: Period;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Month indices of its first and last month. */
  readonly firstMonth: number;
  readonly lastMonth: number;
  /** True where {@link cutAfter} ended it before its last month does. */
  readonly cut?: boolean;
}

/** Periods asked for together. */
export interface PeriodRow {
  readonly periods: readonly PeriodSpan[];
}

const MONTHS_OF: Readonly<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };

/**
 * The periods of a grain that hold the months `from` to `to`; quarters and years are widened to whole ones.
 * Labels: `2026-10`; `2026-Q4` and `2026`, where a fiscal year that does not begin in January is named by the year it ends in.
 */
export function periodRow(grain: Grain, [from, to]: readonly [Month, Month], fiscalYearStart: number): PeriodRow {
  const months = MONTHS_OF[grain];
  const offset = (fiscalYearStart - 1) % months;
  const origin = Math.floor((monthIndex(from) - offset) / months) * months + offset;
  const count = Math.max(0, Math.floor((monthIndex(to) - origin) / months) + 1);
  const periods = Array.from({ length: count }, (_, step) => {
    const first = origin + step * months;
    return spanOf(labelOf(grain, first, fiscalYearStart), first, first + months - 1);
  });
  return { periods };
}

/** One period over all the months `from` to `to`, labelled `2026-08..2026-10` (or `2026-08` where it is one month). */
export function wholeSpan(from: Month, to: Month): PeriodRow {
  const [first, last] = [monthIndex(from), monthIndex(to)];
  return { periods: [spanOf(from === to ? from : `${from}..${to}`, first, last)] };
}

/** The one period of a label as {@link periodRow} writes it. */
export function periodOfLabel(label: Period, fiscalYearStart: number): PeriodRow {
  const year = Number(label.slice(0, 4));
  const yearStart = fiscalYearStart === 1 ? year * 12 : (year - 1) * 12 + fiscalYearStart - 1;
  if (label.length === 4) return { periods: [spanOf(label, yearStart, yearStart + 11)] };
  if (label[5] !== 'Q') return wholeSpan(label, label);
  const first = yearStart + (Number(label.slice(6)) - 1) * 3;
  return { periods: [spanOf(label, first, first + 2)] };
}

/** The same period cut off after `lastDay`: for setting a finished span beside one that is still running. */
export function cutAfter(row: PeriodRow, lastDay: string): PeriodRow {
  return {
    ...row,
    periods: row.periods.map((period) => (period.lastDay > lastDay ? { ...period, lastDay, cut: true } : period)),
  };
}

function spanOf(label: string, first: number, last: number): PeriodSpan {
  return {
    label,
    firstDay: `${monthOfIndex(first)}-01`,
    lastDay: shiftDay(`${monthOfIndex(last + 1)}-01`, -1),
    firstMonth: first,
    lastMonth: last,
  };
}

function labelOf(grain: Grain, first: number, fiscalYearStart: number): Period {
  if (grain === 'month') return monthOfIndex(first);
  const month = (first % 12) + 1;
  const year = Math.floor(first / 12) + (fiscalYearStart > 1 && month >= fiscalYearStart ? 1 : 0);
  const label = String(year).padStart(4, '0');
  if (grain === 'year') return label;
  return `${label}-Q${Math.floor(((month - fiscalYearStart + 12) % 12) / 3) + 1}`;
}
