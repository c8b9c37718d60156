import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { literal } from '../../../analytics/tables/identifier.ts';
import { openDatabase } from '../../../analytics/warehouse/index.ts';
import { DAY_ROWS, FIRST_DAY, FOLDER, LATE_PORTS, portsOf, type Size, SPAN_SECONDS } from '../sizes.ts';

const PORT = (row: string, ports: number) => `(${row} % ${ports})`;
const CHARGER = (port: string) => `'CP-' || lpad(CAST(${port} // 2 AS VARCHAR), 5, '0')`;
/** What the register says of a port by its number: its id, and where it belongs. */
export const PORT_ID = (port: string) => `${CHARGER(port)} || '-' || 1 + ${port} % 2`;
export const PORT_MEMBERS = (port: string) =>
  `['commercial', 'fleet', 'residential'][1 + ${port} // 2 % 3] AS segment, ['North', 'South', 'East', 'West'][1 + ${port} // 2 % 4] AS region`;
/** Ports fail in spells of twelve messages, 3 % of them. */
const DOWN = (row: string, ports: number) => `hash(${PORT(row, ports)}, ${row} // ${ports} // 12) % 33 = 0`;

/** The log of two years, as CSV in order of time, ports interleaved; made once. Gives its path. */
export async function statusLog(size: Size): Promise<string> {
  const ports = portsOf(size);
  const { messages } = size;
  return made(
    `status-${messages}.csv`,
    logOf({ ports, rows: messages, from: `TIMESTAMP '2024-01-01'`, step: SPAN_SECONDS / messages, first: 0 }),
  );
}

/** The log of the day `after` days after the data ends. */
export async function dayLog(size: Size, after: number): Promise<string> {
  const ports = portsOf(size);
  const from = `TIMESTAMP ${literal(new Date(FIRST_DAY + (SPAN_SECONDS + after * 86_400) * 1000).toISOString().slice(0, 19))}`;
  return made(`day-${ports}-${after}.csv`, logOf({ ports, rows: DAY_ROWS, from, step: 86_399 / DAY_ROWS, first: after * 7 }));
}

/** Messages of {@link LATE_PORTS} ports from two months before the end, half an hour late each hour of one day. */
export async function lateLog(size: Size, turn: number): Promise<string> {
  const ports = portsOf(size);
  const from = `TIMESTAMP '2025-10-${String(10 + turn).padStart(2, '0')} 00:30:11'`;
  return made(
    `late-${ports}-${turn}.csv`,
    `SELECT ${CHARGER('(i // 24)')} AS charge_box_id, 1 + i // 24 % 2 AS connector_id, 'StatusNotification' AS message_type,
      CASE WHEN i % 3 = 0 THEN 'Faulted' ELSE 'Available' END AS status, 'NoError' AS error_code,
      strftime(${from} + to_hours(i % 24), '%Y-%m-%dT%H:%M:%SZ') AS status_timestamp FROM range(${LATE_PORTS * 24}) AS r(i)`,
  );
}

/** One message that a port is down, of a day two months before the end: what an import costs whatever it brings. */
export async function oneMessage(size: Size, turn: number): Promise<string> {
  const at = `2025-11-${String(10 + turn).padStart(2, '0')}T10:10:10Z`;
  return made(
    `one-${portsOf(size)}-${turn}.csv`,
    `SELECT ${CHARGER('6')} AS charge_box_id, 1 AS connector_id, 'StatusNotification' AS message_type, 'Faulted' AS status, 'NoError' AS error_code,
      '${at}' AS status_timestamp`,
  );
}

/** The register of the ports. */
export async function register(size: Size): Promise<string> {
  return made(
    `register-${portsOf(size)}.csv`,
    `SELECT ${PORT_ID('i')} AS asset_id, ${CHARGER('i')} AS parent_id, 'port' AS kind, 1 + i % 2 AS connector_no, 'NCV-02' AS stream_id,
      ${PORT_MEMBERS('i')}, '2023-12-31T00:00:00Z' AS in_service_at FROM range(${portsOf(size)}) AS r(i)`,
  );
}

interface LogShape {
  readonly ports: number;
  readonly rows: number;
  readonly from: string;
  /** Seconds between two messages. */
  readonly step: number;
  /** Where the ports' states begin. */
  readonly first: number;
}

function logOf({ ports, rows, from, step, first }: LogShape): string {
  return `SELECT ${CHARGER(PORT('i', ports))} AS charge_box_id, 1 + ${PORT('i', ports)} % 2 AS connector_id, 'StatusNotification' AS message_type,
    CASE WHEN ${DOWN(`(i + ${first * ports})`, ports)} THEN 'Faulted' ELSE ['Available', 'Preparing', 'Charging', 'Finishing'][1 + i // ${ports} % 4] END AS status,
    CASE WHEN ${DOWN(`(i + ${first * ports})`, ports)} THEN 'GroundFailure' ELSE 'NoError' END AS error_code,
    strftime(${from} + to_seconds(CAST(floor(i * ${step}) AS BIGINT)), '%Y-%m-%dT%H:%M:%SZ') AS status_timestamp
    FROM range(${rows}) AS r(i)`;
}

/** Writes the rows of a SELECT as CSV unless that was done before. */
export async function made(name: string, select: string): Promise<string> {
  const file = path.join(FOLDER, name);
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true });
  const database = await openDatabase(':memory:', { memoryLimit: '2GB', spillFolder: path.join(FOLDER, 'spill') });
  const sql = await database.connect();
  await sql.run({ text: `COPY (${select}) TO ${literal(`${file}.part`)} (HEADER)` });
  database.close();
  renameSync(`${file}.part`, file);
  return file;
}
