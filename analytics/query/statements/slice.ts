import type { Dimension, Where } from '../../contract/dimensions.ts';

/** The observations on one side of a query. `observations` is a table name of Weir's own. */
export interface Slice {
  readonly observations: string;
  readonly asOf: string;
  readonly by: readonly Dimension[];
  readonly where: Where;
  /** Whether most of the metrics there are are asked for: then to see of each row whether it is of one costs more than to add up the others in vain. */
  readonly ofMost: boolean;
}
