import { DIMENSIONS, type Dimension, type Where } from '../contract/dimensions.ts';
import type { SqlValue } from '../contract/sql.ts';
import { identifier } from '../tables/identifier.ts';

/** Part of a statement with the parameters it takes. */
export interface SqlPart {
  readonly text: string;
  readonly params: Readonly<Record<string, SqlValue>>;
}

/** The condition that keeps the members a filter names, ready to follow another condition (`AND …`); empty where nothing is filtered. */
export function whereCondition(where: Where): SqlPart {
  const kept = DIMENSIONS.filter((dimension) => where[dimension] !== undefined);
  return {
    text: kept.map((dimension) => ` AND list_contains($where_${dimension}, ${identifier(dimension)})`).join(''),
    params: Object.fromEntries(kept.map((dimension) => [`where_${dimension}`, where[dimension] ?? []])),
  };
}

/** The dimensions asked for as a list of columns, each followed by a comma; empty where there are none. */
export function dimensionList(by: readonly Dimension[]): string {
  return by.map((dimension) => `${identifier(dimension)}, `).join('');
}
