import { literal } from '../tables/identifier.ts';
import { PORT_MINUTES } from '../tables/telemetry/port-day.ts';
import { overTwelveMonths } from '../tables/telemetry/port-month.ts';
import { LANES, type Lane } from './edges.ts';
import { dayNumber } from './messages.ts';
import type { StatementMaker } from './statement.ts';
import { timeline } from './timeline.ts';

/** Ports that are swept from an instant on, as a relation, and no earlier than when any of them is; null where one may be from its start. */
export interface Swept {
  readonly ports: string;
  readonly from: string | null;
}

/**
 * The statements that turn `port_edge` into `port_state`, `port_day` and `port_month`: one sweep per port over its edges in order of
 * time, in which each running sum says how many sources hold something true. What cannot be known goes before a fault, a
 * fault before being out of contact; an excusable cause excuses only time that is an outage. Half-open stretches. Of the relation `ports` what was
 * before a port's `from_at` stays, and so does what begins after its `until_at`, where any `hasEnds`; a stretch that goes on across one of them stays one. Lanes other than
 * `used` are empty and not summed.
 */
export function sweepStatements(
  make: StatementMaker,
  swept: Swept | null,
  { used, hasEnds }: { readonly used: readonly Lane[]; readonly hasEnds: boolean },
) {
  const sums = (over: string) =>
    LANES.map((lane) => `${used.includes(lane) ? `sum(${lane}) ${over}` : '0'} AS ${lane}`).join(', ');
  const ofPort = timeline(['asset_id'], 'moment', { isWhole: swept === null });
  // The first stretch of a port begins a run: the last run that began is never one of the port before.
  const sinceAt = `last_value(CASE WHEN before IS NULL OR ${runOf('before')} <> ${runOf('state')} THEN coalesce(since_at, moment) END IGNORE NULLS)
            OVER timeline`;
  const held = swept === null ? [] : [earlierState(swept), ...(hasEnds ? [laterState(swept.ports)] : [])];
  return [
    make(`CREATE OR REPLACE TEMP TABLE port_stretch AS
      WITH point AS (
        SELECT asset_id, moment, ${sums('')} FROM ${swept === null ? 'port_edge' : `(${fromWindow(swept.ports)}) edge`} GROUP BY asset_id, moment),
      running AS (
        SELECT asset_id, moment, ${sums('OVER timeline')} FROM point WINDOW timeline AS (PARTITION BY asset_id ORDER BY moment)),
      stated AS (
        SELECT asset_id, moment, excused > 0 AS has_cause,
          CASE WHEN service = 0 OR closed > 0 THEN 'none' WHEN unobserved > 0 THEN 'unobserved'
            WHEN fault > 0 THEN 'down' WHEN offline > 0 THEN 'offline' ELSE 'up' END AS state
        FROM running),
      state AS (
        SELECT asset_id, moment, state, has_cause AND state IN ('down', 'offline') AS excused, CAST(NULL AS TIMESTAMP) AS since_at FROM stated
        ${held.map((each) => `UNION ALL ${each}`).join(' ')}),
      turn AS (
        SELECT *, ${ofPort.before('state')} AS before, ${ofPort.before('excused')} AS was_excused
        FROM state WINDOW timeline AS ${ofPort.window})
      SELECT * FROM (
        SELECT asset_id, moment AS start_at, ${ofPort.after('moment')} AS end_at, state, excused,
          ${sinceAt} AS since_at
        FROM turn WHERE before IS NULL OR before <> state OR was_excused <> excused
        WINDOW timeline AS ${ofPort.window}) stretch
      WHERE state <> 'none' ORDER BY asset_id, start_at`),
    ...(swept === null
      ? [
          make('DELETE FROM port_state'),
          make(INSERT_STATES),
          make('DELETE FROM port_day'),
          // In order of days, as observations of port days are read.
          make(`INSERT INTO port_day (${DAY_COLUMNS}) FROM (${MADE_DAYS}) made ORDER BY day`),
          make('DELETE FROM port_month'),
          make(insertMonths({ isWhole: true })),
        ]
      : replacements(make, swept)),
  ];
}

/** What stretches of a state that follow each other are together: out of use, whatever the reason; or else each by itself. */
function runOf(state: string): string {
  return `CASE WHEN ${state} IN ('down', 'offline') THEN 'out' ELSE ${state} END`;
}

/**
 * Puts what was made anew in place of what there was, and notes what of it differs: `changed_state` the stretches that came or went as
 * they are known on the as-of day, so that the last one of a port is not another for going on, `touched_run` from when on they lie; `changed_day` the days that did,
 * `touched_port` the first and the last of them of each port.
 */
