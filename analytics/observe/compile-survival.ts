import type { Dimension, Where } from '../contract/dimensions.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { SqlStatement } from '../contract/sql.ts';
import { identifier } from '../tables/identifier.ts';
import { dimensionList, whereCondition } from './where-condition.ts';

/** Which relations are followed: those kept of a table of observations, as known on a day, split by dimensions. */
export interface SurvivalSlice {
  readonly observations: string;
  readonly asOf: string;
  readonly by: readonly Dimension[];
  readonly where: Where;
  /** Whether all relations together are followed too, of all members: their dimensions read null. */
  readonly totals?: boolean;
}

/** One row of the answer of {@link compileSurvival}. */
export interface SurvivalCell {
  readonly metric: string;
  readonly period: number;
  /** Relations that were at risk at any age. */
  readonly n: number;
  /** Ends seen at or before the horizon, and over all ages. */
  readonly events: number;
  /** S(horizon): the product of 1 − d/n over the event ages up to the horizon. */
  readonly survival: number;
  /** Greenwood's Σ d / (n (n − d)) over the same ages. */
  readonly greenwood: number;
  /** The greatest age in days at which a relation was followed. */
  readonly longest: number;
}

/**
 * The Kaplan-Meier statement: one observation is a relation with `day` its start, `matures_on` its end (null while it
 * lasts), `num` 1 where the end is a loss and 0 where it is censored, `den` the age in days at which it was first seen
 * (−1: from the start). For each period the relations begun by its end are followed to the earliest of their end, the
 * period's last day and the as-of day (the cut). Ages are whole days; at risk at age t are those with den < t ≤ age at exit.
 * Relations alike are counted before they are placed at cuts, and again once they are: those ended by the age at their end, those running by their start.
 * Source: E. L. Kaplan, P. Meier (1958); delayed entry as in D. G. Kleinbaum, Survival Analysis, chapter 3.
 */
export function compileSurvival(
  metrics: readonly Metric[],
  periods: readonly { readonly lastDay: string }[],
  slice: SurvivalSlice,
): SqlStatement {
  const where = whereCondition(slice.where);
  const by = dimensionList(slice.by);
  const group = `metric, ${by}cut`;
  return {
    text: `WITH asked AS (
  SELECT unnest($metrics) AS metric, CAST(unnest($horizons) AS INTEGER) AS horizon
), span AS (
  SELECT CAST(unnest($periods) AS INTEGER) AS period, least(CAST(unnest($last_days) AS DATE), CAST($as_of AS DATE)) AS cut
), cuts AS (
  SELECT DISTINCT cut FROM span
), relations AS (
  SELECT metric, ${by}day, matures_on AS ended, num = 1 AS is_loss, CAST(coalesce(den, -1) AS BIGINT) AS entry, count(*) AS alike
  FROM ${identifier(slice.observations)}
  WHERE metric IN (SELECT metric FROM asked)${where.text} GROUP BY ALL
), placed AS (
  SELECT relations.*, cuts.cut AS end_cut FROM relations ASOF LEFT JOIN cuts ON cuts.cut >= relations.ended
), ended AS (
  SELECT metric, ${by}end_cut, date_diff('day', day, ended) AS age, entry, sum(alike) AS leaves, coalesce(sum(alike) FILTER (WHERE is_loss), 0) AS lost
  FROM placed WHERE end_cut IS NOT NULL AND date_diff('day', day, ended) > entry GROUP BY ALL
), running AS (
  SELECT metric, ${by}end_cut, day, entry, sum(alike) AS leaves FROM placed GROUP BY ALL
), at_risk AS (
  SELECT ${group}, age, entry, leaves, lost FROM ended JOIN cuts ON cut >= end_cut
  UNION ALL
  SELECT ${group}, date_diff('day', day, cut), entry, leaves, 0 FROM running JOIN cuts ON cut > day + CAST(entry AS INTEGER) AND (end_cut IS NULL OR cut < end_cut)
), changes AS (
  SELECT ${group}, age, leaves, lost, 0 AS enters FROM at_risk
  UNION ALL
  SELECT ${group}, entry, 0, 0, leaves FROM at_risk WHERE entry >= 0
), ages AS (
  SELECT ${group}, age, sum(leaves) AS leaves, sum(lost) AS lost, sum(enters) AS enters FROM changes
  GROUP BY ${slice.totals ? `GROUPING SETS ((${group}, age), (metric, cut, age))` : `${group}, age`}
), risk AS (
  SELECT ${group}, age, leaves, lost,
    sum(leaves - enters) OVER (PARTITION BY ${group} ORDER BY age DESC ROWS UNBOUNDED PRECEDING) AS at_risk
  FROM ages
), survived AS (
  SELECT ${group}, CAST(sum(leaves) AS BIGINT) AS n, max(age) FILTER (WHERE leaves > 0) AS longest,
    CAST(coalesce(sum(lost) FILTER (WHERE age <= horizon), 0) AS BIGINT) AS events,
    coalesce(product(1 - lost / at_risk ORDER BY age) FILTER (WHERE lost > 0 AND age <= horizon), 1) AS survival,
    coalesce(sum(lost / (at_risk * (at_risk - lost)) ORDER BY age) FILTER (WHERE lost > 0 AND lost < at_risk AND age <= horizon), 0) AS greenwood
  FROM risk JOIN asked USING (metric)
  GROUP BY ${group}
)
SELECT metric, ${by}period, n, longest, events, survival, greenwood FROM survived JOIN span USING (cut)`,
    params: {
      ...where.params,
      metrics: metrics.map((metric) => metric.id),
      horizons: metrics.map((metric) => String(metric.horizonDays ?? 365)),
      periods: periods.map((_, index) => String(index)),
      last_days: periods.map((period) => period.lastDay),
      as_of: slice.asOf,
    },
  };
}
