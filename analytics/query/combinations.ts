import type { Dimension } from '../contract/dimensions.ts';
import type { Columns } from '../contract/sql.ts';
import type { SurvivalCell } from '../observe/index.ts';
import type { ExactSums } from './exact-sums.ts';
import type { PercentileCell } from './statements/compile-percentiles.ts';

/** What was found of a metric for one combination of members: its sums or survival, and its percentiles, by the period's place. */
export interface Combination {
  readonly by: Readonly<Partial<Record<Dimension, string>>>;
  readonly sums: (ExactSums | undefined)[];
  readonly survival: (SurvivalCell | undefined)[];
  readonly percentiles: (PercentileCell | undefined)[];
}

/** The combination that stands where nothing was found of a metric that is not split. */
export const NOTHING_FOUND: Combination = { by: {}, sums: [], survival: [], percentiles: [] };

/** The combinations of each metric, each made where it is first asked for by the key of its members. */
export interface Combinations {
  of(metric: number, key: string): Combination;
  /** Those of each metric, by its place. */
  all(): readonly (readonly Combination[])[];
}

const BETWEEN = '\u0000';

/** The text that tells members, one of each dimension split by, from others. */
export function keyOf(members: readonly string[]): string {
  return members.join(BETWEEN);
}

/** Gives the key of each row of a result. */
export function keysOf(columns: Columns, by: readonly Dimension[]): (row: number) => string {
  const texts = by.map((dimension) => columns.texts(dimension));
  const [only] = texts;
  if (only === undefined) return () => '';
  return texts.length === 1 ? (row) => only[row] ?? '' : (row) => keyOf(texts.map((column) => column[row] ?? ''));
}

/** The members for which a key stands, by dimension. */
export function membersOf(key: string, by: readonly Dimension[]): Readonly<Partial<Record<Dimension, string>>> {
  const members = key.split(BETWEEN);
  return Object.fromEntries(by.map((dimension, place) => [dimension, members[place] ?? '']));
}

/** No combinations yet, of so many metrics in so many periods. */
export function combinationsBy(by: readonly Dimension[], metrics: number, periods: number): Combinations {
  const held = Array.from({ length: metrics }, () => new Map<string, Combination>());
  return {
    of(metric, key) {
      const known = held[metric]?.get(key);
      if (known) return known;
      const places = () => new Array(periods).fill(undefined);
      const combination: Combination = { by: membersOf(key, by), sums: places(), survival: places(), percentiles: places() };
      held[metric]?.set(key, combination);
      return combination;
    },
    all: () => held.map((each) => [...each.values()]),
  };
}
