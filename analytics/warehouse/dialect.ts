import type { Calendar, Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { literal } from '../tables/identifier.ts';
import { readFacts, writeFacts } from '../tables/workspace-facts.ts';

/**
 * The named helpers that metric files and the engine's own statements may use, so that the same text can run on another
 * database that defines the same names. Each is a macro made for the settings in force.
 */
function helperMacros(settings: Settings): string[] {
  return [
    `local_day(instant, region) AS CAST(timezone(${zoneExpression(settings)}, timezone('UTC', instant)) AS DATE)`,
    `day_start(day, region) AS timezone('UTC', timezone(${zoneExpression(settings)}, CAST(day AS TIMESTAMP)))`,
    `local_instant(moment, region) AS timezone('UTC', timezone(${zoneExpression(settings)}, CAST(moment AS TIMESTAMP)))`,
    `calendar_day(instant, calendar) AS CAST(timezone(${calendarZoneExpression(settings)}, timezone('UTC', instant)) AS DATE)`,
    'seconds_between(a, b) AS (epoch_us(b) - epoch_us(a)) / 1e6',
    'minutes_between(a, b) AS (epoch_us(b) - epoch_us(a)) / 6e7',
    'hours_between(a, b) AS (epoch_us(b) - epoch_us(a)) / 3.6e9',
    'days_between(a, b) AS (epoch_us(b) - epoch_us(a)) / 8.64e10',
    'add_days(moment, days) AS moment + to_days(CAST(days AS INTEGER))',
    'add_minutes(moment, minutes) AS moment + to_microseconds(CAST(round(minutes * 6e7) AS BIGINT))',
    'add_hours(moment, hours) AS moment + to_hours(CAST(hours AS INTEGER))',
    'add_months(moment, months) AS moment + to_months(CAST(months AS INTEGER))',
    "month_start(day) AS CAST(date_trunc('month', day) AS DATE)",
    'month_end(day) AS last_day(day)',
    `in_stream(stream, wanted) AS ${streamTest(settings)}`,
    `workspace_money(amount, currency, day) AS amount * ${rateExpression(settings)}`,
    'clock_seconds(seconds_before, opens_at, closes_at, instant) AS seconds_before + greatest(0, (least(epoch_us(instant), epoch_us(closes_at)) - epoch_us(opens_at)) / 1e6)',
    'first_by(value, rank) AS arg_min(value, rank)',
    'last_by(value, rank) AS arg_max(value, rank)',
  ];
}

/** Makes the helpers and the business clock anew for these settings. */
export async function installDialect(sql: Sql, settings: Settings): Promise<void> {
  for (const macro of helperMacros(settings)) await sql.run({ text: `CREATE OR REPLACE MACRO ${macro}` });
  await fillBusinessClock(sql, settings);
}

/** Whether a row of `stream` counts in the stream `wanted`, by what the settings say of rows that name none. */
function streamTest({ unassignedStream }: Settings): string {
  if (unassignedStream === 'every') return 'coalesce(stream, wanted) = wanted';
  if (unassignedStream === 'none') return 'coalesce(stream = wanted, false)';
  return `coalesce(stream, ${literal(unassignedStream)}) = wanted`;
}

function zoneExpression(settings: Settings): string {
  const cases = Object.entries(settings.regionTimeZones).map(([region, zone]) => `WHEN ${literal(region)} THEN ${literal(zone)}`);
  return cases.length === 0
    ? literal(settings.timeZone)
    : `(CASE region ${cases.join(' ')} ELSE ${literal(settings.timeZone)} END)`;
}

function calendarZoneExpression(settings: Settings): string {
  const cases = Object.entries(settings.calendars)
    .filter(([, calendar]) => calendar.timeZone)
    .map(([name, calendar]) => `WHEN ${literal(name)} THEN ${literal(calendar.timeZone ?? settings.timeZone)}`);
  return cases.length === 0
    ? literal(settings.timeZone)
    : `(CASE calendar ${cases.join(' ')} ELSE ${literal(settings.timeZone)} END)`;
}

/** What one unit of `currency` is worth in the workspace's; null where no rate is known, so that the amount is left out and counted. */
function rateExpression(settings: Settings): string {
  const cases = Object.entries(settings.exchangeRates).flatMap(([currency, months]) =>
    Object.entries(months).map(
      ([month, rate]) =>
        `WHEN upper(currency) = ${literal(currency)} AND strftime(day, '%Y-%m') = ${literal(month)} THEN ${Number(rate)}`,
    ),
  );
  return `CASE WHEN coalesce(currency, '') = '' OR upper(currency) = ${literal(settings.currency)} THEN 1.0 ${cases.join(' ')} END`;
}

const CLOCK_STATE = 'business clock';

async function fillBusinessClock(sql: Sql, settings: Settings): Promise<void> {
  const wanted = JSON.stringify([settings.timeZone, settings.calendars]);
  if ((await readFacts(sql, [CLOCK_STATE]))(CLOCK_STATE) === wanted) return;
  await sql.transaction(async () => {
    await sql.run({ text: 'DELETE FROM business_clock' });
    for (const [name, calendar] of Object.entries(settings.calendars)) await addCalendar(sql, name, calendar, settings.timeZone);
    await writeFacts(sql, { [CLOCK_STATE]: wanted });
  });
}

/** One row a calendar day from 2000 to 2049, with the opening seconds before it: differences of the clock are business time. */
async function addCalendar(sql: Sql, name: string, calendar: Calendar, timeZone: string): Promise<void> {
  await sql.run({
    text: `INSERT INTO business_clock
      WITH days AS (SELECT CAST(unnest(generate_series(DATE '2000-01-01', DATE '2049-12-31', INTERVAL 1 DAY)) AS DATE) AS day),
      hours AS (
        SELECT day,
          timezone('UTC', timezone($zone, day + to_minutes(CAST($opens AS INTEGER)))) AS opens_at,
          timezone('UTC', timezone($zone, day + to_minutes(CAST($closes AS INTEGER)))) AS closes_at,
          list_contains($weekdays, CAST(isodow(day) AS VARCHAR)) AND NOT list_contains($holidays, CAST(day AS VARCHAR)) AS works
        FROM days),
      spans AS (SELECT day, opens_at, CASE WHEN works THEN closes_at ELSE opens_at END AS closes_at FROM hours)
      SELECT $name, day, opens_at, closes_at,
        coalesce(sum((epoch_us(closes_at) - epoch_us(opens_at)) / 1e6) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
      FROM spans`,
    params: {
      name,
      zone: calendar.timeZone ?? timeZone,
      opens: minutesOfDay(calendar.opens),
      closes: minutesOfDay(calendar.closes),
      weekdays: calendar.weekdays.map(String),
      holidays: calendar.holidays,
    },
  });
}

function minutesOfDay(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
