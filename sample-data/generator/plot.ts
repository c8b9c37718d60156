import { DAY, dayNumber, firstDayOf, HOUR, instantAt, monthOf } from './clock.ts';
import type { Segment } from './places.ts';

/** The stories the sample tells, as the numbers they are planted with. What came of them stands in answers/stories.json. */
export const PLOT = {
  /** One crew's first-time fix falls from this month on. */
  weakCrew: { crew: 'SH-C2', from: monthOf(dayNumber('2026-02-01')), completed: 0.74, repeat: 0.2 },
  /** Losses are booked in the first days of the next quarter. */
  lateLosses: { share: 0.68, days: 12 },
  /** Lead conversion: every segment rises from the first quarter to the second, and the total falls, because the mix shifts. */
  mixShift: {
    before: monthOf(dayNumber('2026-01-01')),
    after: monthOf(dayNumber('2026-04-01')),
    mixBefore: { residential: 0.76, commercial: 0.17, fleet: 0.07 },
    mixAfter: { residential: 0.46, commercial: 0.39, fleet: 0.15 },
    rateBefore: { residential: 0.48, commercial: 0.2, fleet: 0.1 },
    rateAfter: { residential: 0.54, commercial: 0.26, fleet: 0.16 },
  },
  /** A firmware release in one region after which faults rise. */
  firmware: {
    region: 'Coastal',
    at: instantAt(dayNumber('2026-03-10'), 120),
    from: '2.3.8',
    to: '2.4.0',
    faults: 15,
    excused: 0.45,
  },
  /** Nothing arrives from any charger. */
  silence: { from: instantAt(dayNumber('2026-06-12'), 22 * 60), to: instantAt(dayNumber('2026-06-12'), 22 * 60) + 36 * HOUR },
  /** Share of won deals whose record in the CRM was opened after the signature: no duration can be had from them. */
  openedLate: 0.005,
  /** Jobs sold by a partner that never reached the CRM. */
  partnerJobs: 37,
} as const;

/** Segment shares of NCV-02 leads created on a day. */
export function chargingMix(day: number): Readonly<Record<Segment, number>> {
  const month = monthOf(day);
  const { before, after, mixBefore, mixAfter } = PLOT.mixShift;
  if (month >= before && month < before + 3) return mixBefore;
  if (month >= after && month < after + 3) return mixAfter;
  return { residential: 0.68, commercial: 0.23, fleet: 0.09 };
}

/** Share of NCV-02 leads created on a day that convert inside their window. */
export function chargingConversion(day: number, segment: Segment): number {
  const month = monthOf(day);
  const { before, after, rateBefore, rateAfter } = PLOT.mixShift;
  if (month >= before && month < before + 3) return rateBefore[segment];
  if (month >= after && month < after + 3) return rateAfter[segment];
  return { residential: 0.44, commercial: 0.23, fleet: 0.13 }[segment];
}

/** Before this, journeys are simulated so that the first months are not empty, but only those still alive are extracted. */
export const WARM_UP_DAY = firstDayOf(monthOf(dayNumber('2024-04-01')));

/** Where the charger log begins. */
export const LOG_START = instantAt(dayNumber('2024-10-31')) - DAY / 2;
