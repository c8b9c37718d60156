import type { Metric } from '../contract/metric-definition.ts';
import type { MetricRow } from '../contract/metric-query.ts';
import { monthOfIndex } from '../contract/period.ts';
import { hasTooFewEvents, isTooFewToState, minimumForRating } from '../contract/small-n.ts';
import type { PeriodSpan } from './periods.ts';

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
