import { DAY, dayNumber, END, FIRST_DAY, instantAt, LAST_DAY, monthOf, SECOND, weekday } from '../clock.ts';
import type { Setting } from '../journey.ts';
import { CREWS } from '../places.ts';
import type { Incident, TechnicianDay } from '../records.ts';

const HOLIDAYS = new Set(
  [
    '2024-11-28',
    '2024-12-25',
    '2025-01-01',
    '2025-05-26',
    '2025-07-04',
    '2025-09-01',
    '2025-11-27',
    '2025-12-25',
    '2026-01-01',
    '2026-05-25',
    '2026-07-03',
    '2026-09-07',
  ].map(dayNumber),
);
const quarterHours = (hours: number) => Math.round(hours * 4) / 4;

/** The roster as worked: one row for each technician and day with a shift. */
export function rosterDays({ random, world, scale }: Setting): void {
  for (const crew of CREWS) {
    const people = Math.max(1, Math.round((crew.size + (crew.stream === 'NCV-01' ? 1 : 0)) * Math.min(1, scale * 2)));
    for (let person = 1; person <= people; person++) {
      const technician = `T-${crew.id}-${person}`;
      const employer = person === people && crew.size > 2 ? 'contractor' : 'own';
      for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
        if (weekday(day) === 7 || HOLIDAYS.has(day) || (weekday(day) === 6 && !random.chance(0.3)) || random.chance(0.07))
          continue;
        world.technicianDays.push(
          oneDay(random, { technician, employer, day, crew: crew.id, region: crew.region, stream: crew.stream }),
        );
      }
    }
  }
}

type Shift = Pick<TechnicianDay, 'technician' | 'employer' | 'day' | 'crew' | 'region' | 'stream'>;

function oneDay(random: Setting['random'], shift: Shift): TechnicianDay {
  const season = [0.05, 0.03, 0, -0.02, -0.03, -0.04, -0.02, 0, 0.04, 0.06, 0.07, 0.03][monthOf(shift.day) % 12] as number;
  const available = weekday(shift.day) === 6 ? 5 : random.chance(0.1) ? 6 : 8;
  const share = Math.min(0.98, Math.max(0.3, 0.7 + season + random.normal() * 0.09));
  const work = quarterHours(available * share);
  const travel = quarterHours(Math.max(0.25, (available - work) * random.between(0.3, 0.7)));
  const overtime = random.chance(0.09) ? quarterHours(random.between(0.5, 2.5)) : 0;
  const worked = random.chance(0.8) ? quarterHours(available + overtime - (random.chance(0.15) ? 0.5 : 0)) : null;
  return { ...shift, available, work, travel, overtime, worked };
}

/** Incidents at work: mostly near misses, rarely an injury. Each happens on a day its crew worked. */
export function incidents({ random, ids, world, scale }: Setting): void {
  for (const crew of CREWS) {
    const days = world.technicianDays.filter((each) => each.crew === crew.id);
    const severities = [
      ['near_miss', 15],
      ['first_aid', 4],
      ['recordable', 0.5],
      ['restricted', 0.2],
      ['days_away', 0.2],
    ] as const;
    const count = random.count(9 * Math.min(1, scale * 2));
    const orders = world.workOrders.filter((order) => order.region === crew.region && order.completedAt !== null);
    for (let i = 0; i < count && days.length > 0; i++) {
      const severity: Incident['severity'] = random.weighted(severities);
      const at = instantAt(random.pick(days).day, random.whole(8 * 60, 16 * 60)) + random.whole(0, 59) * SECOND;
      const workOrder = orders.find((order) => order.createdAt < at && (order.completedAt as number) > at - DAY)?.id ?? null;
      if (at >= END) continue;
      world.incidents.push({
        id: ids.next('INC-', 5),
        at,
        severity,
        daysAway: severity === 'days_away' ? random.whole(1, 25) : 0,
        workOrder,
        crew: crew.id,
        region: crew.region,
        stream: crew.stream,
      });
    }
  }
  world.incidents.sort((a, b) => a.at - b.at);
}
