import { DAY, END, HOUR, seen, wholeSecond, workMoment } from '../clock.ts';
import type { Journey, Setting } from '../journey.ts';
import { type ChargingProduct, CREWS, type Crew } from '../places.ts';
import { PLOT } from '../plot.ts';
import type { Asset, WorkOrder } from '../records.ts';
import { appoint, endOf, openOrder } from './appointment.ts';

/** A charger that is in the ground, and when its customer could first use it. */
export interface BuiltCharger {
  readonly asset: Asset;
  readonly ports: readonly Asset[];
  readonly completedAt: number;
}

export function chargingCrew(region: string): Crew {
  return CREWS.find((crew) => crew.stream === 'NCV-02' && crew.region === region) as Crew;
}

interface Job {
  readonly product: ChargingProduct;
  readonly chargers: number;
  readonly orderedAt: number;
}

/** Builds every charger of a contract, from permit to inspection, commissioning and first session. */
export function installChargers(setting: Setting, journey: Journey, job: Job): BuiltCharger[] {
  const { ids } = setting;
  const { record } = journey;
  record.crew = chargingCrew(record.region).id;
  const site = ids.next('S-', 5);
  const dates = preparation(setting, record.segment, job.orderedAt);
  const built: BuiltCharger[] = [];
  let inspected = 0;
  for (let n = 0; n < job.chargers; n++) {
    const one = installOne(setting, journey, { ...job, site, dates, delay: n * 1.5 * DAY });
    inspected = Math.max(inspected, one?.inspectedAt ?? Number.POSITIVE_INFINITY);
    if (one !== null && one.charger !== null) built.push(one.charger);
  }
  if (inspected >= END) return built;
  journey.enter(5, inspected, 'field service');
  const activated = built.map((each) => each.asset.activatedAt ?? Number.POSITIVE_INFINITY);
  if (built.length < job.chargers || Math.max(...activated) >= END) return built;
  journey.enter(6, Math.max(inspected, ...activated), 'charging network');
  return built;
}

interface Preparation {
  readonly submittedAt: number;
  readonly approvedAt: number;
  readonly upgradedAt: number | null;
  readonly buildsFrom: number;
}

function preparation({ random }: Setting, segment: string, orderedAt: number): Preparation {
  const home = segment === 'residential';
  const submittedAt = workMoment(orderedAt + random.between(home ? 0.5 : 4, home ? 4 : 20) * DAY);
  const approvedAt = workMoment(submittedAt + random.skewed(home ? 7 : 32, 0.45) * DAY);
  const upgrade = random.chance(home ? 0.22 : 0.6);
  const upgradedAt = upgrade ? workMoment(approvedAt + random.skewed(home ? 6 : 26, 0.5) * DAY) : null;
  const buildsFrom = (upgradedAt ?? approvedAt) + random.between(home ? 2 : 8, home ? 10 : 30) * DAY;
  return { submittedAt, approvedAt, upgradedAt, buildsFrom };
}

interface OneJob extends Job {
  readonly site: string;
  readonly dates: Preparation;
  readonly delay: number;
}

function installOne(
  setting: Setting,
  journey: Journey,
  job: OneJob,
): { inspectedAt: number; charger: BuiltCharger | null } | null {
  const { random, ids, world } = setting;
  const { record } = journey;
  const { dates, product, site } = job;
  const crew = chargingCrew(record.region);
  const id = ids.next('CB-', 5);
  const order = openOrder(setting, {
    caseId: record.id,
    asset: id,
    site,
    kind: 'install',
    region: record.region,
    createdAt: job.orderedAt + HOUR,
  });
  if (order.createdAt >= END) return null;
  world.workOrders.push(order);
  order.permitSubmittedAt = seen(dates.submittedAt);
  order.permitApprovedAt = seen(dates.approvedAt);
  order.upgradeDoneAt = seen(dates.upgradedAt);
  order.deviceCount = 1;
  const hours = product.kw > 100 ? random.between(7, 13) : product.kw > 15 ? random.between(3, 7) : random.between(2, 4.5);
  let notBefore = dates.buildsFrom + job.delay;
  let completedAt = Number.POSITIVE_INFINITY;
  for (let number = 1; number <= 3; number++) {
    if (notBefore >= END + 20 * DAY) return null;
    const outcome = number === 3 || random.chance(0.86) ? 'completed' : random.chance(0.75) ? 'incomplete' : 'no_access';
    const visit = appoint(setting, {
      order,
      number,
      crew,
      notBefore,
      workHours: hours,
      outcome,
      cause: null,
      plannedMulti: false,
    });
    if (visit.outcome === 'scheduled') return null;
    if (outcome === 'completed') {
      completedAt = endOf(visit);
      break;
    }
    notBefore = endOf(visit) + random.between(1, 9) * DAY;
  }
  order.completedAt = seen(completedAt);
  if (order.completedAt === null) return null;
  const inspectedAt = inspect(setting, order, crew.id === 'EV-C1' ? 0.86 : 0.93);
  return { inspectedAt, charger: activate(setting, { journey, order, product, site, inspectedAt }) };
}

