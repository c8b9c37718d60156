import type { Dimension } from '../contract/dimensions.ts';
import { assertNever } from '../contract/errors.ts';
import type { Metric } from '../contract/metric-definition.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import type { Settings } from '../contract/settings.ts';
import type { SurvivalCell } from '../observe/index.ts';
import { poissonInterval, rate, survivalInterval, wilsonInterval } from '../signals/index.ts';
import type { PeriodSpan } from './periods.ts';
import { absence, mayBeRated, standingNotes } from './standing.ts';
import type { PercentileCell } from './statements/compile-percentiles.ts';
import type { SumsCell } from './statements/compile-sums.ts';
import { targetInForce } from './targets.ts';

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

/** Where a row stands: its period and the members it is split by. */
export interface RowPlace {
  readonly period: PeriodSpan;
  readonly by: Readonly<Partial<Record<Dimension, string>>>;
}

/** Sums with percentiles; those are null where the metric has none. */
export type ValueCell = SumsCell & { readonly [Name in 'p50' | 'p85' | 'p95']: PercentileCell[Name] | null };

export type Cell = ValueCell | SurvivalCell;

/** The row of one metric in one place from its sums; `cell` is absent where there are no observations. */
export function metricRow(metric: Metric, place: RowPlace, cell: Cell | undefined, context: RowContext): MetricRow {
  const known = { asOf: context.asOf, firstMonth: context.firstMonths.get(metric.id), failure: context.failed.get(metric.id) };
  const isRunning = place.period.lastDay > context.asOf;
  const { target, note: targetNote } = targetInForce(metric, context.settings, {
    segment: place.by.segment ?? context.pinnedSegment,
    day: isRunning ? context.asOf : place.period.lastDay,
  });
  const missing = absence(metric, place.period, known);
  const figures = missing ? NOTHING : cell && 'survival' in cell ? survivalFigures(metric, cell) : valueFigures(metric, cell);
  const bare: MetricRow = {
    metric: metric.id,
    stage: metric.stage,
    name: metric.name,
    unit: metric.unit,
    direction: metric.direction,
    kind: metric.kind,
    period: place.period.label,
    by: place.by,
    value: figures.value,
    num: figures.num,
    den: figures.den,
    n: figures.n,
    low: figures.low,
    high: figures.high,
    median: figures.median,
    p85: figures.p85,
    p95: figures.p95,
    bounds: null,
    target,
    rating: null,
    provisional: figures.pending > 0,
    partial: isRunning && place.period.firstDay <= context.asOf,
    pending: figures.pending,
    note: null,
  };
  const notes = missing ? [missing] : [...figures.notes, ...(figures.notes.length > 0 ? [] : standingNotes(metric, bare, known))];
  if (!missing) notes.push(...windowNotes(metric, place.period, known.firstMonth));
  if (!missing && place.period.cut) notes.push(`until ${place.period.lastDay}, as far into the span as the one beside it`);
  if (targetNote && bare.value !== null) notes.push(targetNote);
  const rating =
    target !== null && bare.value !== null && mayBeRated(metric, bare)
      ? rate({ value: bare.value, target, direction: metric.direction, unit: metric.unit })
      : null;
  return { ...bare, rating, note: notes.length > 0 ? notes.join('; ') : null };
}

type Figures = Pick<MetricRow, 'value' | 'num' | 'den' | 'n' | 'low' | 'high' | 'median' | 'p85' | 'p95' | 'pending'> & {
  readonly notes: readonly string[];
};

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
  notes: [],
};

function valueFigures(metric: Metric, cell: ValueCell | undefined): Figures {
  const base: Figures = {
    ...NOTHING,
    num: cell?.num ?? null,
    den: cell?.den ?? null,
    n: cell?.n ?? 0,
    median: cell?.p50 ?? null,
    p85: cell?.p85 ?? null,
    p95: cell?.p95 ?? null,
    pending: cell?.pending ?? 0,
  };
  const sums = { num: base.num ?? 0, den: base.den ?? 0 };
  const share = sums.den === 0 ? null : sums.num / sums.den;
  switch (metric.kind) {
    case 'count':
    case 'sum':
      return { ...base, num: base.num ?? 0, value: base.n === 0 && base.pending > 0 ? null : (base.num ?? 0) };
    case 'proportion':
      return { ...base, ...sums, value: share, ...wilsonInterval(sums.num, sums.den) };
    case 'ratio':
    case 'mean':
      return { ...base, ...sums, value: share };
    case 'duration':
      return { ...base, value: base.median, den: base.n };
    case 'rate':
      return { ...base, ...sums, ...rateFigures(metric.scale ?? 1, sums) };
    case 'survival':
      return { ...base, notes: ['no cases'] };
    default:
      return assertNever(metric.kind);
  }
}

function rateFigures(scale: number, { num, den }: { num: number; den: number }): Partial<Figures> {
  if (den === 0) return {};
  const { low, high } = poissonInterval(num);
  return { value: (scale * num) / den, low: (scale * low) / den, high: (scale * high) / den };
}

/** Survival is read at its horizon only where somebody was followed that far. */
function survivalFigures(metric: Metric, cell: SurvivalCell): Figures {
  const horizon = metric.horizonDays ?? 365;
  const base: Figures = { ...NOTHING, n: cell.n, num: cell.events, den: cell.n };
  if (cell.longest < horizon) {
    return { ...base, notes: [`no one has been followed for ${horizon} days yet: the longest relation is ${cell.longest} days`] };
  }
  return { ...base, value: cell.survival, ...survivalInterval(cell.survival, cell.greenwood) };
}

function windowNotes(metric: Metric, period: PeriodSpan, firstMonth: number | undefined): string[] {
  if (metric.rollingMonths === undefined || firstMonth === undefined) return [];
  const held = period.lastMonth - firstMonth + 1;
  return held < metric.rollingMonths ? [`${held} of ${metric.rollingMonths} months of data`] : [];
}
