import { DIMENSIONS, type Where } from '../../../analytics/contract/dimensions.ts';
import type { Sql } from '../../../analytics/contract/sql.ts';

/**
 * The floor of a view: one statement that reads its cells. Unfiltered from a table that holds just those; filtered by adding
 * sums up and taking percentiles of sizes, both held with numbers for names. Gives the work, its tables made.
 */
export async function bareView(sql: Sql, where: Where): Promise<() => Promise<unknown>> {
  const kept = DIMENSIONS.filter((dimension) => where[dimension] !== undefined);
  if (kept.length === 0) {
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE bare_cell AS SELECT r.metric, r.month, r.segment, r.n, r.num, r.den, p.p50, p.p85, p.p95
        FROM observation_rollup r LEFT JOIN observation_percentile p USING (dimension, member, metric, month, segment) WHERE dimension = ''`,
    });
    return () => sql.rows({ text: 'FROM bare_cell' });
  }
  const code = (dimension: string) => `CAST(hash(${dimension}) % 2147483647 AS INTEGER) AS ${dimension}`;
  const codes = ['metric', ...DIMENSIONS].map(code).join(', ');
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE bare_sum AS SELECT ${codes}, month, n, num, den FROM observation_fact JOIN observation_combination USING (combination) ORDER BY metric, month`,
  });
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE bare_size AS SELECT ${codes}, month, size FROM observation_size JOIN observation_combination USING (combination) ORDER BY metric, month`,
  });
  const condition = kept
    .map(
      (dimension) =>
        `${dimension} IN (${(where[dimension] ?? []).map((member) => `CAST(hash('${member}') % 2147483647 AS INTEGER)`).join(', ')})`,
    )
    .join(' AND ');
  return () =>
    sql.rows({
      text: `SELECT * FROM (SELECT metric, month, segment, sum(n) AS n, sum(num) AS num, sum(den) AS den FROM bare_sum WHERE ${condition} GROUP BY ALL) sums
        LEFT JOIN (SELECT metric, month, segment, quantile_cont(size, [0.5, 0.85, 0.95]) AS sizes FROM bare_size WHERE ${condition} GROUP BY ALL) sizes USING (metric, month, segment)`,
    });
}
