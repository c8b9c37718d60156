import type { Sql } from '../contract/sql.ts';
import { codeOf, storedForms, storedRows } from '../tables/parts.ts';
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
  const isStored = await storedForms(sql, relations, ['asset_id', 'status', 'happened_at']);
  return relations.map((from, number) => {
    const coded = (['asset_id', 'status'] as const).filter((name) => isStored(number, name, 'ENUM'));
    return { number, from, coded: new Set(coded), inSeconds: isStored(number, 'happened_at', 'TIMESTAMP_S') };
  });
}

/** Whether a message `e` of the relation can be true, as {@link IS_TRUE} says. An as-of instant, the start of a day, is a whole second. */
export function isTrueOf({ inSeconds }: Heard): string {
  return inSeconds ? isTrue('CAST($as_of AS TIMESTAMP_S)') : IS_TRUE;
}

/** Joins the messages `e` of a relation to the rows `d` of `read_day` that are about them. */
export function ofReadDay({ number, coded }: Heard): string {
  return `d.relation = ${number} AND ${coded.has('asset_id') ? `d.code = ${codeOf('e.asset_id')}` : 'd.sender = e.asset_id'} AND ${OF_SENDERS_DAY}`;
}
