/**
 * Sums kept as whole numbers, so that a sum has one value whatever the order in which its terms are added: `NAME` counts
 * 1024ths, `NAME_rest` what is left in 2^-50ths. Numbers of a double's precision between 2^-50 and 2^53 / 1024 lose nothing.
 */
const WHOLE = 1024;
const REST = 2 ** 40;

/** The two columns that hold the sum of `column` over rows for which `condition` holds. */
export function exactSums(column: string, condition: string): string {
  const scaled = `${column} * ${WHOLE}`;
  return `CAST(sum(TRY_CAST(floor(${scaled}) AS BIGINT)) FILTER (WHERE ${condition}) AS BIGINT) AS ${column},
  CAST(sum(TRY_CAST((${scaled} - floor(${scaled})) * ${REST} AS BIGINT)) FILTER (WHERE ${condition}) AS BIGINT) AS ${column}_rest`;
}

/** The two columns of the sum over several such sums. */
export function addedSums(column: string): string {
  return `CAST(sum(${column}) AS BIGINT) AS ${column}, CAST(sum(${column}_rest) AS BIGINT) AS ${column}_rest`;
}

/**
 * Such a sum as two columns of numbers that a double holds exactly: `column` its whole part, `column_part` the rest in 2^-50ths,
 * from 0 to below 2^50. Added up with the whole parts among themselves and the rests among themselves.
 */
export function wholeAndPart(column: string): string {
  const units = `(${column} + (${column}_rest >> 40))`;
  return `CAST(${units} >> 10 AS DOUBLE) AS ${column}, CAST(((${units} & ${WHOLE - 1}) << 40) + (${column}_rest & ${REST - 1}) AS DOUBLE) AS ${column}_part`;
}
