/** So many rows make a log a table of its own. */
export const ROWS = 120_000;
const START = Date.UTC(2026, 0, 1);
export const HEADER = 'charge_box_id,connector_id,message_type,status,error_code,status_timestamp';

/** The row of a status log with this place in it: one a second, of fifty chargers. */
export function rowOf(index: number): string {
  return `CB-${index % 50},${index % 3},StatusNotification,${index % 7 === 0 ? 'Faulted' : 'Available'},NoError,${time(index)}`;
}

/** The time of a row as the log writes it. */
export function time(index: number): string {
  return new Date(START + index * 1000).toISOString().replace('.000Z', 'Z');
}

/** A status log of `count` rows from one place on, with some lines written otherwise. */
export function log(
  otherwise: Readonly<Record<number, string>> = {},
  [from, count]: readonly [number, number] = [0, ROWS],
): string {
  const lines = Array.from({ length: count }, (_, index) => otherwise[index + from] ?? rowOf(index + from));
  return `${HEADER}\n${lines.join('\n')}\n`;
}
