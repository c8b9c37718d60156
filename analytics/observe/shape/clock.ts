/** The calendar, a row a day, which metrics may read beside the tables they name. */
export const CLOCK = 'business_clock';

export const CLOCK_COLUMNS: ReadonlySet<string> = new Set(['calendar_id', 'day', 'opens_at', 'closes_at', 'seconds_before']);

/** The functions that give the first and the last day of a day's month. */
export const MONTH_ENDS: ReadonlySet<string> = new Set(['month_start', 'month_end']);