/** The inspector comes within some days; a failed first inspection brings rework before the second. */
function inspect(setting: Setting, order: WorkOrder, passes: number): number {
  const { random } = setting;
  const completedAt = order.completedAt as number;
  const firstAt = workMoment(completedAt + random.between(0.6, 9) * DAY);
  const result = random.chance(0.03) ? 'no_show' : random.chance(passes) ? 'pass' : 'fail';
  let secondAt = workMoment(firstAt + random.between(2, 12) * DAY);
  if (firstAt < END) order.firstInspection = result;
  const { caseId, asset, site, region } = order;
  const raisedAt = firstAt + 2 * HOUR;
  if (result === 'fail' && raisedAt < END) {
    const rework = openOrder(setting, { caseId, asset, site, kind: 'rework', region, createdAt: raisedAt });
    rework.defectCause = random.pick(['install-grounding', 'install-conduit', 'install-labelling']);
    secondAt = workMoment(mend(setting, rework) + random.between(0.5, 5) * DAY);
  }
  const laterAt = completedAt + random.between(10, 29) * DAY;
  if (random.chance(0.045) && laterAt < END) {
    const repair = openOrder(setting, { caseId, asset, site, kind: 'repair', region, createdAt: laterAt });
    repair.defectCause = random.chance(0.6) ? 'install-termination' : 'hardware-display';
    mend(setting, repair);
  }
  const inspectedAt = result === 'pass' ? firstAt : secondAt;
  order.inspectedAt = seen(inspectedAt);
  return inspectedAt;
}

/** Sends the crew again; gives when it was done. */
function mend(setting: Setting, order: WorkOrder): number {
  setting.world.workOrders.push(order);
  const crew = chargingCrew(order.region);
  const cause = order.defectCause;
  const visit = appoint(setting, {
    order,
    number: 1,
    crew,
    notBefore: order.createdAt,
    workHours: 1.5,
    outcome: 'completed',
    cause,
    plannedMulti: false,
  });
  order.completedAt = visit.outcome === 'scheduled' ? null : seen(endOf(visit));
  return endOf(visit);
}

interface Activation {
  readonly journey: Journey;
  readonly order: WorkOrder;
  readonly product: ChargingProduct;
  readonly site: string;
  readonly inspectedAt: number;
}

/** Commissions a charger, and enters it and its ports into the register with what has happened by the last day. */
function activate(setting: Setting, { journey, order, product, site, inspectedAt }: Activation): BuiltCharger {
  const { random, world } = setting;
  const caseId = journey.record.id;
  const charger = order.asset as string;
  const completedAt = order.completedAt as number;
  let at = inspectedAt + random.skewed(journey.record.segment === 'residential' ? 0.15 : 0.9, 0.8) * DAY;
  for (let attempt = 1; attempt <= 5; attempt++) {
    const passes = attempt === 5 || random.chance(attempt === 1 ? 0.9 : 0.8);
    const doneAt = seen(at);
    if (doneAt === null) break;
    const failCode = passes
      ? null
      : random.weighted([
          ['network', 40],
          ['firmware', 25],
          ['meter', 15],
          ['RFID', 12],
          ['electrical', 8],
        ] as const);
    world.steps.push({
      caseId,
      asset: charger,
      step: 'commission',
      attempt,
      required: true,
      result: passes ? 'pass' : 'fail',
      failCode,
      doneAt,
    });
    if (passes) break;
    at += random.between(0.3, 3.5) * DAY;
  }
  const onlineAt = wholeSecond(at + random.between(0.1, 4) * HOUR);
  const sessionAt = onlineAt + Math.round(random.skewed(5, 1)) * HOUR;
  const activatedAt = Math.max(onlineAt, sessionAt);
  if (onlineAt < END)
    world.steps.push({
      caseId,
      asset: charger,
      step: 'network_active',
      attempt: 1,
      required: true,
      result: 'pass',
      failCode: null,
      doneAt: onlineAt,
    });
  const networked = random.chance({ residential: 0.05, commercial: 0.8, fleet: 0.9 }[journey.record.segment]);
  const firmware = journey.record.region === PLOT.firmware.region ? PLOT.firmware.to : PLOT.firmware.from;
  const base = {
    caseId,
    site,
    firmware,
    kw: product.kw,
    installedAt: seen(completedAt),
    inServiceAt: seen(onlineAt),
    activatedAt: seen(activatedAt),
    firstOnlineAt: seen(onlineAt),
    firstSessionAt: seen(sessionAt),
    retiredAt: null,
  };
  const asset: Asset = { ...base, id: charger, parent: null, kind: 'charger', connector: null, model: product.model };
  world.assets.push(asset);
  const count = networked ? random.whole(product.ports[0], product.ports[1]) : 0;
  const ports = Array.from({ length: count }, (_, index): Asset => {
    return { ...base, id: `${charger}-${index + 1}`, parent: charger, kind: 'port', connector: index + 1, model: product.model };
  });
  world.assets.push(...ports);
  return { asset, ports, completedAt };
}
