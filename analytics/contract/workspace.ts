import type { Dimension } from './dimensions.ts';
import type { Metric, Target, UnavailableMetric } from './metric-definition.ts';
import type { Settings } from './settings.ts';
import type { StreamModel } from './stage-model.ts';

/** What a window needs to know of an open workspace before it asks for numbers. */
export interface WorkspaceDescription {
  readonly dir: string;
  /** Grows with every import and undo: answers of one version stay valid while it stands. */
  readonly dataVersion: number;
  /** The last day the data reaches (`YYYY-MM-DD`); null while there is no data. */
  readonly asOf: string | null;
  readonly firstMonth: string | null;
  readonly lastMonth: string | null;
  readonly settings: Settings;
  readonly streams: readonly StreamModel[];
  readonly members: Readonly<Record<Dimension, readonly string[]>>;
  readonly metrics: readonly Omit<Metric, 'sql'>[];
  readonly unavailable: readonly UnavailableMetric[];
}

/** Rows of a table that a metric reads and cannot use. */
export interface UnusableRows {
  readonly table: string;
  readonly rows: number;
  /** `rejected`: they stand for records still lacking. `contradictory`: they are stored, and their times contradict each other. */
  readonly why: 'rejected' | 'contradictory';
  /** Whether each could have been an observation, and so counts in the bounds of values; else it could only have turned one. */
  readonly inBounds: boolean;
}

/** Everything that stands behind one metric's numbers. */
export interface MetricExplanation {
  readonly metric: Metric;
  readonly targets: readonly Target[];
  /** The settings the SELECT takes, with the values in force. */
  readonly rules: Readonly<Record<string, number | boolean | string>>;
  /** The statement that makes the observations, as the database runs it. */
  readonly compiledSql: string;
  readonly companions: readonly string[];
  /** Only tables that have any. */
  readonly unusable: readonly UnusableRows[];
}
