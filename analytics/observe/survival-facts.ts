import type { Metric } from '../contract/metric-definition.ts';
import { type Day, monthIndex, monthOfIndex, shiftDay } from '../contract/period.ts';
import type { Sql, SqlStatement } from '../contract/sql.ts';
import { factTable } from '../tables/fact-tables.ts';
import { readSurvival, type SurvivalCell } from './survival/read-survival.ts';

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
  const cells = await readSurvival(
    sql,
    { metrics: survival, periods },
    { observations, asOf, by: ['segment'], where: {}, totals: true },
  );
  await sql.run(
    compileKept(
      table,
      cells.map((cell) => ({ ...cell, metric: survival[cell.metric]?.id ?? '', month: first + cell.period })),
    ),
  );
}

type KeptCell = Omit<SurvivalCell, 'metric'> & { readonly metric: string; readonly month: number };

/** Numbers are handed over as texts, which say every bit of them. */
function compileKept(table: string, cells: readonly KeptCell[]): SqlStatement {
  const of = (value: (cell: KeptCell) => unknown) => cells.map((cell) => String(value(cell)));
  return {
    text: `INSERT INTO ${table}
SELECT unnest($metrics), CAST(unnest($months) AS INTEGER), CASE WHEN unnest($in_all) = 'false' THEN unnest($segments) END, CAST(unnest($n) AS BIGINT),
  CAST(unnest($longest) AS BIGINT), CAST(unnest($events) AS BIGINT), CAST(unnest($survival) AS DOUBLE), CAST(unnest($greenwood) AS DOUBLE)`,
    params: {
      metrics: of((cell) => cell.metric),
      months: of((cell) => cell.month),
      in_all: of((cell) => cell.members === null),
      segments: of((cell) => cell.members?.[0] ?? ''),
      n: of((cell) => cell.n),
      longest: of((cell) => cell.longest),
      events: of((cell) => cell.events),
      survival: of((cell) => cell.survival),
      greenwood: of((cell) => cell.greenwood),
    },
  };
}

function lastDayOf(month: number): Day {
  return shiftDay(`${monthOfIndex(month + 1)}-01`, -1);
}
