import type { Sql } from '../contract/sql.ts';
import { storedRows } from '../tables/parts.ts';
import { deviceEvent } from '../tables/telemetry/device-event.ts';
import { HEARD, IS_TRUE, isTrue, OF_SENDERS_DAY, READ } from './messages.ts';

type CodedColumn = 'asset_id' | 'status';

/** A relation of messages, numbered among those that are read. */
export interface Heard {
  readonly number: number;
  readonly from: string;
  /** The texts that are stored as numbers: to compare these costs far less. */
  readonly coded: ReadonlySet<CodedColumn>;
  /** Whether times are stored in whole seconds. */
  readonly inSeconds: boolean;
}

/** The messages of {@link HEARD}, as one relation. */
export const HEARD_ALONE: readonly Heard[] = [{ number: 0, from: HEARD, coded: new Set(), inSeconds: false }];

/** All messages, table by table as they are stored. */
export async function heardAsStored(sql: Sql): Promise<readonly Heard[]> {
  const relations = await storedRows(sql, deviceEvent, READ);
  const columns = await sql.rows<{ number: number; name: string; type: string }>({
    text: relations
      .map(
        (from, number) =>
          `SELECT ${number} AS number, column_name AS name, regexp_extract(column_type, '^[A-Z_]+') AS type FROM (DESCRIBE SELECT asset_id, status, happened_at FROM ${from} e)`,
      )
      .join(' UNION ALL '),
  });
  return relations.map((from, number) => {
    const isOf = (name: string, type: string) =>
      columns.some((column) => column.number === number && column.name === name && column.type === type);
    const coded = (['asset_id', 'status'] as const).filter((name) => isOf(name, 'ENUM'));
    return { number, from, coded: new Set(coded), inSeconds: isOf('happened_at', 'TIMESTAMP_S') };
  });
}

/** Whether a message `e` of the relation can be true, as {@link IS_TRUE} says. An as-of instant, the start of a day, is a whole second. */
export function isTrueOf({ inSeconds }: Heard): string {
  return inSeconds ? isTrue('CAST($as_of AS TIMESTAMP_S)') : IS_TRUE;
}

/** The texts of a coded column and their numbers, a relation `(word, code)`. */
export function codesOf({ from }: Heard, column: CodedColumn): string {
  return `(SELECT unnest(words) AS word, CAST(unnest(range(len(words))) AS INTEGER) AS code
    FROM (SELECT enum_range((SELECT e.${column} FROM ${from} e LIMIT 1)) AS words) listed)`;
}

/** The number of a text of the message `e`; null where it has none. */
export function codeOf(column: CodedColumn): string {
  return `CAST(enum_code(e.${column}) AS INTEGER)`;
}

/** Joins the messages `e` of a relation to the rows `d` of `read_day` that are about them. */
export function ofReadDay({ number, coded }: Heard): string {
  return `d.relation = ${number} AND ${coded.has('asset_id') ? `d.code = ${codeOf('asset_id')}` : 'd.sender = e.asset_id'} AND ${OF_SENDERS_DAY}`;
}
