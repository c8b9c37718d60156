import type { Direction, Unit } from '../contract/metric-definition.ts';
import type { Rating } from '../contract/metric-query.ts';

/** A target in force: one value, or the two bounds of a range. */
export type TargetValue = number | { readonly low: number; readonly high: number };

/** What it takes to rate a value. */
export interface RatingQuestion {
  readonly value: number;
  readonly target: TargetValue;
  readonly direction: Direction;
  readonly unit: Unit;
}

/** Of the scale: better by this is exceeding, worse by up to this is near. */
const STEP = 0.25;
/** Of the scale: worse by up to this is below, beyond it far below. */
const FAR = 0.75;

/**
 * The rating of a value against its target. The yardstick is the scale of the target: for a fraction strictly between
 * 0 and 1 the smaller of target and 1 − target, so that 97 % against 98 % weighs as much as 3 % against 2 %; otherwise
 * the target's size; and where that is 0, ten points of a fraction or one unit of anything else.
 * Better by 25 % of the scale: exceeding. At least the target: meeting. Worse by up to 25 %: near; up to 75 %: below;
 * beyond: far below. A range is met between its bounds; beyond its good end it is exceeded, unless the direction is `band`,
 * where leaving it on either side is worse.
 */
export function rate(question: RatingQuestion): Rating {
  const { value, target, direction, unit } = question;
  if (typeof target === 'number') return direction === 'band' ? inBand(question, target, target) : towards(question, target);
  if (direction === 'band') return inBand(question, target.low, target.high);
  const [nearEnd, goodEnd] = direction === 'up' ? [target.low, target.high] : [target.high, target.low];
  const sign = direction === 'up' ? 1 : -1;
  if (sign * (value - goodEnd) > 0) return 'exceeding';
  if (sign * (value - nearEnd) >= 0) return 'meeting';
  return shortBy((sign * (nearEnd - value)) / scaleOf(nearEnd, unit));
}

function towards({ value, direction, unit }: RatingQuestion, target: number): Rating {
  const better = ((direction === 'up' ? 1 : -1) * (value - target)) / scaleOf(target, unit);
  if (better >= STEP - ROUNDING) return 'exceeding';
  return better >= 0 ? 'meeting' : shortBy(-better);
}

function inBand({ value, unit }: RatingQuestion, low: number, high: number): Rating {
  if (value >= low && value <= high) return 'meeting';
  const bound = value < low ? low : high;
  return shortBy(Math.abs(value - bound) / scaleOf(bound, unit));
}

/** Decimal bounds such as 0.9 and 0.875 are no exact doubles: a value on a bound counts as on it. */
const ROUNDING = 1e-9;

function shortBy(distance: number): Rating {
  if (distance <= STEP + ROUNDING) return 'near';
  return distance <= FAR + ROUNDING ? 'below' : 'farBelow';
}

function scaleOf(target: number, unit: Unit): number {
  const isShare = unit === 'fraction' && target > 0 && target < 1;
  const size = isShare ? Math.min(target, 1 - target) : unit === 'fraction' && target === 1 ? 0 : Math.abs(target);
  if (size > 0) return size;
  return unit === 'fraction' ? 0.1 : 1;
}
