import path from 'node:path';

/** Where data sets and scratch databases are kept between runs. */
export const FOLDER = path.resolve('.cache/bench');

/** How much data a workspace holds. */
export interface Size {
  /** Status messages of charging ports over 24 months. */
  readonly messages: number;
  /** Leads over 24 months, each with what hangs on it. */
  readonly leads: number;
}

export const FULL: readonly Size[] = [
  { messages: 1_000_000, leads: 100_000 },
  { messages: 10_000_000, leads: 1_000_000 },
  { messages: 50_000_000, leads: 2_000_000 },
];
export const QUICK: readonly Size[] = [
  { messages: 100_000, leads: 2_000 },
  { messages: 500_000, leads: 10_000 },
];

/** The first day of the data, and how many seconds it spans: two years, one of them a leap year. */
export const FIRST_DAY = Date.UTC(2024, 0, 1);
export const SPAN_SECONDS = 731 * 86_400;
/** The last month of the data. */
export const LAST_MONTH = '2025-12';

/** A day's batch holds this many rows, whatever the size of what is there. */
export const DAY_ROWS = 70_000;
/** Late rows come for this many ports. */
export const LATE_PORTS = 20;

/** A port sends 25,000 messages in two years. */
export function portsOf({ messages }: Size): number {
  return Math.max(40, Math.round(messages / 25_000));
}

/** `50M · 2M`: messages and leads of a size. */
export function nameOf({ messages, leads }: Size): string {
  const short = (count: number) => (count >= 1_000_000 ? `${count / 1_000_000}M` : `${count / 1000}k`);
  return `${short(messages)} · ${short(leads)}`;
}
