import { dayLabel } from '../../analytics/contract/format-value.ts';

/** A moment (ISO 8601) as day and time in a zone. */
export function momentLabel(moment: string, timeZone: string): string {
  const local = new Date(moment).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return `${dayLabel(local.slice(0, 10))}, ${local.slice(11)}`;
}
