import type { Metric } from '../contract/metric-definition.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import { monthOfIndex } from '../contract/period.ts';
import { hasTooFewEvents, isTooFewToState, minimumForRating } from '../contract/small-n.ts';
import type { PeriodSpan } from './periods.ts';
import { GROUNDS, type GroundCell } from './statements/compile-grounds.ts';

/** More empty months than this between two months with data, and the earlier one is taken for a damaged date. */
const LONGEST_GAP = 24;

/** The first month (index) of each metric's observations; a month further than two years before all others does not count. */
export function firstMonths(metrics: readonly Metric[], cells: readonly GroundCell[]): ReadonlyMap<string, number> {
  const months: number[][] = metrics.map(() => []);
  for (const { kind, metric, from_month } of cells) {
    if (kind === GROUNDS.held && from_month !== null) months[metric - 1]?.push(from_month);
  }
  const first = new Map<string, number>();
  for (const [place, metric] of metrics.entries()) {
    for (const month of months[place]?.sort((a, b) => b - a) ?? []) {
      if ((first.get(metric.id) ?? month) - month > LONGEST_GAP) break;
      first.set(metric.id, month);
    }
  }
  return first;
}

/** What a row's standing follows from. */
export type Standing = Pick<MetricRow, 'kind' | 'value' | 'num' | 'n' | 'pending' | 'provisional' | 'partial'>;

/** Why a period has no value whatever its cases are; `null` where a value may be expected. */
export function absence(
  metric: Metric,
  period: PeriodSpan,
  known: { asOf: string; firstMonth: number | undefined; failure: string | undefined },
): string | null {
  if (known.failure !== undefined) return `cannot be computed: ${known.failure}`;
  if (known.firstMonth === undefined) return `no data: import ${metric.tables.join(', ')}`;
  if (period.firstDay > known.asOf) return `the data ends on ${known.asOf}`;
  if (period.lastMonth < known.firstMonth) return `no data before ${monthOfIndex(known.firstMonth)}`;
  return null;
}

/** What is said about the standing of a row's value: why it is withheld, unrated, or to be read with care. */
export function standingNotes(metric: Metric, row: Standing, known: { asOf: string; firstMonth: number | undefined }): string[] {
  const notes: string[] = [];
  const all = row.n + row.pending;
  if (row.pending > 0 && row.n === 0) notes.push(`no value yet: all ${all} cases are still inside their window`);
  else if (row.pending > 0) notes.push(`${row.pending} of ${all} cases are still inside their window`);
  else if (row.value === null) notes.push(emptiness(row));
  if (isTooFewToState(row)) notes.push(`too few to state (n=${row.n})`);
  else if (row.value !== null && row.n < minimumForRating(metric.kind, metric.minimumForRating))
    notes.push(`too few to rate (n=${row.n})`);
  else if (hasTooFewEvents(row)) notes.push(`too few events to rate (${row.num ?? 0})`);
  if (row.partial && metric.kind !== 'survival') notes.push(`the period is not over: data to ${known.asOf}`);
  return notes;
}

/** Whether a value may be set beside its target. */
export function mayBeRated(metric: Metric, row: Standing): boolean {
  if (row.value === null || row.provisional || row.n < minimumForRating(metric.kind, metric.minimumForRating)) return false;
  return !hasTooFewEvents(row) && !(row.partial && (metric.kind === 'count' || metric.kind === 'sum'));
}

function emptiness(row: Standing): string {
  if (row.n > 0 && row.num !== null && row.num !== 0)
    return `no value: ${Math.round(row.num * 100) / 100} stands over a denominator of 0`;
  return 'no cases';
}
