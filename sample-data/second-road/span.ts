/** A half-open stretch of time, in milliseconds. */
export type Span = readonly [from: number, to: number];

/** The stretches without overlap, in order. */
export function union(spans: readonly Span[]): Span[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (to <= from) continue;
    const last = found[found.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

/** What two sets of stretches share. */
export function meet(one: readonly Span[], other: readonly Span[]): Span[] {
  const shared: Span[] = [];
  const [a, b] = [union(one), union(other)];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i] as Span, b[j] as Span];
    const [from, to] = [Math.max(left[0], right[0]), Math.min(left[1], right[1])];
    if (to > from) shared.push([from, to]);
    if (left[1] < right[1]) i++;
    else j++;
  }
  return shared;
}

/** What of the first is not in the second. */
export function without(one: readonly Span[], other: readonly Span[]): Span[] {
  const holes = union(other);
  const everything: Span[] = [];
  let at = Number.NEGATIVE_INFINITY;
  for (const [from, to] of holes) {
    everything.push([at, from]);
    at = to;
  }
  everything.push([at, Number.POSITIVE_INFINITY]);
  return meet(one, everything);
}

export function lengthOf(spans: readonly Span[]): number {
  return union(spans).reduce((total, [from, to]) => total + (to - from), 0);
}
