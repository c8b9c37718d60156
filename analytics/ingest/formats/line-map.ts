/**
 * Where the rows of a file's copy stand in the file as it was given: on which line of JSON, in which row of a sheet. Without
 * any note each line stands for itself, as in a text that was not converted.
 */
export class LineMap {
  readonly #from: number[] = [];
  readonly #shifts: number[] = [];

  /** Says that the record on line `copy` of the copy stands on line `given` of the file. To be called in the order of the lines. */
  note(copy: number, given: number): void {
    const shift = given - copy;
    if (shift === (this.#shifts.at(-1) ?? 0)) return;
    this.#from.push(copy);
    this.#shifts.push(shift);
  }

  /** The line of the file that a line of the copy stands for. */
  givenOf(copy: number): number {
    return copy + this.#shiftAt(copy);
  }

  /** The line of the copy that stands for a line of the file. */
  copyOf(given: number): number {
    let copy = given;
    for (const [index, from] of this.#from.entries()) {
      const shift = this.#shifts[index] ?? 0;
      if (from + shift > given) break;
      copy = given - shift;
    }
    return copy;
  }

  /** How far every line below `copy` lies from the one it stands for; null where they differ in that. */
  shiftBelow(copy: number): number | null {
    const shift = this.#shiftAt(copy + 1);
    return (this.#from.at(-1) ?? 0) <= copy + 1 ? shift : null;
  }

  #shiftAt(copy: number): number {
    let [low, high] = [0, this.#from.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#from[middle] ?? 0) <= copy) low = middle + 1;
      else high = middle;
    }
    return this.#shifts[low - 1] ?? 0;
  }
}
