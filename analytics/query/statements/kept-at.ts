import { DIMENSIONS, type Dimension } from '../../contract/dimensions.ts';
import type { SqlPart } from '../../observe/index.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import type { Slice } from './slice.ts';

/**
 * The dimension beside segment in which an answer to this slice is kept ready: one at most may be asked or filtered by
 * (`''` where there is none). Null where there are several.
 */
export function rolledUpBy(slice: Slice): '' | Dimension | null {
  const used = DIMENSIONS.filter(
    (dimension) => dimension !== 'segment' && (slice.by.includes(dimension) || slice.where[dimension] !== undefined),
  );
  return used.length > 1 ? null : (used[0] ?? '');
}

/** The dimensions by which a slice is filtered. */
export function filteredBy({ where }: Slice): Dimension[] {
  return DIMENSIONS.filter((dimension) => where[dimension] !== undefined);
}

/** Whether each combination of members in the answer is one member of the dimension and one segment or all of them: percentiles do not add up. */
export function isOneMemberEach(slice: Slice): boolean {
  return DIMENSIONS.every((dimension) => slice.by.includes(dimension) || (slice.where[dimension]?.length ?? 1) === 1);
}

/** The condition on the columns of a rolled-up table that keeps what a slice asks for. */
export function rolledUpCondition(dimension: '' | Dimension, { where }: Slice): SqlPart {
  const members = dimension === '' ? undefined : where[dimension];
  return {
    text: `dimension = ${literal(dimension)}${members ? ' AND list_contains(CAST($members AS VARCHAR[]), member)' : ''}${where.segment ? ' AND list_contains(CAST($segments AS VARCHAR[]), segment)' : ''}`,
    params: { ...(members ? { members } : {}), ...(where.segment ? { segments: where.segment } : {}) },
  };
}

/** The dimensions asked for, each followed by a comma, as a rolled-up table names them. */
export function rolledUpList(slice: Slice): string {
  return slice.by.map((dimension) => (dimension === 'segment' ? '"segment", ' : `member AS ${identifier(dimension)}, `)).join('');
}
