import { codesOf } from '../tables/parts.ts';
import type { Sources } from './edges.ts';
import { type Heard, isTrueOf, ofReadDay } from './heard.ts';
import { saying } from './message-days.ts';
import { dayNumber, SPEAKS_FOR_PORT, SPEAKS_FOR_WHOLE } from './messages.ts';
import type { StatementMaker } from './statement.ts';
import { timeline } from './timeline.ts';

export const TURN_TABLES = ['speaker', 'said_day', 'read_day', 'said_word', 'said_turn', 'port_turn'] as const;

/**
 * The statements that make `port_turn` `(asset_id, whole, moment, said, before, next_at)`, once ports' service is known: what
 * is said of each port by its own connector and, beside it (`whole`), by the whole charger, wherever that may be another than
 * before. A port holds what it said last; until it says anything it is up.
 *
 * `speaker` are the voices that say something; `said_day` what each said in a day: one thing, whose repeats change nothing, or two of which the one
 * ends before the other begins. Of other days messages are read one by one, from the instant on at which a second word is said
 * (`read_from`, null: none), and of the day on which a port's service starts all of them (`read_day`, a table of its own: within a transaction the database knows no sizes, and
 * takes a log joined to a join for the smaller side). Where a port is spoken for by several senders or connectors the order
 * between them matters, and every message counts. Of a window the words (`said_word`) are a table of their own, too: the database makes ready to
 * order as many rows as it takes them for, which there is the log, and that costs more than the order.
 */
export function turnStatements(
  make: StatementMaker,
  { hasReceipts, hasEnds, isWhole }: Pick<Sources, 'hasReceipts' | 'hasEnds'> & { readonly isWhole: boolean },
  heard: readonly Heard[],
) {
  const order = `moment, ${hasReceipts ? 'received_at, ' : ''}place`;
  const ofVoice = timeline(['voice'], order, { isWhole });
  const ofPort = timeline(['asset_id', 'whole'], order, { isWhole });
  return [
    make(`CREATE OR REPLACE TEMP TABLE speaker AS
      WITH speaks AS (SELECT voice, sender, connector_no, charger_id, port_id FROM voice WHERE speaks AND charger_id IS NOT NULL),
      heard AS (SELECT m.voice, p.asset_id FROM speaks m JOIN port_service p ON ${SPEAKS_FOR_PORT} WHERE NOT ${SPEAKS_FOR_WHOLE}),
      many AS (SELECT asset_id FROM heard GROUP BY asset_id HAVING count(*) > 1),
      begun AS (SELECT charger_id, min(start_at) AS first_start, max(start_at) AS last_start FROM port_service GROUP BY charger_id)
      SELECT s.*, s.voice IN (SELECT voice FROM heard SEMI JOIN many USING (asset_id)) AS is_one_of_many, b.first_start, b.last_start
      FROM speaks s JOIN begun b ON b.charger_id = s.charger_id`),
    make(`CREATE OR REPLACE TEMP TABLE said_day AS
      WITH spoken AS MATERIALIZED (
        SELECT s.voice, d.day, d.said, d.first_at, d.last_at,
          s.is_one_of_many OR coalesce(d.first_at < s.last_start AND d.last_at >= s.first_start, false) AS is_singled,
          coalesce(d.day BETWEEN ${dayNumber('s.first_start')} AND ${dayNumber('s.last_start')} + 1, false) AS is_start
        FROM message_day d JOIN speaker s ON s.sender = d.sender AND s.connector_no = d.connector_no
        WHERE d.said IS NOT NULL),
      other AS (SELECT voice, day FROM spoken WHERE said <> 'up'),
      summed AS (
        SELECT voice, day, min(first_at) AS said_from, arg_min(said, first_at) AS said, max(first_at) AS turned_at, min(last_at) AS left_at,
          min(first_at, 2)[2] AS second_at, min(said) AS least, max(said) AS most, count(*) AS words, bool_or(is_singled) AS is_singled,
          bool_or(is_start) AS is_start
        FROM spoken SEMI JOIN other USING (voice, day) GROUP BY voice, day)
      SELECT voice, day, first_at AS said_from, said, CAST(NULL AS TIMESTAMP) AS turned_at, said AS turned_to,
        CASE WHEN is_singled THEN ${FROM_THE_START} END AS read_from, is_start
      FROM spoken ANTI JOIN other USING (voice, day)
      UNION ALL SELECT voice, day, said_from, said, CASE WHEN least <> most THEN turned_at END, CASE WHEN said = least THEN most ELSE least END,
        CASE WHEN is_singled OR (is_start AND words > 1) THEN ${FROM_THE_START} WHEN least <> most AND (words > 2 OR turned_at <= left_at) THEN second_at END, is_start
      FROM summed`),
    make(`CREATE OR REPLACE TEMP TABLE read_day AS
      WITH of_sender AS (
        SELECT d.voice, s.sender, s.connector_no, d.day, min(d.read_from) AS read_from
        FROM said_day d JOIN speaker s ON s.voice = d.voice WHERE d.read_from IS NOT NULL GROUP BY ALL)
      ${heard.map(readIn).join(' UNION ALL ')}`),
    ...(isWhole ? [] : [make(`CREATE OR REPLACE TEMP TABLE said_word AS ${saidWords(heard)}`)]),
    make(`CREATE OR REPLACE TEMP TABLE said_turn AS
      WITH ${isWhole ? `said_word AS (${saidWords(heard)}),` : ''} told AS (
        SELECT *, ${ofVoice.before('said')} AS before, ${ofVoice.before('moment')} AS earlier
        FROM said_word WINDOW timeline AS ${ofVoice.window})
      SELECT s.charger_id, s.port_id, s.connector_no, t.moment, t.received_at, t.place, t.said
      FROM told t JOIN speaker s ON s.voice = t.voice
      WHERE t.before IS NULL OR t.before <> t.said OR s.is_one_of_many OR (t.earlier < s.last_start AND t.moment >= s.first_start)`),
    make(`CREATE OR REPLACE TEMP TABLE port_turn AS
      WITH said AS (
        SELECT p.asset_id, ${SPEAKS_FOR_WHOLE} AS whole, m.moment, m.received_at, m.place, CAST(m.said AS VARCHAR) AS said
        FROM said_turn m JOIN port_service p ON ${SPEAKS_FOR_PORT} WHERE m.moment >= p.start_at
        UNION ALL SELECT k.asset_id, k.whole, add_minutes(p.from_at, -1), p.from_at, 0, k.said
        FROM kept_said k JOIN port_service p ON p.asset_id = k.asset_id WHERE p.is_kept
        ${hasEnds ? `UNION ALL ${SAID_AFTER_END}` : ''})
      SELECT asset_id, whole, moment, said, coalesce(${ofPort.before('said')}, 'up') AS before, ${ofPort.after('moment')} AS next_at
      FROM said WINDOW timeline AS ${ofPort.window}`),
  ];
}

