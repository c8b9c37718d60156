import { DAY, dayOf, END, HOUR, monthOf, START, seen, wholeSecond } from '../clock.ts';
import type { Journey, Setting } from '../journey.ts';
import { CREWS, type Crew, type HomeProduct } from '../places.ts';
import { PLOT } from '../plot.ts';
import type { Random } from '../random.ts';
import { appoint, endOf, openOrder, startOf } from './appointment.ts';

/** A home that was fitted out: what support and subscriptions build on. */
export interface FittedHome {
  readonly journey: Journey;
  readonly site: string;
  readonly hub: string;
  readonly completedAt: number;
  readonly activeAt: number | null;
}

export function homeCrew(region: string, random: Random): Crew {
  return random.pick(CREWS.filter((crew) => crew.stream === 'NCV-01' && crew.region === region));
}

/** Chances of a crew at an instant: that the first visit completes, and that someone must come again within 30 days. */
export function skillOf(crew: Crew, at: number): { completes: number; repeats: number } {
  const weak = crew.id === PLOT.weakCrew.crew && monthOf(dayOf(at)) >= PLOT.weakCrew.from;
  return weak ? { completes: PLOT.weakCrew.completed, repeats: PLOT.weakCrew.repeat } : { completes: 0.92, repeats: 0.05 };
}

/** Installs a home from the sales order to the last visit; `null` where it is not finished by the last day. */
export function installHome(
  setting: Setting,
  journey: Journey,
  job: { product: HomeProduct; orderedAt: number },
): FittedHome | null {
  const { random, ids, world } = setting;
  const { record } = journey;
  const { product } = job;
  const crew = homeCrew(record.region, random);
  record.crew = crew.id;
  const site = ids.next('H-', 6);
  const order = openOrder(setting, {
    caseId: record.id,
    asset: null,
    site,
    kind: 'install',
    region: record.region,
    createdAt: job.orderedAt + random.between(0.5, 20) * HOUR,
  });
  if (order.createdAt >= END) return null;
  world.workOrders.push(order);
  const devices = random.whole(product.devices[0], product.devices[1]);
  const multi = product.name === 'Whole Home' && random.chance(0.4);
  order.deviceCount = random.chance(0.97) ? devices + 1 : null;
  order.plannedVisits = multi ? 2 : 1;

  let notBefore = order.createdAt + random.between(4, 19) * DAY;
  let completedAt = Number.POSITIVE_INFINITY;
  for (let number = 1; number <= 4; number++) {
    const last = number === 4;
    const completes = skillOf(crew, notBefore).completes;
    const good = multi && number === 1 ? 'incomplete' : 'completed';
    const outcome =
      last || random.chance(completes)
        ? last
          ? 'completed'
          : good
        : random.weighted([
            ['incomplete', 7],
            ['no_access', 3],
            ['cancelled', 1],
          ] as const);
    const workHours = product.hours * (devices / product.devices[1]) * random.skewed(1, 0.24) * (number === 1 ? 1 : 0.5) + 0.4;
    const visit = appoint(setting, { order, number, crew, notBefore, workHours, outcome, cause: null, plannedMulti: multi });
    if (visit.actualStart !== null || startOf(visit) < END) journey.enter(5, startOf(visit), 'field service');
    if (visit.outcome === 'scheduled') return null;
    if (outcome === 'completed') {
      completedAt = endOf(visit);
      break;
    }
    const why =
      outcome === 'incomplete' ? (multi && number === 1 ? 'second day planned' : 'parts missing') : outcome.replace('_', ' ');
    if (visit.actualStart !== null) journey.sendBack(4, endOf(visit), { reason: why, source: 'field service' });
    notBefore = endOf(visit) + random.between(1, 8) * DAY;
  }
  order.completedAt = seen(completedAt);
  if (order.completedAt === null) return null;
  journey.enter(6, completedAt, 'field service');
  const hub = registerDevices(setting, { journey, site, devices, completedAt });
  const activeAt = activatePlatform(setting, journey, completedAt);
  return { journey, site, hub, completedAt, activeAt };
}

interface Fitting {
  readonly journey: Journey;
  readonly site: string;
  readonly devices: number;
  readonly completedAt: number;
}

/** Enters hub and devices into the register and gives the hub's id. A few devices come online late or never. */
export function registerDevices({ random, ids, world }: Setting, fitting: Fitting): string {
  const { journey, site, devices, completedAt } = fitting;
  const hub = ids.next('HUB-', 6);
  const base = {
    caseId: journey.record.id,
    site,
    connector: null,
    kw: null,
    installedAt: seen(completedAt),
    inServiceAt: seen(completedAt),
    activatedAt: null,
    firstSessionAt: null,
    retiredAt: null,
  };
  const troubled = random.chance(0.1);
  const online = () =>
    troubled && random.chance(0.4)
      ? random.chance(0.3)
        ? null
        : completedAt + random.between(3, 25) * DAY
      : completedAt - random.between(0.05, 1) * HOUR;
  world.assets.push({
    ...base,
    id: hub,
    parent: null,
    kind: 'hub',
    model: 'HomeHub 2',
    firmware: '5.1.2',
    firstOnlineAt: seen(completedAt - random.between(0.1, 1.2) * HOUR),
  });
  for (let i = 1; i <= devices; i++) {
    const model = random.pick(['Thermostat T3', 'Smart Plug P1', 'Door Sensor D2', 'Leak Sensor L1', 'Energy Meter M2']);
    world.assets.push({
      ...base,
      id: `${hub}-${String(i).padStart(2, '0')}`,
      parent: hub,
      kind: 'device',
      model,
      firmware: '1.8.0',
      firstOnlineAt: seen(online()),
    });
  }
  return hub;
}

/** Activates the platform, trains the customer, and asks how it went; gives when the platform became active. */
function activatePlatform({ random, world }: Setting, journey: Journey, completedAt: number): number | null {
  const caseId = journey.record.id;
  let at = completedAt + random.between(0.02, 2.5) * DAY;
  const never = random.chance(0.03);
  for (let attempt = 1; attempt <= 4; attempt++) {
    const passes = !never && random.chance(completedAt > START + 400 * DAY ? 0.86 : 0.8);
    const doneAt = seen(at);
    if (doneAt === null) return null;
    const failCode = passes ? null : random.pick(['wifi', 'account mismatch', 'device offline', 'app version']);
    world.steps.push({
      caseId,
      asset: null,
      step: 'platform_active',
      attempt,
      required: true,
      result: passes ? 'pass' : 'fail',
      failCode,
      doneAt,
    });
    if (passes) {
      const trainedAt = wholeSecond(at + random.between(0.2, 6) * DAY);
      if (trainedAt < END)
        world.steps.push({
          caseId,
          asset: null,
          step: 'training',
          attempt: 1,
          required: true,
          result: 'pass',
          failCode: null,
          doneAt: trainedAt,
        });
      journey.enter(7, trainedAt, 'platform');
      journey.complete(trainedAt + 90 * DAY);
      return wholeSecond(at);
    }
    at += random.between(1, 9) * DAY;
  }
  if (never) journey.drop(at, 'never activated');
  return null;
}
