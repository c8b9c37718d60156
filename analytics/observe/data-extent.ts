import type { Day, Month } from '../contract/period.ts';
import { monthIndex } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { identifier } from '../tables/identifier.ts';
import { TABLES } from '../tables/index.ts';
import { businessDay } from './as-of.ts';

/** How far the data of a workspace reaches; nulls while there is none. */
export interface DataExtent {
  /** The last business day on which anything that is not a plan happened. */
  readonly asOf: Day | null;
  readonly firstMonth: Month | null;
  readonly lastMonth: Month | null;
}

/** A month belongs to the data where at least this share of all metrics have observations: what has lived on from before does not count. */
const SHARE_OF_METRICS = 0.1;

/** An event further than this many months before all others is taken for a damaged date. */
const LONGEST_GAP = 24;

/**
 * How far the data reaches. The as-of day is the business day of the latest event or date in any canonical table that is
 * no plan and not after `now`. The first month is the earliest in which a tenth of the metrics have observations, without
 * those that lie more than two years before all others: neither a damaged date nor customers who have stayed on from
 * before make a beginning. Observations must have been computed for the latter.
 */
export async function dataExtent(sql: Sql, settings: Settings, now: Date): Promise<DataExtent> {
  const [latest] = await sql.rows<{ day: Day | null }>({
    text: LATEST_DAY,
    params: { now: now.toISOString(), today: businessDay(now, settings) },
  });
  const asOf = latest?.day ?? null;
  if (asOf === null) return { asOf: null, firstMonth: null, lastMonth: null };
  const months = await sql.rows<{ month: Month }>({
    text: `SELECT strftime(day, '%Y-%m') AS month FROM observation WHERE day <= CAST($as_of AS DATE) GROUP BY month
HAVING count(DISTINCT metric) >= $share * (SELECT count(DISTINCT metric) FROM observation) ORDER BY month DESC`,
    params: { as_of: asOf, share: SHARE_OF_METRICS },
  });
  const lastMonth = asOf.slice(0, 7);
  let firstMonth = lastMonth;
  for (const { month } of months) {
    if (monthIndex(firstMonth) - monthIndex(month) > LONGEST_GAP) break;
    firstMonth = month;
  }
  return { asOf, firstMonth, lastMonth };
}

const LATEST_DAY = `SELECT max(day) AS day FROM (
${TABLES.flatMap((table) =>
  table.columns
    .filter((column) => (column.type === 'timestamp' || column.type === 'date') && !column.planned)
    .map(({ name, type }) => {
      const latest = `max(${identifier(name)}) FILTER (WHERE ${identifier(name)} <= ${type === 'date' ? 'CAST($today AS DATE)' : 'CAST($now AS TIMESTAMP)'})`;
      return `SELECT ${type === 'date' ? latest : `local_day(${latest}, NULL)`} AS day FROM ${identifier(table.name)}`;
    }),
).join('\nUNION ALL\n')}
) latest`;
