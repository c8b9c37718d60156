import { DIMENSIONS } from '../contract/dimensions.ts';
import type { Day } from '../contract/period.ts';
import type { Sql } from '../contract/sql.ts';
import { factTable } from '../tables/fact-tables.ts';
import { identifier } from '../tables/identifier.ts';
import { exactSums } from './exact-sum.ts';
import { type FactsRequest, isSized, monthOfDay, rolledUp, TOUCHED_MONTH } from './facts.ts';

/** The working table of what has become mature: sums by metric, month and all dimensions. */
const MATURED = 'matured';

const MEMBERS = DIMENSIONS.map(identifier).join(', ');
const SUMS = ['n', 'num', 'num_rest', 'den', 'den_rest'];

interface Span {
  readonly before: Day;
  readonly after: Day;
}

/**
 * Adds the observations that have become mature since an earlier as-of day to the sums of their months, where these are not to be
 * made anew ({@link TOUCHED_MONTH}) in any case: the sums are of whole numbers, so the outcome is the same. Months of metrics that
 * have percentiles are added to those to be made anew: true where there are any. To be called once all observations stand.
 */
export async function addMatured(sql: Sql, { observations, metrics }: FactsRequest, { before, after }: Span): Promise<boolean> {
  const observed = `FROM ${identifier(observations)} WHERE matures_on > CAST($before AS DATE) AND matures_on <= CAST($after AS DATE)`;
  const sized = metrics.filter(isSized).map((metric) => metric.id);
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${MATURED} AS
SELECT metric, month, ${MEMBERS}, count(num) AS n, count(*) AS pending, ${exactSums('num', 'true')}, ${exactSums('den', 'true')}
FROM (SELECT *, ${monthOfDay('day')} AS month ${observed}) o ANTI JOIN ${TOUCHED_MONTH} USING (metric, month)
GROUP BY metric, month, ${MEMBERS}`,
    params: { before, after },
  });
  const more = await sql.run({
    text: `INSERT INTO ${TOUCHED_MONTH} SELECT DISTINCT metric, month FROM ${MATURED} WHERE list_contains($sized, metric)`,
    params: { sized },
  });
  await sql.run({
    text: `UPDATE ${factTable(observations, '_fact')} f SET ${added()} FROM ${MATURED} m JOIN ${factTable(observations, '_combination')} c USING (${MEMBERS})
WHERE f.metric = m.metric AND f.month = m.month AND f.combination = c.combination`,
  });
  await sql.run({
    text: `UPDATE ${factTable(observations, '_rollup')} f SET ${added()} FROM (${rolledUp(MATURED, { ofFew: true })}) m
WHERE f.dimension = m.dimension AND f.member = m.member AND f.metric = m.metric AND f.month = m.month AND f.segment = m.segment`,
  });
  await sql.run({ text: `DROP TABLE ${MATURED}` });
  return more > 0;
}

/** A sum of nothing is null, and adds nothing to another. */
function added(): string {
  const sums = SUMS.map((name) => `${name} = coalesce(f.${name} + m.${name}, f.${name}, m.${name})`);
  return [...sums, 'pending = f.pending - m.pending'].join(', ');
}
