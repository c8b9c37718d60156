/** Units of the part of a sum that is less than one. */
const UNITS = 2 ** 50;

/**
 * Sums of observations that grow without losing a bit, whatever the order: `num` and `den` are whole numbers (NaN where there is nothing
 * to add up), `numPart` and `denPart` what is left in 2^-50ths. Exact to 2^53 in all.
 */
export interface ExactSums {
  n: number;
  pending: number;
  num: number;
  numPart: number;
  den: number;
  denPart: number;
}

/** Sums of nothing. */
export function noSums(): ExactSums {
  return { n: 0, pending: 0, num: Number.NaN, numPart: 0, den: Number.NaN, denPart: 0 };
}

/** Sums row by row. */
export interface SumColumns {
  readonly n: Float64Array;
  readonly pending: Float64Array;
  readonly num: Float64Array;
  readonly numPart: Float64Array;
  readonly den: Float64Array;
  readonly denPart: Float64Array;
}

/** Adds the sums of one row to others. */
export function addRow(sums: ExactSums, columns: SumColumns, row: number): void {
  sums.n += columns.n[row] as number;
  sums.pending += columns.pending[row] as number;
  const num = columns.num[row] as number;
  if (!Number.isNaN(num)) {
    const part = sums.numPart + (columns.numPart[row] as number);
    const carry = part >= UNITS ? 1 : 0;
    sums.num = (Number.isNaN(sums.num) ? 0 : sums.num) + num + carry;
    sums.numPart = part - carry * UNITS;
  }
  const den = columns.den[row] as number;
  if (!Number.isNaN(den)) {
    const part = sums.denPart + (columns.denPart[row] as number);
    const carry = part >= UNITS ? 1 : 0;
    sums.den = (Number.isNaN(sums.den) ? 0 : sums.den) + den + carry;
    sums.denPart = part - carry * UNITS;
  }
}

/** The number nearest to a sum; null where nothing was added up. */
export function plainSum(whole: number, part: number): number | null {
  return Number.isNaN(whole) ? null : whole + part / UNITS;
}
