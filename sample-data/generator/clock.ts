/** Instants are milliseconds since 1970 UTC; days are whole numbers since 1970-01-01 in the business zone, America/New_York. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const standard = -5 * HOUR;
const summer = -4 * HOUR;
const summerByYear = new Map<number, readonly [number, number]>();

/** The first and the one-past-last instant of daylight saving time of a year: second Sunday of March to first of November, 02:00 local. */
function summerOf(year: number): readonly [number, number] {
  const known = summerByYear.get(year);
  if (known) return known;
  const sunday = (month: number, nth: number) => {
    const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
    return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (nth - 1));
  };
  const span = [sunday(2, 2) + 2 * HOUR - standard, sunday(10, 1) + 2 * HOUR - summer] as const;
  summerByYear.set(year, span);
  return span;
}

/** What must be added to a UTC instant to read the wall clock in New York. */
export function offsetAt(instant: number): number {
  const [from, to] = summerOf(new Date(instant).getUTCFullYear());
  return instant >= from && instant < to ? summer : standard;
}

/** The business day of an instant. */
export function dayOf(instant: number): number {
  return Math.floor((instant + offsetAt(instant)) / DAY);
}

/** The instant at which the wall clock shows `minutes` past midnight on a business day. */
export function instantAt(day: number, minutes = 0): number {
  const wall = day * DAY + minutes * MINUTE;
  return wall - offsetAt(wall - standard);
}

/** Minutes past midnight on the wall clock. */
export function minuteOfDay(instant: number): number {
  return Math.floor((instant + offsetAt(instant) - dayOf(instant) * DAY) / MINUTE);
}

/** Day number of a text such as `2026-10-31`. */
export function dayNumber(text: string): number {
  return Math.floor(Date.parse(`${text}T00:00:00Z`) / DAY);
}

export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 1 Monday to 7 Sunday. */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Months since year 0 of a day. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export function monthText(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

export function firstDayOf(month: number): number {
  return Math.floor(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY);
}

export function lastDayOf(month: number): number {
  return firstDayOf(month + 1) - 1;
}

/** The first month of the calendar quarter of a month. */
export function quarterOf(month: number): number {
  return month - (month % 3);
}

/** The extract covers these months; what happens at or after `END` has not happened yet. */
export const FIRST_DAY = dayNumber('2024-11-01');
export const LAST_DAY = dayNumber('2026-10-31');
export const START = instantAt(FIRST_DAY);
export const END = instantAt(LAST_DAY + 1);

/** The instant where it lies inside the extract, in whole seconds; `null` where it is still to come. */
export function seen(instant: number | null): number | null {
  if (instant === null) return null;
  const whole = wholeSecond(instant);
  return whole < END ? whole : null;
}

export function wholeSecond(instant: number): number {
  return Math.floor(instant / SECOND) * SECOND;
}

/** The first moment of work (08:00 to 18:00, Monday to Saturday) at or after an instant. */
export function workMoment(instant: number): number {
  let day = dayOf(instant);
  const minute = minuteOfDay(instant);
  if (minute >= 18 * 60) day += 1;
  if (weekday(day) === 7) day += 1;
  const sameDay = day === dayOf(instant);
  return sameDay && minute >= 8 * 60 ? instant : instantAt(day, 8 * 60) + (instant % (HOUR / 2));
}
