import { assertNever } from './errors.ts';
import type { Unit } from './metric-definition.ts';
import type { Rating } from './metric-query.ts';

const MINUS = '−';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** What a rating is called wherever a person reads it. */
const RATING_WORDS: Readonly<Record<Rating, string>> = {
  exceeding: 'Exceeding',
  meeting: 'Meeting',
  near: 'Near',
  below: 'Below',
  farBelow: 'Far below',
};

/** The word of a rating; `Not rated` for none. */
export function ratingWord(rating: Rating | null): string {
  return rating === null ? 'Not rated' : RATING_WORDS[rating];
}

/** A value in words: `84.2%`, `$1.24M`, `41.0 d`, `1,204`. Fractions come as 0 to 1; `currency` is an ISO code. */
export function formatValue(value: number, unit: Unit, currency: string): string {
  return signed(value, (size) => formatSize(size, unit, currency));
}

/**
 * A difference between two values of one metric with its sign: `+2.1 pts`, `−3.4 d`, `+12 (+4.0%)`.
 * Fractions differ in percentage points; counts and money carry their relative change too. States, and does not judge.
 */
export function changeText(current: number, previous: number, unit: Unit, currency: string): string {
  const change = current - previous;
  const size = formatChange(Math.abs(change), unit, currency);
  if (!/[1-9]/.test(size)) return 'no change';
  const sign = change < 0 ? MINUS : '+';
  if ((unit !== 'count' && unit !== 'currency') || previous === 0) return `${sign}${size}`;
  return `${sign}${size} (${sign}${decimals(Math.abs(change / previous) * 100, 1)}%)`;
}

/** The unit behind a number in words a reader knows, or nothing where {@link formatValue} already carries it. */
export function unitWord(unit: Unit, scale?: number): string | null {
  switch (unit) {
    case 'days':
      return 'days';
    case 'hours':
      return 'hours';
    case 'businessHours':
      return 'business hours';
    case 'perHoursWorked':
      return scale === undefined ? 'per hours worked' : `per ${decimals(scale, 0)} hours worked`;
    case 'count':
    case 'fraction':
    case 'currency':
      return null;
    default:
      return assertNever(unit);
  }
}

/** A period's label for people: `2026-10` gives `Oct 2026`, `2026-Q4` gives `Q4 2026`; anything else as it is. */
export function periodLabel(period: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month !== null) return `${MONTHS[Number(month[2]) - 1] ?? month[2]} ${month[1]}`;
  const quarter = /^(\d{4})-(Q[1-4])$/.exec(period);
  return quarter === null ? period : `${quarter[2]} ${quarter[1]}`;
}

/** A span of months for people: `Aug–Oct 2025`, `Nov 2025–Jan 2026`, `Oct 2026` where both are one. */
export function spanLabel(from: string, to: string): string {
  if (from === to) return periodLabel(from);
  const start = from.slice(0, 4) === to.slice(0, 4) ? periodLabel(from).slice(0, 3) : periodLabel(from);
  return `${start}–${periodLabel(to)}`;
}

/** A day for people: `2026-10-31` gives `31 Oct 2026`. */
export function dayLabel(day: string): string {
  return `${Number(day.slice(8, 10))} ${periodLabel(day.slice(0, 7))}`;
}

function signed(value: number, format: (size: number) => string): string {
  const text = format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}

function formatSize(size: number, unit: Unit, currency: string): string {
  switch (unit) {
    case 'count':
      return decimals(size, Number.isInteger(size) ? 0 : 1);
    case 'fraction':
      return `${decimals(size * 100, 1)}%`;
    case 'currency':
      return money(size, currency);
    case 'days':
      return `${decimals(size, size < 100 ? 1 : 0)} d`;
    case 'hours':
    case 'businessHours':
      return `${decimals(size, size < 100 ? 1 : 0)} h`;
    case 'perHoursWorked':
      return decimals(size, 2);
    default:
      return assertNever(unit);
  }
}

function formatChange(size: number, unit: Unit, currency: string): string {
  return unit === 'fraction' ? `${decimals(size * 100, 1)} pts` : formatSize(size, unit, currency);
}

function decimals(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function money(value: number, currency: string): string {
  const large = value >= 10_000;
  const digits = large ? {} : fixedDigits(value >= 1000 ? 0 : 2);
  const compact = large ? ({ notation: 'compact', minimumSignificantDigits: 3, maximumSignificantDigits: 3 } as const) : {};
  return value.toLocaleString('en-US', { style: 'currency', currency, ...digits, ...compact });
}

function fixedDigits(digits: number): { minimumFractionDigits: number; maximumFractionDigits: number } {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}
