/** Relations alike, column by column; days are counted from any one day on. */
export interface Relations {
  readonly began: Float64Array;
  /** The day each ended; NaN while it lasts. */
  readonly ended: Float64Array;
  /** 1 where the end is a loss, 0 where it is censored. */
  readonly isLoss: Float64Array;
  /** The age in days at which each was first seen; -1: from its start. */
  readonly entry: Float64Array;
  /** How many relations a row stands for. */
  readonly alike: Float64Array;
}

/** What was seen of relations followed to one cut. */
export interface Survived {
  /** Relations that were at risk at any age. */
  readonly n: number;
  /** Ends seen at or before the horizon. */
  readonly events: number;
  /** S(horizon): the product of 1 − d/n over the event ages up to the horizon. */
  readonly survival: number;
  /** Greenwood's Σ d / (n (n − d)) over the same ages. */
  readonly greenwood: number;
  /** The greatest age in days at which a relation was followed. */
  readonly longest: number;
}

/** How many relations left at each age, how many of them were lost, and how many were first seen at it. */
interface Ages {
  readonly leaves: Float64Array;
  readonly lost: Float64Array;
  readonly enters: Float64Array;
}

/**
 * Follows the relations in `rows` to each of the days `cuts` (ascending): to the earlier of a relation's end and the cut. Ages are
 * whole days; at risk at age t are those with entry < t ≤ age at exit. Null at a cut by which none was at risk.
 * Source: E. L. Kaplan, P. Meier (1958); delayed entry as in D. G. Kleinbaum, Survival Analysis, chapter 3.
 */
export function kaplanMeier(
  relations: Relations,
  rows: readonly number[],
  { cuts, horizon }: { readonly cuts: readonly number[]; readonly horizon: number },
): (Survived | null)[] {
  const { began, ended, entry, alike } = relations;
  const first = rows.reduce((least, row) => Math.min(least, began[row] as number), Number.POSITIVE_INFINITY);
  const days = (cuts.at(-1) ?? first) - first + 1;
  if (days < 1) return cuts.map(() => null);
  const [gone, seenLate] = [agesOf(days), agesOf(days)];
  // Those seen from their start that last, by the day they began; those seen late are few, and looked at for every cut.
  const lasting = new Float64Array(days);
  const late: number[] = [];
  const ending: number[][] = cuts.map(() => []);
  for (const row of rows) {
    const day = (began[row] as number) - first;
    if ((entry[row] as number) >= 0) late.push(row);
    else if (day < days) add(lasting, day, alike[row] as number);
    const end = ended[row] as number;
    if (end <= (cuts.at(-1) as number)) ending[firstFrom(cuts, end)]?.push(row);
  }
  return cuts.map((cut, place) => {
    for (const row of ending[place] ?? []) {
      const day = (began[row] as number) - first;
      if ((entry[row] as number) < 0 && day < days) add(lasting, day, -(alike[row] as number));
      leave(gone, relations, { row, age: (ended[row] as number) - (began[row] as number), isLost: relations.isLoss[row] === 1 });
    }
    if (late.length > 0) for (const column of Object.values(seenLate)) column.fill(0);
    for (const row of late) {
      if (!((ended[row] as number) <= cut)) leave(seenLate, relations, { row, age: cut - (began[row] as number), isLost: false });
    }
    return survived(cut - first, horizon, { gone, lasting, seenLate });
  });
}

function agesOf(days: number): Ages {
  return { leaves: new Float64Array(days), lost: new Float64Array(days), enters: new Float64Array(days) };
}

function add(counts: Float64Array, place: number, count: number): void {
  counts[place] = (counts[place] as number) + count;
}

/** The place of the first cut on or after a day. */
function firstFrom(cuts: readonly number[], day: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Leaving {
  readonly row: number;
  readonly age: number;
  readonly isLost: boolean;
}

function leave(ages: Ages, { entry, alike }: Relations, { row, age, isLost }: Leaving): void {
  const [since, count] = [entry[row] as number, alike[row] as number];
  if (age <= since) return;
  add(ages.leaves, age, count);
  if (isLost) add(ages.lost, age, count);
  if (since >= 0) add(ages.enters, since, count);
}

interface Followed {
  readonly gone: Ages;
  /** By the day they began: at a cut they are as old as it is later. */
  readonly lasting: Float64Array;
  readonly seenLate: Ages;
}

/** From the greatest age down those at risk are counted, from the least up the shares that stay are multiplied. */
function survived(last: number, horizon: number, { gone, lasting, seenLate }: Followed): Survived | null {
  let [n, atRisk, longest] = [0, 0, -1];
  const events: { readonly lost: number; readonly atRisk: number }[] = [];
  for (let age = last; age >= 0; age -= 1) {
    const leaves = (gone.leaves[age] as number) + (lasting[last - age] as number) + (seenLate.leaves[age] as number);
    n += leaves;
    atRisk += leaves - (gone.enters[age] as number) - (seenLate.enters[age] as number);
    if (leaves > 0 && longest < 0) longest = age;
    const lost = gone.lost[age] as number;
    if (lost > 0 && age <= horizon) events.push({ lost, atRisk });
  }
  if (n === 0) return null;
  let [survival, greenwood, lostInAll] = [1, 0, 0];
  for (const { lost, atRisk: among } of events.reverse()) {
    lostInAll += lost;
    survival *= 1 - lost / among;
    if (lost < among) greenwood += lost / (among * (among - lost));
  }
  return { n, events: lostInAll, survival, greenwood, longest };
}