/** What each voice said and when: of quiet days the word that differs from the day before's, of others each turn or message by itself. */
function saidWords(heard: readonly Heard[]): string {
  const singled = heard.map(
    (each) => `UNION ALL SELECT d.voice, e.happened_at, coalesce(e.received_at, e.happened_at), ${PLACE}, w.state
      FROM ${each.from} e JOIN read_day d ON ${ofReadDay(each)} JOIN word_state w ON ${saying(each)} AND w.state IS NOT NULL
      WHERE e.happened_at >= d.read_from AND (e.event IS NULL OR e.event = 'status') AND ${isTrueOf(each)}`,
  );
  return `
      WITH quiet AS (SELECT voice, day, said_from, said, is_start FROM said_day WHERE read_from IS NULL AND turned_at IS NULL)
      SELECT voice, said_from AS moment, said_from AS received_at, CAST(0 AS BIGINT) AS place, said
      FROM quiet d ANTI JOIN quiet b ON b.voice = d.voice AND b.day = d.day - 1 AND b.said = d.said WHERE NOT d.is_start
      UNION ALL SELECT voice, said_from, said_from, 0, said FROM quiet WHERE is_start
      UNION ALL SELECT voice, said_from, said_from, 0, said FROM said_day WHERE turned_at IS NOT NULL AND coalesce(said_from < read_from, true)
      UNION ALL SELECT voice, turned_at, turned_at, 0, turned_to FROM said_day WHERE turned_at IS NOT NULL AND read_from IS NULL
      ${singled.join(' ')}`;
}

/** What ports that end before the window were in it, of which nothing is read: as kept, or up. */
const SAID_AFTER_END = `
  SELECT p.asset_id, w.whole, add_minutes(CAST($window_from AS TIMESTAMP), -1), CAST($window_from AS TIMESTAMP), 0, coalesce(k.said, 'up')
  FROM (FROM port_service WHERE until_at IS NOT NULL) p CROSS JOIN (VALUES (true), (false)) w (whole)
    LEFT JOIN kept_said k ON k.asset_id = p.asset_id AND k.whole = w.whole`;

const FROM_THE_START = "TIMESTAMP '-infinity'";

/** The days of which messages of a relation are read, their senders by number where they have one there. */
function readIn(each: Heard): string {
  const columns = 'voice, connector_no, day, read_from';
  if (!each.coded.has('asset_id')) {
    return `SELECT ${each.number} AS relation, sender, CAST(NULL AS INTEGER) AS code, ${columns} FROM of_sender`;
  }
  return `SELECT ${each.number} AS relation, sender, c.code, ${columns} FROM of_sender d JOIN ${codesOf(each.from, 'asset_id')} c ON c.word = d.sender`;
}

/** Where a message `e` stands among all that were imported, as one number: files of more than 2^40 lines there are none. */
const PLACE = `e.file_id * CAST(${2 ** 40} AS BIGINT) + e.line`;
