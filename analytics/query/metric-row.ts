import { assertNever } from '../contract/errors.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import type { Settings } from '../contract/settings.ts';
import type { SurvivalCell } from '../observe/index.ts';
import { poissonInterval, rate, survivalInterval, wilsonInterval } from '../signals/index.ts';
import type { PeriodSpan } from './periods.ts';
import type { Combination } from './read-cells.ts';
import { absence, mayBeRated, type Standing, standingNotes } from './standing.ts';
import type { PercentileCell } from './statements/compile-percentiles.ts';
import type { SumsCell } from './statements/compile-sums.ts';
import { type TargetInForce, targetInForce } from './targets.ts';

/** What all rows of an answer share. */
export interface RowContext {
  readonly settings: Settings;
  readonly asOf: string;
  /** The segment to which the filter pins all rows, or null. */
  readonly pinnedSegment: string | null;
  readonly firstMonths: ReadonlyMap<string, number>;
  /** Metrics whose statement failed, with the reason. */
  readonly failed: ReadonlyMap<string, string>;
}

/**
 * Gives the rows of one metric, each from its period, its combination of members and the place among all periods at which the
 * combination holds what was found: nothing where there are no observations.
 */
export function metricRows(
  metric: Metric,
  context: RowContext,
): (period: PeriodSpan, combination: Combination, place: number) => MetricRow {
  const { settings, asOf, pinnedSegment } = context;
  const known = { asOf, firstMonth: context.firstMonths.get(metric.id), failure: context.failed.get(metric.id) };
  const hasTarget = metric.targets.length > 0 || settings.targets.some((target) => target.metric === metric.id);
  return (period, { by, cells, percentiles }, place) => {
    const isRunning = period.lastDay > asOf;
    const question = { segment: by.segment ?? pinnedSegment, day: isRunning ? asOf : period.lastDay };
    const { target, note: targetNote } = hasTarget ? targetInForce(metric, settings, question) : NO_TARGET;
    const missing = absence(metric, period, known);
    const figures = missing !== null ? NOTHING : figuresOf(metric, cells[place], percentiles[place]);
    const { value, num, n, pending } = figures;
    const [provisional, partial] = [pending > 0, isRunning && period.firstDay <= asOf];
    const standing: Standing | null =
      missing !== null ? null : { kind: metric.kind, value, num, n, pending, provisional, partial };
    return {
      metric: metric.id,
      stage: metric.stage,
      name: metric.name,
      unit: metric.unit,
      direction: metric.direction,
      kind: metric.kind,
      period: period.label,
      by,
      value,
      num,
      den: figures.den,
      n,
      low: figures.low,
      high: figures.high,
      median: figures.median,
      p85: figures.p85,
      p95: figures.p95,
      bounds: null,
      target,
      rating:
        target !== null && value !== null && standing !== null && mayBeRated(metric, standing)
          ? rate({ value, target, direction: metric.direction, unit: metric.unit })
          : null,
      provisional,
      partial,
      pending,
      note:
        standing === null
          ? missing
          : joined([
              ...(figures.note !== null ? [figures.note] : standingNotes(metric, standing, known)),
              windowNote(metric, period, known.firstMonth),
              period.cut ? `until ${period.lastDay}, as far into the span as the one beside it` : null,
              value !== null ? targetNote : null,
            ]),
    };
  };
}

function joined(notes: readonly (string | null)[]): string | null {
  const said = notes.filter((note) => note !== null);
  return said.length > 0 ? said.join('; ') : null;
}

const NO_TARGET: TargetInForce = { target: null, note: null };

type Figures = Pick<MetricRow, 'value' | 'num' | 'den' | 'n' | 'low' | 'high' | 'median' | 'p85' | 'p95' | 'pending' | 'note'>;

const NOTHING: Figures = {
  value: null,
  num: null,
  den: null,
  n: 0,
  low: null,
  high: null,
  median: null,
  p85: null,
  p95: null,
  pending: 0,
  note: null,
};

function figuresOf(metric: Metric, cell: SumsCell | SurvivalCell | undefined, percentiles: PercentileCell | undefined): Figures {
  if (cell === undefined || !isSurvival(metric, cell)) return valueFigures(metric, cell, percentiles);
  return survivalFigures(metric, cell);
}

function isSurvival(metric: Metric, cell: SumsCell | SurvivalCell): cell is SurvivalCell {
  return metric.kind === 'survival' && 'survival' in cell;
}

function valueFigures(metric: Metric, cell: SumsCell | undefined, percentiles: PercentileCell | undefined): Figures {
  const [n, pending, median] = [cell?.n ?? 0, cell?.pending ?? 0, percentiles?.p50 ?? null];
  const [num, den] = [cell?.num ?? null, cell?.den ?? null];
  const figures = (
    value: number | null,
    shown: { readonly num: number | null; readonly den: number | null },
    interval: { readonly low: number | null; readonly high: number | null } | null,
  ): Figures => ({
    value,
    num: shown.num,
    den: shown.den,
    n,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    median,
    p85: percentiles?.p85 ?? null,
    p95: percentiles?.p95 ?? null,
    pending,
    note: metric.kind === 'survival' ? 'no cases' : null,
  });
  const sums = { num: num ?? 0, den: den ?? 0 };
  const share = sums.den === 0 ? null : sums.num / sums.den;
  switch (metric.kind) {
    case 'count':
    case 'sum':
      return figures(n === 0 && pending > 0 ? null : sums.num, { num: sums.num, den }, null);
    case 'proportion':
      return figures(share, sums, wilsonInterval(sums.num, sums.den));
    case 'ratio':
    case 'mean':
      return figures(share, sums, null);
    case 'duration':
      return figures(median, { num, den: n }, null);
    case 'rate': {
      const { value, ...interval } = rateFigures(metric.scale ?? 1, sums);
      return figures(value, sums, interval);
    }
    case 'survival':
      return figures(null, { num, den }, null);
    default:
      return assertNever(metric.kind);
  }
}

function rateFigures(scale: number, { num, den }: { num: number; den: number }): Pick<Figures, 'value' | 'low' | 'high'> {
  if (den === 0) return { value: null, low: null, high: null };
  const { low, high } = poissonInterval(num);
  return { value: (scale * num) / den, low: (scale * low) / den, high: (scale * high) / den };
}

/** Survival is read at its horizon only where somebody was followed that far. */
function survivalFigures(metric: Metric, cell: SurvivalCell): Figures {
  const horizon = metric.horizonDays ?? 365;
  const base: Figures = { ...NOTHING, n: cell.n, num: cell.events, den: cell.n };
  if (cell.longest < horizon) {
    return { ...base, note: `no one has been followed for ${horizon} days yet: the longest relation is ${cell.longest} days` };
  }
  return { ...base, value: cell.survival, ...survivalInterval(cell.survival, cell.greenwood) };
}

function windowNote(metric: Metric, period: PeriodSpan, firstMonth: number | undefined): string | null {
  if (metric.rollingMonths === undefined || firstMonth === undefined) return null;
  const held = period.lastMonth - firstMonth + 1;
  return held < metric.rollingMonths ? `${held} of ${metric.rollingMonths} months of data` : null;
}
