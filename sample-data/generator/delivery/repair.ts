import { DAY, END, START, seen } from '../clock.ts';
import type { Setting } from '../journey.ts';
import { CREWS, type Crew, type Region } from '../places.ts';
import { appoint, endOf, openOrder } from './appointment.ts';
import { homeCrew, skillOf } from './home-installation.ts';

const CAUSES = ['connectivity', 'thermostat', 'hub', 'sensor', 'wiring'] as const;

interface Home {
  readonly caseId: string;
  readonly region: Region;
  readonly site: string;
  readonly hub: string;
  readonly from: number;
}

/** Repairs of a home over the months it is served, with the crew that comes again where the first visit did not help. */
export function repairHome(setting: Setting, home: Home, perYear: number): void {
  const { random } = setting;
  for (let at = Math.max(home.from + 35 * DAY, START) + random.waiting(365 / perYear) * DAY; at < END; ) {
    const crew = homeCrew(home.region, random);
    const cause = random.pick(CAUSES);
    repair(setting, home, { at, crew, cause });
    at += (31 + random.waiting(365 / perYear)) * DAY;
  }
}

/** The visit that an installation should have made needless, within 30 days. */
export function callBack(setting: Setting, home: Home, crew: Crew): void {
  const { random } = setting;
  if (home.from < START - 30 * DAY || !random.chance(skillOf(crew, home.from).repeats)) return;
  repairOnce(setting, home, { at: home.from + random.between(2, 20) * DAY, crew, cause: random.pick(CAUSES) }, 'completed');
}

interface Call {
  readonly at: number;
  readonly crew: Crew;
  readonly cause: string;
}

function repair(setting: Setting, home: Home, call: Call): void {
  const { random } = setting;
  const skill = skillOf(call.crew, call.at);
  const outcome = random.chance(skill.completes - 0.02)
    ? 'completed'
    : random.weighted([
        ['incomplete', 8],
        ['no_access', 3],
      ] as const);
  const endsAt = repairOnce(setting, home, call, outcome);
  if (outcome === 'completed' && random.chance(skill.repeats + 0.02)) {
    const cause = random.chance(0.75) ? call.cause : random.pick(CAUSES);
    repairOnce(setting, home, { ...call, cause, at: endsAt + random.between(2, 19) * DAY }, 'completed');
  }
}

function repairOnce(setting: Setting, home: Home, call: Call, first: 'completed' | 'incomplete' | 'no_access'): number {
  const { random, world } = setting;
  const { caseId, site, hub, region } = home;
  if (call.at >= END) return call.at;
  const order = openOrder(setting, { caseId, asset: hub, site, kind: 'repair', region, createdAt: call.at });
  order.defectCause = call.cause;
  order.deviceCount = 1;
  world.workOrders.push(order);
  const plan = { order, crew: call.crew, cause: random.chance(0.92) ? call.cause : null, plannedMulti: false };
  const workHours = random.between(0.5, 2.2);
  const one = appoint(setting, {
    ...plan,
    number: 1,
    notBefore: call.at + random.between(0, 3) * DAY,
    workHours,
    outcome: first,
  });
  if (first === 'completed') {
    order.completedAt = one.outcome === 'scheduled' ? null : seen(endOf(one));
    return endOf(one);
  }
  if (one.outcome === 'scheduled') return endOf(one);
  const two = appoint(setting, {
    ...plan,
    number: 2,
    notBefore: endOf(one) + random.between(1, 6) * DAY,
    workHours,
    outcome: 'completed',
  });
  order.completedAt = two.outcome === 'scheduled' ? null : seen(endOf(two));
  return endOf(two);
}

/** Yearly maintenance of a home or charger: a visit that is no repeat of anything. */
export function maintain(setting: Setting, place: Home, stream: 'NCV-01' | 'NCV-02'): void {
  const { random, world } = setting;
  const crew = CREWS.find((each) => each.stream === stream && each.region === place.region) as Crew;
  for (let at = place.from + random.between(150, 420) * DAY; at < END; at += 365 * DAY) {
    if (at < START) continue;
    const { caseId, site, hub, region } = place;
    const order = openOrder(setting, { caseId, asset: hub, site, kind: 'maintenance', region, createdAt: at });
    world.workOrders.push(order);
    const visit = appoint(setting, {
      order,
      number: 1,
      crew,
      notBefore: at + 3 * DAY,
      workHours: 1,
      outcome: 'completed',
      cause: null,
      plannedMulti: false,
    });
    order.completedAt = visit.outcome === 'scheduled' ? null : seen(endOf(visit));
  }
}
