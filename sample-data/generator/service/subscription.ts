import { DAY, dayOf, END, HOUR, instantAt, seen, wholeSecond } from '../clock.ts';
import type { Setting } from '../journey.ts';
import type { Case, Term } from '../records.ts';

const REASONS: readonly (readonly [Term['endReason'], number])[] = [
  ['voluntary', 52],
  ['nonpay', 20],
  ['moved', 20],
  ['other', 5],
  [null, 3],
];

/** The subscription of one case: open-ended, or yearly terms renewed one after the other. Gives when it ends. */
export function subscribe(
  { random, ids, world }: Setting,
  record: Case,
  began: { at: number; observedFrom: number | null },
): number {
  const startAt = wholeSecond(began.at);
  const leavesAfter = random.waiting(365 / (record.segment === 'residential' ? 0.13 : 0.09)) * DAY + 5 * DAY;
  let endsAt = startAt + leavesAfter;
  const base = { customer: record.customer, caseId: record.id, product: record.product };
  if (began.observedFrom !== null && endsAt <= began.observedFrom) endsAt = began.observedFrom + random.between(10, 2000) * DAY;
  const reason = random.weighted(REASONS);
  if (began.observedFrom !== null || !random.chance(0.3)) {
    if (startAt >= END) return endsAt;
    const endAt = seen(endsAt);
    world.terms.push({
      ...base,
      id: ids.next('SUB-', 6),
      startAt,
      endAt,
      endReason: endAt === null ? null : reason,
      observedFrom: began.observedFrom,
    });
    return endsAt;
  }
  let from = startAt;
  while (from < END) {
    const termEnds = instantAt(dayOf(from) + 365, 23 * 60);
    const leaves = endsAt <= termEnds;
    const endAt = seen(leaves ? endsAt : termEnds);
    world.terms.push({
      ...base,
      id: ids.next('SUB-', 6),
      startAt: from,
      endAt,
      endReason: leaves && endAt !== null ? reason : null,
      observedFrom: null,
    });
    if (leaves) break;
    from = termEnds + HOUR + (random.chance(0.2) ? random.whole(1, 20) : 0) * DAY;
  }
  if (random.chance(0.05)) {
    const backAt = wholeSecond(endsAt + random.between(40, 200) * DAY);
    if (backAt < END)
      world.terms.push({ ...base, id: ids.next('SUB-', 6), startAt: backAt, endAt: null, endReason: null, observedFrom: null });
  }
  return endsAt;
}
