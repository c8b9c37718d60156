import { FIRST_DAY, HOUR, instantAt, LAST_DAY, monthOf, SECOND, weekday } from '../clock.ts';
import type { Stream } from '../places.ts';
import { WARM_UP_DAY } from '../plot.ts';
import type { Random } from '../random.ts';

/** Month factors January to December: people buy thermostats before winter, chargers with a new car. */
const SEASON: Readonly<Record<Stream, readonly number[]>> = {
  'NCV-01': [1.05, 0.98, 0.95, 0.92, 0.9, 0.88, 0.9, 0.96, 1.08, 1.18, 1.2, 1.0],
  'NCV-02': [0.9, 0.92, 1.04, 1.08, 1.06, 1.02, 0.96, 0.94, 1.03, 1.04, 0.98, 1.03],
};
const PER_DAY: Readonly<Record<Stream, number>> = { 'NCV-01': 12.2, 'NCV-02': 6.1 };
const GROWTH_A_YEAR: Readonly<Record<Stream, number>> = { 'NCV-01': 0.1, 'NCV-02': 0.22 };
const WEEK = [1.12, 1.1, 1.06, 1.04, 0.98, 0.9, 0.8] as const;

/** When enquiries of a stream come in, in order, from the warm-up to the last day. */
export function arrivals(stream: Stream, random: Random, scale: number): number[] {
  const found: number[] = [];
  for (let day = WARM_UP_DAY; day <= LAST_DAY; day++) {
    const years = (day - FIRST_DAY) / 365;
    const season = SEASON[stream][monthOf(day) % 12] as number;
    const mean = PER_DAY[stream] * (1 + GROWTH_A_YEAR[stream] * years) * season * (WEEK[weekday(day) - 1] as number) * scale;
    for (let left = random.count(mean); left > 0; left--) {
      const hour = random.chance(0.85) ? random.between(8, 21.5) : random.between(0, 23.9);
      found.push(instantAt(day) + Math.floor((hour * HOUR) / SECOND) * SECOND);
    }
  }
  found.sort((a, b) => a - b);
  // Two enquiries never share a second, so that "the lead before" is always one lead.
  let last = 0;
  return found.map((at) => {
    last = Math.max(at - (at % SECOND), last + SECOND);
    return last;
  });
}
