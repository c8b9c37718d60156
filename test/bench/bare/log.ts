import type { Sql } from '../../../analytics/contract/sql.ts';
import { PORT_ID, PORT_MEMBERS } from '../data/status-log.ts';

const READING = `read_csv($file, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
  columns = {'charger': 'VARCHAR', 'connector': 'INTEGER', 'message': 'VARCHAR', 'status': 'VARCHAR', 'error': 'VARCHAR', 'ts': 'TIMESTAMP'})`;
/** A port's number from its charger's id and its connector: no look-up could be cheaper. */
const ROW = `CAST(substr(charger, 4) AS INTEGER) * 2 + connector - 1 AS port, ts, status IN ('Faulted', 'Unavailable', 'Inoperative') AS down,
  CAST(list_position(['Available', 'Preparing', 'Charging', 'Finishing', 'Faulted'], status) AS UTINYINT) AS status, CAST(error = 'NoError' AS BOOLEAN) AS fine`;

/** The log as its columns stand, in whatever order: the floor of an import. */
export async function loadAsItComes(sql: Sql, file: string): Promise<void> {
  await sql.run({ text: 'SET preserve_insertion_order = false' });
  await sql.run({
    text: 'CREATE TABLE log (charger VARCHAR, connector INTEGER, message VARCHAR, status VARCHAR, error VARCHAR, ts TIMESTAMP)',
  });
  await sql.run({ text: `INSERT INTO log SELECT * FROM ${READING}`, params: { file } });
}

/** The log with numbers for ports and statuses, sorted by port and time: what derived layers are made from fastest. */
export async function loadSorted(sql: Sql, file: string): Promise<void> {
  await loadNumbered(sql, file, ' ORDER BY port, ts');
}

/** The same in order of arrival: what an import costs least. */
export async function loadInTime(sql: Sql, file: string): Promise<void> {
  await sql.run({ text: 'SET preserve_insertion_order = false' });
  await loadNumbered(sql, file, '');
}

async function loadNumbered(sql: Sql, file: string, order: string): Promise<void> {
  await sql.run({ text: 'CREATE TABLE log (port INTEGER, ts TIMESTAMP, down BOOLEAN, status UTINYINT, fine BOOLEAN)' });
  await sql.run({ text: `INSERT INTO log SELECT ${ROW} FROM ${READING}${order}`, params: { file } });
}

/** The stretches of state, by one pass over the sorted log without sorting; then minutes by port and day, and by port and month. */
export async function buildLayers(sql: Sql): Promise<void> {
  await build(
    sql,
    'SELECT port, ts AS s, CASE WHEN lead(port) OVER () = port THEN lead(ts) OVER () END AS e, down FROM (SELECT port, ts, down, pp FROM (SELECT port, ts, down, lag(down) OVER () AS p, lag(port) OVER () AS pp FROM log) WHERE pp IS DISTINCT FROM port OR p IS DISTINCT FROM down)',
  );
}

/** The same from a log in order of time, whose messages the database sorts by port. */
export async function buildLayersInTime(sql: Sql): Promise<void> {
  await build(
    sql,
    `SELECT port, ts AS s, lead(ts) OVER (PARTITION BY port ORDER BY ts) AS e, down
      FROM (SELECT port, ts, down, lag(down) OVER (PARTITION BY port ORDER BY ts) AS p FROM log) WHERE p IS DISTINCT FROM down`,
  );
}

async function build(sql: Sql, runs: string): Promise<void> {
  await sql.run({ text: `CREATE OR REPLACE TABLE runs AS ${runs}` });
  await sql.run({
    text: `CREATE OR REPLACE TABLE port_day AS ${portDays('runs', `TIMESTAMP '2024-01-01'`, `(SELECT max(ts) FROM log)`)}`,
  });
  await sql.run({ text: MONTHS('CREATE OR REPLACE TABLE port_month AS', '') });
}

