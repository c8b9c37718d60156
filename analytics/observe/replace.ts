import type { UnavailableMetric } from '../contract/metric-definition.ts';
import type { Day } from '../contract/period.ts';
import type { Sql } from '../contract/sql.ts';
import type { Affected } from './affected.ts';
import { monthOfDay, TOUCHED_MONTH, touchedReach } from './facts.ts';

/** The working table of observations just computed. */
export const STAGING = 'observation_staging';

/** What was computed into {@link STAGING}, and of which metrics the statement failed. */
export interface Computed {
  readonly affected: readonly Affected[];
  readonly unavailable: readonly UnavailableMetric[];
}

const MONTH = monthOfDay('day');

/** Puts all observations of the computed metrics in place of their earlier ones; every month of theirs is then to be summed up anew. */
export async function replaceAll(sql: Sql, { affected }: Computed): Promise<void> {
  const metrics = affected.map((each) => each.metric.id);
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${TOUCHED_MONTH} AS
SELECT DISTINCT metric, ${MONTH} AS month FROM (
  SELECT metric, day FROM observation WHERE list_contains($metrics, metric) UNION ALL SELECT metric, day FROM ${STAGING}) either`,
    params: { metrics },
  });
  await sql.run({ text: 'DELETE FROM observation WHERE list_contains($metrics, metric)', params: { metrics } });
  await sql.run({ text: `INSERT INTO observation SELECT * FROM ${STAGING}` });
}

/**
 * Writes only what differs: of metrics computed whole the months whose observations are others than before, compared by
 * number and a sum of hashes of whole rows; of metrics computed in part the observations of the changed rows.
 */
export async function replaceMonths(sql: Sql, { affected, unavailable }: Computed): Promise<void> {
  const failed = new Set(unavailable.map((each) => each.id));
  const part = affected.filter((each) => each.replaces !== null && !failed.has(each.metric.id));
  const whole = affected.filter((each) => !part.includes(each)).map((each) => each.metric.id);
  const summary = (table: string) =>
    `SELECT metric, ${MONTH} AS month, count(*) AS rows, sum(hash(o)) AS content FROM ${table} o WHERE list_contains($whole, metric) GROUP BY ALL`;
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${TOUCHED_MONTH} AS
SELECT metric, month FROM (${summary('observation')}) held FULL JOIN (${summary(STAGING)}) found USING (metric, month)
WHERE held.rows IS DISTINCT FROM found.rows OR held.content IS DISTINCT FROM found.content`,
    params: { whole },
  });
  const reach = await touchedReach(sql);
  if (reach) {
    await sql.run({
      text: `DELETE FROM observation o USING ${TOUCHED_MONTH} t WHERE o.metric = t.metric AND ${monthOfDay('o.day')} = t.month AND ${reach.days('o.')}`,
    });
    await sql.run({
      text: `INSERT INTO observation SELECT s.* FROM ${STAGING} s JOIN ${TOUCHED_MONTH} t ON t.metric = s.metric AND t.month = ${monthOfDay('s.day')}`,
    });
  }
  for (const { metric, replaces } of part) await replaceRows(sql, metric.id, replaces ?? 'true');
}

async function replaceRows(sql: Sql, metric: string, replaces: string): Promise<void> {
  await sql.run({
    text: `INSERT INTO ${TOUCHED_MONTH} SELECT DISTINCT $metric, ${MONTH} FROM (
  SELECT day FROM observation o WHERE o.metric = $metric AND ${replaces} UNION ALL SELECT day FROM ${STAGING} WHERE metric = $metric) either`,
    params: { metric },
  });
  await sql.run({ text: `DELETE FROM observation o WHERE o.metric = $metric AND ${replaces}`, params: { metric } });
  await sql.run({ text: `INSERT INTO observation SELECT * FROM ${STAGING} WHERE metric = $metric`, params: { metric } });
}

/** Adds the months in which observations have become mature since the as-of day was another. */
export async function touchMatured(sql: Sql, [before, after]: readonly [Day, Day]): Promise<void> {
  await sql.run({
    text: `INSERT INTO ${TOUCHED_MONTH} SELECT DISTINCT metric, ${MONTH} FROM observation
WHERE matures_on > CAST($before AS DATE) AND matures_on <= CAST($after AS DATE)
EXCEPT SELECT metric, month FROM ${TOUCHED_MONTH}`,
    params: { before, after },
  });
}
