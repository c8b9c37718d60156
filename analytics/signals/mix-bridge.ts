/** The sums of one segment in two spans. */
export interface SegmentSums {
  readonly segment: string;
  readonly before: { readonly num: number; readonly den: number };
  readonly after: { readonly num: number; readonly den: number };
}

/** What one segment adds to the change of the total: through its own rate, and through its share of the whole. */
export interface BridgeStep {
  readonly segment: string;
  readonly rateEffect: number;
  readonly mixEffect: number;
}

/** How a total moved from one span to another; the effects of all steps sum to `after − before`. */
export interface MixBridge {
  readonly before: number;
  readonly after: number;
  readonly steps: readonly BridgeStep[];
  /** True where every segment seen in both spans moved one way and the total the other (Simpson's paradox). */
  readonly reverses: boolean;
}

/**
 * The exact split of a change of Σnum/Σden into rate and mix, by segment: rate effect = mean weight × change of rate,
 * mix effect = change of weight × (mean rate − mean of the totals); the weights sum to 1 in both spans, so that subtracting
 * the totals' mean moves effects between segments but adds nothing. A segment seen in one span only moves the total by mix
 * alone. `null` where either total has no denominator.
 * Source: E. M. Kitagawa (1955), Journal of the American Statistical Association 50, 1168-1194.
 */
export function mixBridge(segments: readonly SegmentSums[]): MixBridge | null {
  const denBefore = total(segments, (each) => each.before.den);
  const denAfter = total(segments, (each) => each.after.den);
  if (denBefore === 0 || denAfter === 0) return null;
  const before = total(segments, (each) => each.before.num) / denBefore;
  const after = total(segments, (each) => each.after.num) / denAfter;
  const middle = (before + after) / 2;
  const steps = segments.map((each) => {
    const rates = ratesOf(each);
    const shift = each.after.den / denAfter - each.before.den / denBefore;
    const meanRate = (rates.before + rates.after) / 2;
    const contribution = each.after.num / denAfter - each.before.num / denBefore;
    return { segment: each.segment, rateEffect: contribution - shift * meanRate, mixEffect: shift * (meanRate - middle) };
  });
  return { before, after, steps, reverses: reverses(segments, after - before) };
}

function ratesOf({ before, after }: SegmentSums): { before: number; after: number } {
  const first = before.den === 0 ? null : before.num / before.den;
  const second = after.den === 0 ? null : after.num / after.den;
  return { before: first ?? second ?? 0, after: second ?? first ?? 0 };
}

function reverses(segments: readonly SegmentSums[], change: number): boolean {
  const moves = segments
    .filter((each) => each.before.den > 0 && each.after.den > 0)
    .map((each) => each.after.num / each.after.den - each.before.num / each.before.den);
  if (moves.length < 2) return false;
  return (change < 0 && moves.every((move) => move > 0)) || (change > 0 && moves.every((move) => move < 0));
}

function total(segments: readonly SegmentSums[], pick: (segment: SegmentSums) => number): number {
  return segments.reduce((sum, segment) => sum + pick(segment), 0);
}
