import type { Day } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';

const MINUTE = 60_000;
/** No zone is further than this from UTC, and no change of clocks longer. */
const REACH = 30 * 60;

/**
 * The first instant after a business day, as ISO 8601 UTC text: what happened before it is known on that day.
 * The business day is that of the workspace's time zone; where its midnight does not exist (clocks go forward at
 * midnight) the day begins when the clocks have gone on.
 */
export function asOfInstant(day: Day, settings: Settings): string {
  const local = dayFormat(settings);
  const nextDay = Date.parse(`${day}T00:00:00Z`) + 24 * 60 * MINUTE;
  let before = -REACH;
  let after = REACH;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (local.format(nextDay + middle * MINUTE) > day) after = middle;
    else before = middle;
  }
  return new Date(nextDay + after * MINUTE).toISOString().replace('.000Z', 'Z');
}

/** The business day on which an instant lies, in the workspace's time zone. */
export function businessDay(instant: Date, settings: Settings): Day {
  return dayFormat(settings).format(instant);
}

/** Canadian English writes days as ISO 8601 does. */
function dayFormat({ timeZone }: Settings): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
}
