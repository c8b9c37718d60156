import { codeOf, codesOf } from '../tables/parts.ts';
import { HEARD_ALONE, type Heard, isTrueOf } from './heard.ts';
import { dayNumber } from './messages.ts';
import type { StatementMaker } from './statement.ts';
import { foldedStatus, SAID_TYPE, statusWordRelation } from './status-words.ts';

/** Whether a message is a status message. */
const IS_STATUS = "(event IS NULL OR event = 'status')";

/** The number in `word_state` of a message without a status, where statuses have numbers. */
const NO_STATUS = -1;

/** Joins messages `e` of a relation to what their status says, `w`. */
export function saying({ number, coded }: Heard): string {
  return `w.relation = ${number} AND ${coded.has('status') ? `w.code = ${codeOf('e.status')}` : 'w.status = e.status'}`;
}

/**
 * The statements that sum up the messages of `heard` without holding each message: `word_state` what every spelling of a status says in each relation, by its number
 * where it has one; `message_day` how many messages of one kind each sender, connector and day in UTC has, what they said and when the first and
 * the last came; `voice` the same of each sender and connector over all days, with the charger and port they speak for
 * (null: not in the register). Where `hasOld`, new messages stand apart; otherwise all are new.
 */
export function messageSumStatements(make: StatementMaker, hasOld: boolean, heard: readonly Heard[] = HEARD_ALONE) {
  const isNew = hasOld ? 'is_new' : 'TRUE';
  // The messages of each relation apart: a day of which several hold some is several rows.
  const summed = (each: Heard) => `
        SELECT CAST(sender AS VARCHAR) AS sender, * EXCLUDE (sender) FROM (
          SELECT e.asset_id AS sender, coalesce(e.connector_no, 0) AS connector_no, ${dayNumber('e.happened_at')} AS day, e.event, w.state,
            ${hasOld ? 'e.is_new, ' : ''}count(*) AS messages, CAST(min(e.happened_at) AS TIMESTAMP) AS first_at, CAST(max(e.happened_at) AS TIMESTAMP) AS last_at
          FROM ${each.from} e ${withState(each)}
          WHERE ${isTrueOf(each)} GROUP BY 1, 2, 3, 4, 5${hasOld ? ', 6' : ''})`;
  return [
    make(`CREATE OR REPLACE TEMP TABLE word_state AS
      WITH known AS (${statusWordRelation()}),
      spelt AS (${heard.map(spellings).join(' UNION ALL ')})
      SELECT spelt.relation, spelt.status, spelt.code, CAST(known.state AS ${SAID_TYPE}) AS state
      FROM spelt LEFT JOIN known ON known.word = ${foldedStatus('spelt.status')}`),
    make(`CREATE OR REPLACE TEMP TABLE message_day AS
      SELECT sender, connector_no, day, event, CASE WHEN ${IS_STATUS} THEN state END AS said, ${isNew} AS is_new, messages, first_at, last_at
      FROM (${heard.map(summed).join(' UNION ALL ')})`),
    make(`CREATE OR REPLACE TEMP TABLE voice AS
      SELECT CAST(row_number() OVER () AS INTEGER) AS voice, v.*, s.charger_id, s.port_id
      FROM (
        SELECT sender, connector_no, min(first_at) AS first_at, bool_or(said IS NOT NULL) AS speaks,
          coalesce(bool_or(event = 'heartbeat'), false) AS heartbeats, coalesce(bool_or(event = 'offline'), false) AS offlines,
          coalesce(sum(messages) FILTER (WHERE ${isNew}), 0) AS new_messages, min(first_at) FILTER (WHERE ${isNew}) AS new_from,
          max(last_at) FILTER (WHERE ${isNew}) AS new_to,
          coalesce(sum(messages) FILTER (WHERE ${isNew} AND said IS NULL AND ${IS_STATUS}), 0) AS new_unknown
        FROM message_day GROUP BY sender, connector_no) v
      LEFT JOIN message_sender s ON s.sender = v.sender`),
  ];
}

/** Numbers that all stand in `word_state` let the database look states up without hashing: so each message has one. */
function withState(each: Heard): string {
  if (!each.coded.has('status')) return `LEFT JOIN word_state w ON ${saying(each)}`;
  return `JOIN word_state w ON w.relation = ${each.number} AND w.code = coalesce(${codeOf('e.status')}, ${NO_STATUS})`;
}

function spellings(each: Heard): string {
  const { number, from, coded } = each;
  if (!coded.has('status')) {
    return `SELECT DISTINCT ${number} AS relation, status, CAST(NULL AS INTEGER) AS code FROM ${from} e WHERE status IS NOT NULL`;
  }
  return `SELECT ${number} AS relation, word AS status, code FROM ${codesOf(from, 'status')} UNION ALL SELECT ${number}, NULL, ${NO_STATUS}`;
}
