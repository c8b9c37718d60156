import { literal } from '../tables/identifier.ts';

/** What a status says of a port. `absent`: the port is planned or removed, so its time is no service time at all. */
export type SaidState = 'up' | 'down' | 'offline' | 'absent';

/**
 * The status words of OCPP 1.6 (ChargePointStatus), OCPP 2.0.1 (ConnectorStatusEnum), OCPI 2.2.1 (EVSE Status) and what
 * they say. The status decides whatever the error code: a port Faulted with NoError is down. Folded as {@link foldedStatus} does.
 */
export const STATUS_WORDS: Readonly<Record<SaidState, readonly string[]>> = {
  up: ['available', 'preparing', 'charging', 'suspendedevse', 'suspendedev', 'finishing', 'reserved', 'occupied', 'blocked'],
  down: ['unavailable', 'faulted', 'inoperative', 'outoforder'],
  offline: ['offline', 'unknown'],
  absent: ['planned', 'removed'],
};

/** The SQL type of a {@link SaidState}. */
export const SAID_TYPE = `ENUM(${Object.keys(STATUS_WORDS).map(literal).join(', ')})`;

/** SQL for a status in the spelling of {@link STATUS_WORDS}: lower case, no spaces, hyphens or underscores. */
export function foldedStatus(column: string): string {
  return `replace(replace(replace(lower(trim(${column})), ' ', ''), '-', ''), '_', '')`;
}

/** A relation `(word, state)` of every status word. */
export function statusWordRelation(): string {
  const rows = Object.entries(STATUS_WORDS).flatMap(([state, words]) =>
    words.map((word) => `(${literal(word)}, ${literal(state)})`),
  );
  return `SELECT * FROM (VALUES ${rows.join(', ')}) AS known (word, state)`;
}