function replacements(make: StatementMaker, swept: Swept) {
  const { ports } = swept;
  const former = `(p.from_at IS NULL OR s.end_at >= p.from_at) AND (p.until_at IS NULL OR s.since_at <= p.until_at)${lasting(swept)}`;
  const stretches = (from: string, asOf: string) =>
    `SELECT s.asset_id, s.start_at, CASE WHEN s.end_at < ${asOf} THEN s.end_at END AS end_at, s.state, s.excused, s.since_at FROM ${from}`;
  return [
    make(
      `CREATE OR REPLACE TEMP TABLE changed_state AS ${differing(
        STATE_COLUMNS,
        stretches('port_stretch s', '$as_of'),
        stretches(`port_state s JOIN ${ports} p ON s.asset_id = p.asset_id WHERE ${former}`, 'CAST($known_until AS TIMESTAMP)'),
      )}`,
    ),
    make(`DELETE FROM port_state s USING ${ports} p WHERE s.asset_id = p.asset_id AND ${former}`),
    make(INSERT_STATES),
    // A day before that in UTC is no later than the business day, wherever the port is.
    make(`CREATE OR REPLACE TEMP TABLE touched_run AS
      SELECT c.asset_id, c.from_day, min(s.since_at) AS since_at
      FROM (SELECT asset_id, CAST(add_days(min(since_at), -1) AS DATE) AS from_day FROM changed_state GROUP BY asset_id) c
        LEFT JOIN port_state s ON s.asset_id = c.asset_id AND s.end_at >= add_days(c.from_day, -1)
      GROUP BY c.asset_id, c.from_day`),
    make(`CREATE OR REPLACE TEMP TABLE changed_day AS
      WITH remade AS MATERIALIZED (SELECT asset_id, coalesce(local_day(from_at, region), DATE '0001-01-01') AS from_day,
        coalesce(local_day(until_at, region), DATE '9999-12-31') AS until_day FROM ${ports} p)
      ${differing(
        DAY_COLUMNS,
        MADE_DAYS,
        `SELECT d.* FROM port_day d JOIN remade r ON d.asset_id = r.asset_id AND d.day >= r.from_day AND d.day < r.until_day WHERE d.day >= (SELECT min(from_day) FROM remade)`,
      )}`),
    make('DELETE FROM port_day d USING changed_day c WHERE NOT c.is_new AND d.asset_id = c.asset_id AND d.day = c.day'),
    make(`INSERT INTO port_day (${DAY_COLUMNS}) SELECT ${DAY_COLUMNS} FROM changed_day WHERE is_new`),
    make(
      'CREATE OR REPLACE TEMP TABLE touched_port AS SELECT asset_id, min(day) AS from_day, max(day) AS to_day FROM changed_day GROUP BY asset_id',
    ),
    make('DELETE FROM port_month m USING touched_port p WHERE m.asset_id = p.asset_id AND m.month >= month_start(p.from_day)'),
    make(insertMonths({ isWhole: false })),
  ];
}

/** Rows of which the one SELECT has another number than the other, with whether it has more. */
function differing(columns: string, now: string, before: string): string {
  return `SELECT ${columns}, sum(sign) > 0 AS is_new
    FROM (SELECT *, 1 AS sign FROM (${now}) now(${columns}) UNION ALL SELECT ${columns}, -1 FROM (${before}) before) either
    GROUP BY ${columns} HAVING sum(sign) <> 0`;
}

const STATE_COLUMNS = 'asset_id, start_at, end_at, state, excused, since_at';

const INSERT_STATES = `INSERT INTO port_state (${STATE_COLUMNS}) SELECT ${STATE_COLUMNS} FROM port_stretch`;

const MINUTES = PORT_MINUTES.map(({ name }) => name);

const DAY_COLUMNS = ['asset_id', 'day', ...MINUTES].join(', ');

/** The days of touched ports from the month of the first other one on. */
const CHANGED_MONTHS_DAYS = `(FROM port_day d SEMI JOIN touched_port p ON p.asset_id = d.asset_id AND d.day >= month_start(p.from_day)
    WHERE d.day >= (SELECT month_start(min(from_day)) FROM touched_port))`;

/** Of touched ports the months to which those reach back. */
const REACHED_BACK = ` WHERE m.month > add_months(p.from_day, -12) AND m.month > (SELECT add_months(min(from_day), -12) FROM touched_port)`;

/**
 * The statement that adds up port days to months, and these to the twelve that end with each: of all ports, or of touched ones, whose months
 * before are there already. Minutes are such that their sums are exact.
 */
