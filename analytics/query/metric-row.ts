import { assertNever } from '../contract/errors.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import type { Settings } from '../contract/settings.ts';
import { horizonOf, type SurvivalCell } from '../observe/index.ts';
import { poissonInterval, rate, survivalInterval, wilsonInterval } from '../signals/index.ts';
import type { Combination } from './combinations.ts';
import { type ExactSums, plainSum } from './exact-sums.ts';
import type { PeriodSpan } from './periods.ts';
import { absence, mayBeRated, standingNotes } from './standing.ts';
import type { PercentileCell } from './statements/compile-percentiles.ts';
import { type TargetInForce, targetsOf } from './targets.ts';

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

/** Gives the row of a metric in one period for one combination, whose figures of it stand at a place among all periods. */
type RowOf = (combination: Combination, place: number) => MetricRow;

/** Gives the rows of one metric, period by period; nothing is in those of a period in which it has no observations. */
export function metricRows(metric: Metric, context: RowContext): (period: PeriodSpan) => RowOf {
  const { asOf, pinnedSegment } = context;
  const { id, stage, name, unit, direction, kind } = metric;
  const known = { asOf, firstMonth: context.firstMonths.get(id), failure: context.failed.get(id) };
  const targetOf = targetsOf(metric, context.settings) ?? (() => NO_TARGET);
  return (period) => {
    const isRunning = period.lastDay > asOf;
    const day = isRunning ? asOf : period.lastDay;
    const missing = absence(metric, period, known);
    const partial = isRunning && period.firstDay <= asOf;
    const notesOfPeriod = [
      windowNote(metric, period, known.firstMonth),
      period.cut ? `until ${period.lastDay}, as far into the span as the one beside it` : null,
    ].filter((note) => note !== null);
    return ({ by, sums, survival, percentiles }, place) => {
      const { target, note: targetNote } = targetOf({ segment: by.segment ?? pinnedSegment, day });
      const figures =
        missing !== null
          ? NOTHING
          : figuresOf(metric, { sums: sums[place], survival: survival[place], percentiles: percentiles[place] });
      const { value, num, den, n, low, high, median, p85, p95, pending } = figures;
      const row: Writable<MetricRow> = {
        metric: id,
        stage,
        name,
        unit,
        direction,
        kind,
        period: period.label,
        by,
        value,
        num,
        den,
        n,
        low,
        high,
        median,
        p85,
        p95,
        bounds: null,
        target,
        rating: null,
        provisional: pending > 0,
        partial,
        pending,
        note: missing,
      };
      if (missing !== null) return row;
      if (target !== null && value !== null && mayBeRated(metric, row)) row.rating = rate({ value, target, direction, unit });
      const notes = figures.note !== null ? [figures.note] : standingNotes(metric, row, known);
      notes.push(...notesOfPeriod);
      if (value !== null && targetNote !== null) notes.push(targetNote);
      row.note = notes.length > 0 ? notes.join('; ') : null;
      return row;
    };
  };
}

type Writable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

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

/** What was found for a row. */
interface RowCells {
  readonly sums: ExactSums | undefined;
  readonly survival: SurvivalCell | undefined;
  readonly percentiles: PercentileCell | undefined;
}

function figuresOf(metric: Metric, { sums, survival, percentiles }: RowCells): Figures {
  if (metric.kind === 'survival') return survival ? survivalFigures(metric, survival) : { ...NOTHING, note: 'no cases' };
  const n = sums?.n ?? 0;
  const pending = sums?.pending ?? 0;
  const num = sums ? plainSum(sums.num, sums.numPart) : null;
  const den = sums ? plainSum(sums.den, sums.denPart) : null;
  const median = percentiles?.p50 ?? null;
  let figures: ValueFigures;
  switch (metric.kind) {
    case 'count':
    case 'sum':
      figures = { value: n === 0 && pending > 0 ? null : (num ?? 0), num: num ?? 0, den, low: null, high: null };
      break;
    case 'proportion':
    case 'ratio':
    case 'mean':
      figures = shareFigures(metric.kind === 'proportion', num ?? 0, den ?? 0);
      break;
    case 'duration':
      figures = { value: median, num, den: n, low: null, high: null };
      break;
    case 'rate':
      figures = rateFigures(metric.scale ?? 1, num ?? 0, den ?? 0);
      break;
    default:
      return assertNever(metric.kind);
  }
  const { value, low, high } = figures;
  const [p85, p95] = [percentiles?.p85 ?? null, percentiles?.p95 ?? null];
  return { value, num: figures.num, den: figures.den, n, low, high, median, p85, p95, pending, note: null };
}

type ValueFigures = Pick<Figures, 'value' | 'num' | 'den' | 'low' | 'high'>;

function shareFigures(isProportion: boolean, num: number, den: number): ValueFigures {
  const interval = isProportion ? wilsonInterval(num, den) : null;
  return { value: den === 0 ? null : num / den, num, den, low: interval?.low ?? null, high: interval?.high ?? null };
}

function rateFigures(scale: number, num: number, den: number): ValueFigures {
  if (den === 0) return { value: null, num, den, low: null, high: null };
  const { low, high } = poissonInterval(num);
  return { value: (scale * num) / den, num, den, low: (scale * low) / den, high: (scale * high) / den };
}

/** Survival is read at its horizon only where somebody was followed that far. */
function survivalFigures(metric: Metric, cell: SurvivalCell): Figures {
  const horizon = horizonOf(metric);
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
