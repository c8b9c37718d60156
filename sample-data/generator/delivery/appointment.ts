import { DAY, dayOf, END, HOUR, instantAt, MINUTE, seen, weekday, wholeSecond } from '../clock.ts';
import type { Setting } from '../journey.ts';
import type { Crew } from '../places.ts';
import type { Visit, WorkOrder } from '../records.ts';

/** What one appointment is to be. */
export interface Plan {
  readonly order: WorkOrder;
  readonly number: number;
  readonly crew: Crew;
  readonly notBefore: number;
  readonly workHours: number;
  readonly outcome: Visit['outcome'];
  readonly cause: string | null;
  readonly plannedMulti: boolean;
}

const SLOTS = [8, 10, 13, 15] as const;

/** Books an appointment, moves it where life does, and has it carried out where its day has come. Instants still to come stay null. */
export function appoint({ random, ids, world }: Setting, plan: Plan): Visit {
  let day = dayOf(plan.notBefore) + 1;
  if (weekday(day) === 7) day += 1;
  const slot = random.pick(SLOTS) * 60;
  const firstStart = instantAt(day, slot);
  const windowEnd = instantAt(day, slot + 120);
  const moves = random.chance(0.11) ? (random.chance(0.15) ? 2 : 1) : 0;
  let at = day;
  for (let i = 0; i < moves; i++) at += random.whole(1, 8);
  if (weekday(at) === 7) at += 1;
  const scheduledStart = instantAt(at, slot);
  const arrives = random.weighted([
    ['early', 2],
    ['inside', 90],
    ['late', 8],
  ] as const);
  const minutes = { early: random.between(-35, -4), inside: random.between(1, 112), late: random.between(124, 260) }[arrives];
  const goes = plan.outcome !== 'cancelled';
  const actualStart = goes ? seen(scheduledStart + minutes * MINUTE) : null;
  const forgotten = plan.outcome === 'completed' && random.chance(0.006);
  const stays = plan.outcome === 'no_access' ? 0.3 : forgotten ? random.between(17, 22) : plan.workHours;
  const actualEnd = actualStart === null ? null : seen(actualStart + stays * HOUR);
  const over = plan.outcome === 'cancelled' ? seen(firstStart) !== null : actualEnd !== null;
  const visit: Visit = {
    id: ids.next('SA-', 7),
    workOrder: plan.order.id,
    number: plan.number,
    firstStart,
    scheduledStart,
    scheduledEnd: wholeSecond(scheduledStart + Math.ceil(plan.workHours) * HOUR),
    windowStart: firstStart,
    windowEnd,
    actualStart,
    actualEnd,
    pauseMinutes: actualEnd === null ? null : plan.workHours > 4 && plan.outcome !== 'no_access' ? random.whole(20, 50) : 0,
    crew: plan.crew.id,
    crewSize: plan.crew.size,
    outcome: over ? plan.outcome : 'scheduled',
    moves,
    moveReason:
      moves > 0
        ? random.weighted([
            ['company', 36],
            ['customer', 38],
            ['materials', 16],
            ['weather', 10],
          ] as const)
        : null,
    cause: plan.cause,
    plannedMulti: plan.plannedMulti,
  };
  world.visits.push(visit);
  return visit;
}

/** When an appointment ended; far in the future where its day has not come. */
export function endOf(visit: Visit): number {
  if (visit.actualEnd !== null) return visit.actualEnd;
  if (visit.outcome === 'cancelled') return visit.firstStart;
  return Math.max(visit.scheduledEnd, END) + DAY;
}

/** When work on site began; far in the future where it has not. */
export function startOf(visit: Visit): number {
  return visit.actualStart ?? Math.max(visit.scheduledStart, END) + DAY;
}

/** A work order without dates beyond its creation. */
export function openOrder(
  { ids }: Setting,
  given: Pick<WorkOrder, 'caseId' | 'asset' | 'site' | 'kind' | 'region' | 'createdAt'>,
): WorkOrder {
  return {
    ...given,
    createdAt: wholeSecond(given.createdAt),
    id: ids.next('WO-', 7),
    permitSubmittedAt: null,
    permitApprovedAt: null,
    upgradeDoneAt: null,
    completedAt: null,
    firstInspection: null,
    inspectedAt: null,
    deviceCount: null,
    plannedVisits: 1,
    defectCause: null,
  };
}
