import type { MetricKind } from './metric-definition.ts';

/** Kinds whose value rests on cases that could have come out otherwise, so that few of them say little. */
const CASE_KINDS: ReadonlySet<MetricKind> = new Set(['proportion', 'duration', 'mean', 'survival']);

/** Below this n a value is not stated, and below the next not rated, unless the metric file says otherwise. */
const FEWEST_TO_STATE = 5;
const FEWEST_TO_RATE = 20;

interface Stated {
  readonly kind: MetricKind;
  readonly n: number;
  readonly value: number | null;
}

/** Whether a value stands on so few cases that a reader should not be shown it as a finding. */
export function isTooFewToState({ kind, n, value }: Stated): boolean {
  return value !== null && CASE_KINDS.has(kind) && n < FEWEST_TO_STATE;
}

/** The value to show: `null` where there is none or it stands on too few cases. */
export function statedValue(row: Stated): number | null {
  return isTooFewToState(row) ? null : row.value;
}

/** The value to set beside another period's: besides, `null` while part of the cohort is inside its window, for it is no like. */
export function comparedValue(row: Stated & { readonly provisional: boolean }): number | null {
  return row.provisional ? null : statedValue(row);
}

/** Whether a rate rests on so few events that a rating would follow chance; its interval says how little is known. */
export function hasTooFewEvents({ kind, num, value }: Stated & { readonly num: number | null }): boolean {
  return kind === 'rate' && value !== null && (num ?? 0) < FEWEST_TO_STATE;
}

/** The n from which a metric is rated: what its file says, else 20 for the kinds that rest on cases. */
export function minimumForRating(kind: MetricKind, stated: number | undefined): number {
  return stated ?? (CASE_KINDS.has(kind) ? FEWEST_TO_RATE : 0);
}