const MONTHS = (head: string, where: string) =>
  `${head} SELECT port, date_trunc('month', day) AS month, sum(total_s) AS total_s, sum(down_s) AS down_s FROM port_day ${where} GROUP BY ALL`;

/** What the layers above hold of ports, beside their numbers: where each belongs, as Weir's register of them says. */
const PORT_NAME = `SELECT port, ${PORT_ID('port')} AS entity_id, ${PORT_MEMBERS('port')}, 'unknown' AS product, 'unknown' AS channel, 'unknown' AS crew
  FROM (SELECT DISTINCT port FROM port_month)`;

const MEMBERS = 'segment, region, product, channel, crew';

/** The observations of the five metrics of ports in one table, their sums by month, and the percentiles of the one that has them. */
export async function buildObservations(sql: Sql): Promise<void> {
  const observed = (metric: string, from: string, [day, num, den]: readonly [string, string, string]) =>
    `SELECT '${metric}' AS metric, entity_id, ${day} AS day, ${MEMBERS}, CAST(${num} AS DOUBLE) AS num, CAST(${den} AS DOUBLE) AS den, CAST(NULL AS DATE) AS matures_on, 'asset' AS entity_table
      FROM ${from} JOIN name USING (port)`;
  const year = (column: string) => `sum(${column}) OVER (PARTITION BY port ORDER BY month ROWS 11 PRECEDING) AS ${column}`;
  const parts = [
    observed('uptime', 'port_day', ['day', '(total_s - down_s) / 60', 'total_s / 60']),
    observed('uptime without exclusions', 'port_day', ['day', '(total_s - down_s) / 60', 'total_s / 60']),
    observed('outage length', '(FROM runs WHERE down AND e IS NOT NULL) r', ['CAST(e AS DATE)', 'epoch(e - s) / 3600', '1']),
    observed('ports at target', 'port_month', [
      'CAST(month AS DATE)',
      'CASE WHEN down_s <= 0.03 * total_s THEN 1 ELSE 0 END',
      '1',
    ]),
    observed('uptime over twelve months', `(SELECT port, month, ${year('total_s')}, ${year('down_s')} FROM port_month) y`, [
      'CAST(month AS DATE)',
      '(total_s - down_s) / 60',
      'total_s / 60',
    ]),
  ];
  await sql.run({
    text: `CREATE OR REPLACE TABLE observation AS WITH name AS MATERIALIZED (${PORT_NAME}) ${parts.join(' UNION ALL ')}`,
  });
  await sql.run({
    text: `CREATE OR REPLACE TABLE fact AS SELECT metric, year(day) * 12 + month(day) AS month, ${MEMBERS}, count(num) AS n, sum(num) AS num, sum(den) AS den FROM observation GROUP BY ALL`,
  });
  await sql.run({
    text: `CREATE OR REPLACE TABLE percentile AS SELECT year(day) * 12 + month(day) AS month, segment, quantile_cont(num, [0.5, 0.85, 0.95]) AS sizes
      FROM observation WHERE metric = 'outage length' GROUP BY ALL`,
  });
}

/** Seconds in all and down of each port and day from `from` on, by a sweep over both ends of outages and the edges of days. */
function portDays(runs: string, from: string, until: string): string {
  return `WITH h AS (SELECT ${until} AS h), seen AS (SELECT port, greatest(min(s), ${from}) AS t0 FROM ${runs} GROUP BY port),
    downs AS (SELECT port, greatest(s, ${from}) AS s, coalesce(e, h) AS e FROM ${runs}, h WHERE down AND coalesce(e, h) > greatest(s, ${from})),
    ev AS (SELECT port, s AS t, 1 AS dd FROM downs UNION ALL SELECT port, e, -1 FROM downs UNION ALL SELECT port, t0, 0 FROM seen
      UNION ALL SELECT port, b, 0 FROM seen, (SELECT unnest(generate_series(date_trunc('day', ${from}), h, INTERVAL 1 DAY)) AS b FROM h) WHERE b > t0
      UNION ALL SELECT port, h, 0 FROM seen, h),
    pt AS (SELECT port, t, sum(dd) AS dd FROM ev GROUP BY ALL),
    seg AS (SELECT port, t, lead(t) OVER w AS t2, sum(dd) OVER w AS nd FROM pt WINDOW w AS (PARTITION BY port ORDER BY t))
    SELECT port, CAST(t AS DATE) AS day, sum(epoch(t2 - t)) AS total_s, coalesce(sum(epoch(t2 - t)) FILTER (nd > 0), 0) AS down_s FROM seg WHERE t2 IS NOT NULL GROUP BY ALL`;
}

