/** Tables that name what is another of ports than it was; null where nothing is. */
export interface ChangedPorts {
  /** `(asset_id, from_day, to_day)`: the first and the last day of a port that is another. */
  readonly days: string | null;
  /**
   * `(asset_id, since_at, from_day)`: what came or went of a port's stretches, as they are known on the as-of day, lies in runs of the same `since_at` that begin on
   * `from_day` at the earliest; whatever touches that day or a later one began at `since_at` or after it.
   */
  readonly states: string | null;
}
