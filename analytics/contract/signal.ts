/** A rule of the control chart that fired (Wheeler's three). */
export type SignalRule = 'outsideLimits' | 'nearLimit' | 'longRun' | 'movingRange';

export interface SignalPoint {
  readonly period: string;
  readonly value: number | null;
  readonly rules: readonly SignalRule[];
}

/**
 * An XmR chart of one monthly series. Limits are null below six points (run chart only);
 * `standing` says how far they may be trusted: none < 6 points, provisional 6 to 11, usable from 12.
 */
export interface ControlChart {
  readonly centre: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Upper limit of the moving range. */
  readonly rangeLimit: number | null;
  readonly standing: 'none' | 'provisional' | 'usable';
  readonly points: readonly SignalPoint[];
}
