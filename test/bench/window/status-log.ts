import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const HEADER = 'charge_box_id,connector_id,message_type,status,error_code,status_timestamp\n';
const STATES = ['Available', 'Preparing', 'Charging', 'Finishing', 'Faulted', 'Unavailable'];
const START = Date.parse('2026-09-01T00:00:00Z');
const SPAN = 50 * 86_400_000;
const BLOCK = 20_000;

/** Writes a status log of this many messages in order of time, 80 ports interleaved: something for the engine to import for a while. */
export async function writeStatusLog(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(HEADER);
  for (let start = 0; start < rows; start += BLOCK) {
    const lines = Array.from({ length: Math.min(BLOCK, rows - start) }, (_, index) => line(start + index, rows));
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

function line(index: number, rows: number): string {
  const state = STATES[(index * 7919 + Math.floor(index / 80)) % STATES.length] ?? 'Available';
  const error = state === 'Faulted' ? 'GroundFailure' : 'NoError';
  const at = new Date(START + Math.floor((index / rows) * SPAN)).toISOString().replace('.000Z', 'Z');
  return `BENCH-${String(index % 80).padStart(3, '0')},${1 + (index % 2)},StatusNotification,${state},${error},${at}\n`;
}
