import { z } from 'zod';
import { WeirError } from './errors.ts';

export const GRAINS = ['month', 'quarter', 'year'] as const;
export const grainSchema = z.enum(GRAINS, { error: `A grain is one of ${GRAINS.join(', ')}.` });
export type Grain = z.infer<typeof grainSchema>;

/** A calendar month, `YYYY-MM`. */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'A month looks like 2026-10.');
export type Month = z.infer<typeof monthSchema>;

/** A calendar day, `YYYY-MM-DD`. */
export const daySchema = z.iso.date('A date looks like 2026-10-31.');
export type Day = z.infer<typeof daySchema>;

/** A period label: `2026-10`, `2026-Q4` or `2026`. */
export type Period = string;

/** Months since year 0: the number that makes months comparable and countable. */
export function monthIndex(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

/** The month of a month index; the inverse of {@link monthIndex}. */
export function monthOfIndex(index: number): Month {
  const year = String(Math.floor(index / 12)).padStart(4, '0');
  return `${year}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The month `count` months after `month` (before it where `count` is negative). */
export function addMonths(month: Month, count: number): Month {
  return monthOfIndex(monthIndex(month) + count);
}

/** The day `count` days after `day` (before it where `count` is negative). */
export function shiftDay(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** Refuses months that run backwards, which would answer with nothing. */
export function checkMonths(from: Month, to: Month): void {
  if (from > to) throw new WeirError('bad-request', { reason: `the first month, ${from}, lies after the last, ${to}.` });
}
