import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exactSums, wholeAndPart } from '../../analytics/observe/index.ts';
import { addRow, noSums, plainSum } from '../../analytics/query/exact-sums.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';
import { runs } from '../support/random.ts';

let workspace: MemoryWorkspace;

beforeAll(async () => {
  workspace = await memoryWorkspace();
});
afterAll(() => workspace.close());

/** Reads the sums of groups of numbers, as they are kept, and adds them up in the order in which they come. */
async function addedUp(groups: readonly (readonly (number | null)[])[]): Promise<number | null> {
  const values = groups.flatMap((group, place) => group.map((value) => ({ place, value })));
  const columns = await workspace.sql.columns({
    text: `SELECT ${wholeAndPart('num')} FROM (
      SELECT place, ${exactSums('num', 'true')} FROM (
        SELECT unnest($places) AS place, CAST(nullif(unnest($values), '') AS DOUBLE) AS num
      ) given GROUP BY place ORDER BY hash(place)
    ) kept`,
    params: { places: values.map((each) => String(each.place)), values: values.map((each) => String(each.value ?? '')) },
  });
  const nothing = new Float64Array(columns.rowCount);
  const [num, numPart] = [columns.numbers('num'), columns.numbers('num_part')];
  const sums = noSums();
  const rows = { n: nothing, pending: nothing, num, numPart, den: num, denPart: numPart };
  for (let row = 0; row < columns.rowCount; row += 1) addRow(sums, rows, row);
  expect(plainSum(sums.den, sums.denPart)).toBe(plainSum(sums.num, sums.numPart));
  return plainSum(sums.num, sums.numPart);
}

/** A number that is a multiple of 2^-50, exactly. */
function inUnits(value: number): bigint {
  const whole = Math.floor(value);
  return (BigInt(whole) << 50n) + BigInt((value - whole) * 2 ** 50);
}

/** The double nearest to a number of units, ties to even: the client's own conversion of whole numbers rounds so. */
function nearest(units: bigint): number {
  return Number(units) / 2 ** 50;
}

test('sums have the value of exact arithmetic, whatever the groups in which they are kept', async () => {
  const amount = fc.oneof(
    // From 8 on the last bit of a double is worth 2^-49 at least.
    fc.integer({ min: 800, max: 1_000_000 }).map((cents) => cents / 100),
    fc.integer({ min: -1_000_000, max: -800 }).map((cents) => cents / 100),
    fc.integer({ min: -1_000_000, max: 1_000_000_000 }),
    fc.double({ min: 2 ** -10, max: 1, noNaN: true }).map((share) => Math.round(share * 2 ** 50) / 2 ** 50),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(amount, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
      async (groups) => {
        const exact = groups.flat().reduce((sum, value) => sum + inUnits(value), 0n);
        expect(await addedUp(groups)).toBe(nearest(exact));
      },
    ),
    { numRuns: runs(60) },
  );
});

test('a sum below nothing keeps its part, and what is less than one is carried', async () => {
  expect(await addedUp([[-0.25], [-0.25, -1.75]])).toBe(-2.25);
  expect(await addedUp([[0.75], [0.75], [0.5]])).toBe(2);
});

test('a sum of nothing is no number, and adds nothing to another', async () => {
  expect(await addedUp([[null, null]])).toBeNull();
  expect(await addedUp([[null], [2], [null]])).toBe(2);
});
