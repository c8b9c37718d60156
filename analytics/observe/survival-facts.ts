import type { Metric } from '../contract/metric-definition.ts';
import { type Day, monthIndex, monthOfIndex, shiftDay } from '../contract/period.ts';
import type { Sql } from '../contract/sql.ts';
import { factTable } from '../tables/fact-tables.ts';
import { compileSurvival } from './compile-survival.ts';

/** For how many months, the as-of day's among them, survival is kept. */
export const SURVIVAL_MONTHS = 60;

export interface SurvivalRequest {
  readonly observations: string;
  readonly metrics: readonly Metric[];
  readonly asOf: Day;
  /** The first month (index) to make anew; earlier ones stay. */
  readonly fromMonth?: number;
}

/** Makes the kept survival of these metrics anew; that of others stays. */
export async function refreshSurvival(sql: Sql, { observations, metrics, asOf, fromMonth }: SurvivalRequest): Promise<void> {
  const survival = metrics.filter((metric) => metric.kind === 'survival');
  if (survival.length === 0) return;
  const last = monthIndex(asOf.slice(0, 7));
  const first = Math.max(last - SURVIVAL_MONTHS + 1, fromMonth ?? 0);
  const months = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  const table = factTable(observations, '_survival');
  await sql.run({
    text: `DELETE FROM ${table} WHERE list_contains($metrics, metric) AND (month >= $first OR month < $last - ${SURVIVAL_MONTHS - 1})`,
    params: { metrics: survival.map((metric) => metric.id), first, last },
  });
  const periods = months.map((month) => ({ lastDay: lastDayOf(month) }));
  const { text, params } = compileSurvival(survival, periods, { observations, asOf, by: ['segment'], where: {}, totals: true });
  await sql.run({
    text: `INSERT INTO ${table} SELECT metric, $first_month + period, segment, n, longest, events, survival, greenwood FROM (${text}) s`,
    params: { ...params, first_month: first },
  });
}

function lastDayOf(month: number): Day {
  return shiftDay(`${monthOfIndex(month + 1)}-01`, -1);
}
