/** The columns every metric's SELECT yields, in this order, with their SQL types. `entity_table` is optional and last. */
export const OBSERVATION_COLUMNS = [
  ['entity_id', 'VARCHAR'],
  ['day', 'DATE'],
  ['segment', 'VARCHAR'],
  ['region', 'VARCHAR'],
  ['product', 'VARCHAR'],
  ['channel', 'VARCHAR'],
  ['crew', 'VARCHAR'],
  ['num', 'DOUBLE'],
  ['den', 'DOUBLE'],
  ['matures_on', 'DATE'],
] as const;

/** The name of the optional eleventh column: the canonical table whose natural key `entity_id` holds in that row. */
export const ENTITY_TABLE_COLUMN = 'entity_table';
