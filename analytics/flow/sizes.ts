/** Many sizes, and their percentiles without putting all of them in order. */
export class Sizes {
  #held = new Float64Array(64);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(size: number): void {
    if (this.#count === this.#held.length) {
      const wider = new Float64Array(2 * this.#count);
      wider.set(this.#held);
      this.#held = wider;
    }
    this.#held[this.#count] = size;
    this.#count += 1;
  }

  /** How many are greater. */
  above(size: number): number {
    let count = 0;
    for (let place = 0; place < this.#count; place += 1) if ((this.#held[place] as number) > size) count += 1;
    return count;
  }

  /** The percentile of type 7, for a share from 0 to 1: between two sizes in proportion. Null of none. */
  percentile(share: number): number | null {
    if (this.#count === 0) return null;
    const rank = (this.#count - 1) * share;
    const low = this.#atRank(Math.floor(rank));
    const high = this.#atRank(Math.ceil(rank));
    return low + (high - low) * (rank - Math.floor(rank));
  }

  /** The size at a place (from 0) of the order: those before it are put before it, those after it after (C. A. R. Hoare 1961, FIND). */
  #atRank(rank: number): number {
    const sizes = this.#held;
    let [first, last] = [0, this.#count - 1];
    while (first < last) {
      const middle = sizes[(first + last) >> 1] as number;
      let [low, high] = [first, last];
      while (low <= high) {
        while ((sizes[low] as number) < middle) low += 1;
        while ((sizes[high] as number) > middle) high -= 1;
        if (low > high) break;
        const size = sizes[low] as number;
        sizes[low] = sizes[high] as number;
        sizes[high] = size;
        low += 1;
        high -= 1;
      }
      if (rank <= high) last = high;
      else if (rank >= low) first = low;
      else break;
    }
    return sizes[rank] as number;
  }
}
