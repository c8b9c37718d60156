/** The messages read: all, or those of a rebuild's window and of chargers that reach further back; `is_new` where no earlier import counted them. */
export const HEARD = 'heard_event';

/** Those of them that are new. */
export const NEW = `(FROM ${HEARD} WHERE is_new)`;

/** The columns of a message that are read. */
export const READ = ['asset_id', 'connector_no', 'happened_at', 'received_at', 'event', 'status', 'file_id', 'line'] as const;

/** The day in UTC on which an instant lies, as a number. */
export function dayNumber(moment: string): string {
  return `CAST(epoch_us(${moment}) // 86400000000 AS INTEGER)`;
}

/** Whether a message `e` can be true: known by the as-of day, and not dated well after its receipt. */
export const IS_TRUE = isTrue('$as_of');

/** The same, with the as-of instant in the type in which messages are stored: so that storage tells where it holds for all. */
export function isTrue(asOf: string): string {
  return `e.happened_at < ${asOf}
  AND (e.received_at IS NULL OR e.happened_at <= e.received_at OR e.happened_at <= add_minutes(e.received_at, $future_grace))`;
}

/** Where a message `m` speaks for the port `p` of its charger. */
export const SPEAKS_FOR_PORT = `m.charger_id = p.charger_id
  AND (m.port_id = p.asset_id OR (m.port_id IS NULL AND (m.connector_no = 0 OR m.connector_no = p.connector_no)))`;

/** Where a message `m` says something of a whole charger, beside what each connector says of itself. */
export const SPEAKS_FOR_WHOLE = '(m.port_id IS NULL AND m.connector_no = 0)';

/**
 * The messages of chargers and ports that can be true, as a relation: sender resolved to a charger and, where it is a port
 * itself, to that port; connector 0 is the whole charger.
 */
export function messagesOf(events: string): string {
  return `
  SELECT s.charger_id, s.port_id, coalesce(e.connector_no, 0) AS connector_no, e.happened_at AS moment,
    coalesce(e.received_at, e.happened_at) AS received_at, e.file_id, e.line, coalesce(e.event, 'status') AS event
  FROM ${events} e JOIN message_sender s ON s.sender = e.asset_id
  WHERE ${IS_TRUE}`;
}

/** Joins messages `e` of a sender to some days `d` of it, a relation with `(connector_no, day)` without repeats. */
export const OF_SENDERS_DAY = `d.connector_no = coalesce(e.connector_no, 0) AND d.day = ${dayNumber('e.happened_at')}`;

/** The same where days are told apart by `sender`, too. */
export const OF_DAY = `d.sender = e.asset_id AND ${OF_SENDERS_DAY}`;

/** The messages of the senders in `contact_sender`. */
export const CONTACT = `SELECT s.charger_id, e.happened_at AS moment, coalesce(e.received_at, e.happened_at) AS received_at, e.file_id, e.line,
    coalesce(e.event, 'status') AS event
  FROM ${HEARD} e JOIN contact_sender s ON s.sender = e.asset_id
  WHERE ${IS_TRUE}`;
