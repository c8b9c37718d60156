/** What is another of ports than it was; null where nothing is. Days are ISO 8601. */
export interface ChangedPorts {
  /** `table` of `(asset_id, from_day, to_day)`: the first and the last day of a port that is another, all of which lie between `from` and `to`. */
  readonly days: { readonly table: string; readonly from: string; readonly to: string } | null;
  /**
   * `table` of `(asset_id, since_at, from_day)`: what came or went of a port's stretches, as they are known on the as-of day, lies in runs of the same `since_at` that
   * begin on `from_day`, which is not before `from`, at the earliest; whatever touches that day or a later one began at `since_at` or after it.
   */
  readonly states: { readonly table: string; readonly from: string } | null;
}