/** A day's file: staged, appended without repeats, the open stretches carried on, its days and months made anew, in one transaction. */
export async function addDay(sql: Sql, file: string): Promise<void> {
  await sql.transaction(async () => {
    const [held] = await sql.rows<{ last: string }>({ text: 'SELECT CAST(max(s) AS VARCHAR) AS last FROM runs' });
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE batch AS SELECT DISTINCT ON (port, ts) ${ROW} FROM ${READING} ORDER BY port, ts`,
      params: { file },
    });
    await sql.run({ text: 'INSERT INTO log SELECT * FROM batch ORDER BY port, ts' });
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE added AS SELECT port, ts AS s, lead(ts) OVER w AS e, down FROM (SELECT port, ts, down, lag(down) OVER (PARTITION BY port ORDER BY ts) AS p FROM (
        SELECT port, ts, down FROM batch UNION ALL SELECT port, s, down FROM runs WHERE e IS NULL)) WHERE p IS DISTINCT FROM down WINDOW w AS (PARTITION BY port ORDER BY ts)`,
    });
    await sql.run({ text: 'DELETE FROM runs WHERE e IS NULL' });
    await sql.run({ text: 'INSERT INTO runs SELECT * FROM added' });
    const from = `date_trunc('day', (SELECT min(ts) FROM batch))`;
    await sql.run({ text: `DELETE FROM port_day WHERE day >= CAST(${from} AS DATE)` });
    await sql.run({ text: `INSERT INTO port_day ${portDays('runs', from, '(SELECT max(ts) FROM batch)')}` });
    await sql.run({ text: `DELETE FROM port_month WHERE month >= date_trunc('month', ${from})` });
    await sql.run({ text: MONTHS('INSERT INTO port_month', `WHERE day >= date_trunc('month', ${from})`) });
    if (!held) throw new Error('No stretches');
  });
}

/** Late rows: everything of their ports is made anew. */
export async function addLate(sql: Sql, file: string): Promise<void> {
  await sql.transaction(async () => {
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE batch AS SELECT DISTINCT ON (port, ts) ${ROW} FROM ${READING} ORDER BY port, ts`,
      params: { file },
    });
    await sql.run({ text: 'INSERT INTO log SELECT * FROM batch' });
    await sql.run({ text: 'CREATE OR REPLACE TEMP TABLE late_port AS SELECT DISTINCT port FROM batch' });
    for (const table of ['runs', 'port_day', 'port_month']) {
      await sql.run({ text: `DELETE FROM ${table} WHERE port IN (SELECT port FROM late_port)` });
    }
    await sql.run({
      text: `CREATE OR REPLACE TEMP TABLE again AS SELECT port, ts AS s, lead(ts) OVER w AS e, down FROM (SELECT port, ts, down, lag(down) OVER (PARTITION BY port ORDER BY ts) AS p
        FROM log WHERE port IN (SELECT port FROM late_port)) WHERE p IS DISTINCT FROM down WINDOW w AS (PARTITION BY port ORDER BY ts)`,
    });
    await sql.run({ text: 'INSERT INTO runs SELECT * FROM again' });
    await sql.run({ text: `INSERT INTO port_day ${portDays('again', `TIMESTAMP '2024-01-01'`, '(SELECT max(s) FROM runs)')}` });
    await sql.run({ text: MONTHS('INSERT INTO port_month', 'WHERE port IN (SELECT port FROM late_port)') });
  });
}