function insertMonths({ isWhole }: { readonly isWhole: boolean }): string {
  const names = MINUTES.join(', ');
  const days = isWhole ? 'port_day' : CHANGED_MONTHS_DAYS;
  const earlier = (columns: string, where: string) =>
    isWhole ? '' : `UNION ALL SELECT ${columns} FROM port_month m JOIN touched_port p ON p.asset_id = m.asset_id${where}`;
  const year = MINUTES.map((name) => [overTwelveMonths(name), `sum(y.${name})`] as const);
  return `INSERT INTO port_month (asset_id, month, service_day, first_day, last_observed_day, ${names}, ${year.map(([name]) => name).join(', ')})
    WITH made AS MATERIALIZED (
      SELECT asset_id, month_start(day) AS month, min(day) AS first_day, max(day) FILTER (WHERE in_service_min > unobserved_min) AS last_observed_day,
        ${MINUTES.map((name) => `sum(${name}) AS ${name}`).join(', ')} FROM ${days} GROUP BY asset_id, month_start(day)),
    begun AS (
      SELECT asset_id, min(day) AS service_day
      FROM (SELECT asset_id, first_day AS day FROM made ${earlier('m.asset_id, m.service_day', '')}) either GROUP BY asset_id),
    known AS (SELECT asset_id, month, ${names} FROM made ${earlier(`m.asset_id, month, ${names}`, REACHED_BACK)}),
    year AS (
      SELECT m.asset_id, m.month, ${year.map(([name, sum]) => `${sum} AS ${name}`).join(', ')}
      FROM made m JOIN known y ON y.asset_id = m.asset_id AND y.month <= m.month AND y.month > add_months(m.month, -12) GROUP BY m.asset_id, m.month)
    SELECT m.asset_id, m.month, b.service_day, m.first_day, m.last_observed_day, ${MINUTES.map((name) => `m.${name}`).join(', ')}, ${year.map(([name]) => `y.${name}`).join(', ')}
    FROM made m JOIN begun b ON b.asset_id = m.asset_id JOIN year y ON y.asset_id = m.asset_id AND y.month = m.month`;
}

/** Whatever began before a port's `from_at` holds from there on; each port has an edge there, for what was before ends there. */
function fromWindow(ports: string): string {
  return `SELECT e.* REPLACE (greatest(e.moment, p.from_at) AS moment) FROM port_edge e JOIN ${ports} p ON p.asset_id = e.asset_id
    WHERE p.until_at IS NULL OR e.moment < p.until_at
  UNION ALL SELECT asset_id, from_at, 0, 0, 0, 0, 0, 0 FROM ${ports} p WHERE from_at IS NOT NULL`;
}

/** Keeps, of stretches `s`, those that last until any port is swept: few of all, so that few are looked up by port. */
function lasting({ from }: Swept): string {
  return from === null ? '' : ` AND s.end_at >= TIMESTAMP ${literal(from)}`;
}

/** The beginning of the last stretch of each port before what is made anew. */
function earlierState(swept: Swept): string {
  return `SELECT s.asset_id, s.start_at, s.state, s.excused, s.since_at
  FROM port_state s JOIN ${swept.ports} p ON p.asset_id = s.asset_id WHERE s.start_at < p.from_at AND s.end_at >= p.from_at${lasting(swept)}`;
}

/** How each port is from when on what is made anew of it ends, until the run of stretches ends that goes on there: what follows it stays. */
function laterState(ports: string): string {
  const ended = `(FROM ${ports} p WHERE until_at IS NOT NULL) p`;
  const goesOn = 's.asset_id = p.asset_id AND s.since_at <= p.until_at AND s.end_at > p.until_at';
  return `SELECT p.asset_id, greatest(s.start_at, p.until_at), coalesce(s.state, 'none'), coalesce(s.excused, false), NULL
  FROM ${ended} LEFT JOIN port_state s ON ${goesOn}
  UNION ALL SELECT p.asset_id, max(s.end_at), 'none', false, NULL FROM ${ended} JOIN port_state s ON ${goesOn} GROUP BY p.asset_id`;
}

/** What each column of minutes of a port day counts. */
const COUNTED = [
  'TRUE',
  "state = 'unobserved'",
  "state = 'down'",
  "state = 'offline'",
  "state = 'down' AND excused",
  "state = 'offline' AND excused",
];

/**
 * Minutes of a length in whole microseconds, rounded to 2^-30 minutes: less than the clock tells apart, and such that
 * sums over days, in whatever order, are exact.
 */
function minutes(length: string): string {
  return `round(${length} / 6e7 * ${2 ** 30}) / ${2 ** 30}`;
}

/** The days of the stretches in `port_stretch`, in the form of `port_day`. */
const MADE_DAYS = `
  WITH stretch AS (
    SELECT s.asset_id, p.region, greatest(s.start_at, p.from_at) AS start_at, least(s.end_at, p.until_at) AS end_at, s.state, s.excused
    FROM port_stretch s JOIN port_service p ON p.asset_id = s.asset_id),
  spread AS (SELECT *, unnest(range(${dayNumber('start_at')} - 1, ${dayNumber('end_at')} + 2)) AS day FROM stretch),
  part AS (
    SELECT s.asset_id, d.day, s.state, s.excused, d.length AS day_length,
      epoch_us(least(s.end_at, d.end_at)) - epoch_us(greatest(s.start_at, d.start_at)) AS length
    FROM spread s JOIN region_day d ON d.region = s.region AND d.number = s.day
    WHERE s.start_at < d.end_at AND s.end_at > d.start_at)
  SELECT asset_id, day, ${COUNTED.map((condition) => `CASE WHEN ${condition} THEN minutes ELSE 0 END`).join(', ')}
    FROM (SELECT *, ${minutes('length')} AS minutes FROM part WHERE length = day_length) whole
  UNION ALL SELECT asset_id, day, ${COUNTED.map((condition) => minutes(`coalesce(sum(length) FILTER (WHERE ${condition}), 0)`)).join(', ')}
    FROM part WHERE length < day_length GROUP BY asset_id, day`;
