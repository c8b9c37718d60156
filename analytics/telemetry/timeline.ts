/** How the rows of many timelines stand beside each other. */
export interface Timeline {
  /** What defines the window `timeline` of a SELECT, in parentheses. */
  readonly window: string;
  /** A column of the row before in the same timeline; null at its beginning. */
  before(column: string): string;
  /** A column of the row after in the same timeline; null at its end. */
  after(column: string): string;
}

/**
 * Timelines of rows that share `keys`, each in an `order`. A partitioned window
 * takes three times as long for few rows as to order them all at once and compare the keys; for a log it is far quicker.
 */
export function timeline(keys: readonly string[], order: string, { isWhole }: { readonly isWhole: boolean }): Timeline {
  if (isWhole) {
    return {
      window: `(PARTITION BY ${keys.join(', ')} ORDER BY ${order})`,
      before: (column) => `lag(${column}) OVER timeline`,
      after: (column) => `lead(${column}) OVER timeline`,
    };
  }
  const beside = (step: 'lag' | 'lead', column: string) => {
    const isSame = keys.map((key) => `${step}(${key}) OVER timeline = ${key}`).join(' AND ');
    return `CASE WHEN ${isSame} THEN ${step}(${column}) OVER timeline END`;
  };
  return {
    window: `(ORDER BY ${keys.join(', ')}, ${order})`,
    before: (column) => beside('lag', column),
    after: (column) => beside('lead', column),
  };
}
