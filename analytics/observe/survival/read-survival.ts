import type { Dimension, Where } from '../../contract/dimensions.ts';
import type { Metric } from '../../contract/metric-definition.ts';
import type { Day } from '../../contract/period.ts';
import type { Columns, Sql, SqlStatement } from '../../contract/sql.ts';
import { identifier } from '../../tables/identifier.ts';
import { dimensionList, whereCondition } from '../where-condition.ts';
import { kaplanMeier, type Survived } from './kaplan-meier.ts';

/** Which relations are followed: those kept of a table of observations, as known on a day, split by dimensions. */
export interface SurvivalSlice {
  readonly observations: string;
  readonly asOf: Day;
  readonly by: readonly Dimension[];
  readonly where: Where;
}

/** What was seen of the relations of some members to the end of a period. */
export interface SurvivalCell extends Survived {
  /** The metric's place among those asked for, and the period's. */
  readonly metric: number;
  readonly period: number;
  /** A member of each dimension split by; null for all members together. */
  readonly members: readonly string[] | null;
}

/** Whether all relations are followed together too, beside those of each combination of members. */
export interface Totals {
  readonly totals: boolean;
}

/**
 * Survival at the end of each period, or on the as-of day where that comes first: of one observation, a relation, `day` is its
 * start, `matures_on` its end (null while it lasts), `num` 1 where the end is a loss and 0 where it is censored, `den` the age
 * in days at which it was first seen (−1: from the start). No cell where nobody was at risk.
 */
export async function readSurvival(
  sql: Sql,
  asked: { readonly metrics: readonly Metric[]; readonly periods: readonly { readonly lastDay: Day }[] },
  slice: SurvivalSlice & Partial<Totals>,
): Promise<SurvivalCell[]> {
  if (asked.metrics.length === 0 || asked.periods.length === 0) return [];
  const last = dayNumber(slice.asOf);
  const cutOf = asked.periods.map(({ lastDay }) => Math.min(dayNumber(lastDay), last));
  const cuts = [...new Set(cutOf)].sort((a, b) => a - b);
  const [firstCut = last] = cuts;
  const columns = await sql.columns(compileRelations(asked.metrics, slice, firstCut));
  const [began, ended, isLoss] = [columns.numbers('began'), columns.numbers('ended'), columns.numbers('is_loss')];
  const relations = { began, ended, isLoss, entry: columns.numbers('entry'), alike: columns.numbers('alike') };
  const placeOf = cutOf.map((cut) => cuts.indexOf(cut));
  return groupsOf(columns, slice).flatMap(({ metric, members, rows }) => {
    const horizon = horizonOf(asked.metrics[metric]);
    const atCuts = kaplanMeier(relations, rows, { cuts, horizon });
    return placeOf.flatMap((place, period) => {
      const survived = atCuts[place];
      return survived ? [{ metric, period, members, ...survived }] : [];
    });
  });
}

/** The age in days at which a metric's survival is read. */
export function horizonOf(metric: Pick<Metric, 'horizonDays'> | undefined): number {
  return metric?.horizonDays ?? 365;
}

/**
 * The statement that gives the relations of metrics, those alike in one row. Of one that had ended on the first day to which any is
 * followed only its age counts, so that all of an age are alike: they are given as if they had ended on that day.
 */
export function compileRelations(metrics: readonly Metric[], slice: SurvivalSlice, firstCut: number): SqlStatement {
  const where = whereCondition(slice.where);
  const [cut, isOver] = [Math.trunc(firstCut), `ended <= ${Math.trunc(firstCut)}`];
  const names = metrics.map((_, place) => `metric_${place}`);
  return {
    text: `SELECT list_position($metrics, metric) - 1 AS metric, ${dimensionList(slice.by)}CASE WHEN ${isOver} THEN ${cut} - (ended - began) ELSE began END AS began,
  CASE WHEN ${isOver} THEN ${cut} ELSE ended END AS ended, is_loss, entry, CAST(count(*) AS INTEGER) AS alike
FROM (SELECT metric, ${dimensionList(slice.by)}CAST(day - DATE '1970-01-01' AS INTEGER) AS began, CAST(matures_on - DATE '1970-01-01' AS INTEGER) AS ended,
    CAST(coalesce(num = 1, false) AS INTEGER) AS is_loss, CAST(greatest(coalesce(den, -1), -1) AS INTEGER) AS entry
  FROM ${identifier(slice.observations)} WHERE metric IN (${names.map((name) => `$${name}`).join(', ')})${where.text}) relation GROUP BY ALL`,
    params: {
      ...where.params,
      ...Object.fromEntries(metrics.map((metric, place) => [names[place], metric.id])),
      metrics: metrics.map((metric) => metric.id),
    },
  };
}

interface Group {
  readonly metric: number;
  readonly members: readonly string[] | null;
  readonly rows: number[];
}

/** Which rows belong to each metric and combination of members. */
function groupsOf(columns: Columns, { by, totals = false }: SurvivalSlice & Partial<Totals>): readonly Group[] {
  const metrics = columns.numbers('metric');
  const texts = by.map((dimension) => columns.texts(dimension));
  const groups = new Map<string, Group>();
  const put = (metric: number, members: readonly string[] | null, row: number) => {
    const key = `${metric}\u0000${members?.join('\u0000') ?? '\u0001'}`;
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { metric, members, rows: [row] });
  };
  for (let row = 0; row < columns.rowCount; row += 1) {
    const metric = metrics[row] as number;
    put(
      metric,
      texts.map((column) => column[row] ?? ''),
      row,
    );
    if (totals) put(metric, null, row);
  }
  return [...groups.values()];
}

/** The days since 1 January 1970. */
function dayNumber(day: Day): number {
  return Date.parse(day) / 86_400_000;
}
