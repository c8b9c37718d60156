/** Tables that name what is another of ports than it was; null where nothing is. */
export interface ChangedPorts {
  /** `(asset_id, from_day, to_day)`: the first and the last day of a port that is another. */
  readonly days: string | null;
  /** `(asset_id, …)`: the stretches of ports that came or went, as they are known on the as-of day. */
  readonly states: string | null;
}
