import { DAY, dayNumber, HOUR, instantAt, START, wholeSecond } from './clock.ts';
import { chargingCrew } from './delivery/charging-installation.ts';
import { homeCrew, registerDevices } from './delivery/home-installation.ts';
import { maintain, repairHome } from './delivery/repair.ts';
import { type Journey, openJourney, type Setting } from './journey.ts';
import { CHARGING_PRODUCTS, HOME_PRODUCTS, REGION_WEIGHTS, type Segment } from './places.ts';
import { PLOT } from './plot.ts';
import type { Asset } from './records.ts';
import { subscribe } from './service/subscription.ts';
import { tickets } from './service/ticket.ts';

/** From when on the records of customers taken over from another provider show them. */
const TAKEN_OVER = instantAt(dayNumber('2025-03-03'));

function oldJourney(
  setting: Setting,
  given: { stream: 'NCV-01' | 'NCV-02'; segment: Segment; product: string; doneAt: number },
): Journey {
  const { random } = setting;
  const region = random.weighted(REGION_WEIGHTS);
  const at = given.doneAt - random.between(30, 150) * DAY;
  const journey = openJourney(setting, { ...given, region, channel: 'Before CRM', at });
  journey.record.closedAt = wholeSecond(given.doneAt + 90 * DAY);
  journey.record.outcome = 'completed';
  return journey;
}

/** Homes fitted before the extracts begin, some of them another provider's: they still subscribe, call and need repair. */
export function pastHomes(setting: Setting, count: number): void {
  const { random, world } = setting;
  for (let i = 0; i < count; i++) {
    const takenOver = random.chance(0.09);
    const product = random.weighted(HOME_PRODUCTS);
    const segment = random.chance(0.93) ? 'residential' : 'commercial';
    const doneAt = START - random.between(120, 1100) * DAY;
    const journey = oldJourney(setting, { stream: 'NCV-01', segment, product: product.name, doneAt });
    const { record } = journey;
    record.crew = takenOver ? null : homeCrew(record.region, random).id;
    journey.writeTo(world);
    const site = setting.ids.next('H-', 6);
    const hub = registerDevices(setting, { journey, site, devices: random.whole(1, 3), completedAt: wholeSecond(doneAt) });
    const endsAt = subscribe(setting, record, { at: doneAt + DAY, observedFrom: takenOver ? TAKEN_OVER : null });
    if (endsAt < START) continue;
    const home = { caseId: record.id, region: record.region, site, hub, from: takenOver ? TAKEN_OVER : START };
    tickets(setting, { caseId: record.id, stream: 'NCV-01', asset: hub, from: home.from - 60 * DAY, to: endsAt }, 0.5);
    repairHome(setting, home, 0.2);
    if (random.chance(0.15)) maintain(setting, home, 'NCV-01');
  }
}

/** Charging sites built before the extracts begin: their uptime has a history. */
export function pastChargers(setting: Setting, count: number): void {
  const { random, ids, world } = setting;
  for (let i = 0; i < count; i++) {
    const segment = random.weighted<Segment>([
      ['residential', 10],
      ['commercial', 62],
      ['fleet', 28],
    ]);
    const product = random.weighted(CHARGING_PRODUCTS[segment]);
    const doneAt = START - random.between(110, 900) * DAY;
    const journey = oldJourney(setting, { stream: 'NCV-02', segment, product: product.name, doneAt });
    const { record } = journey;
    record.crew = chargingCrew(record.region).id;
    journey.writeTo(world);
    const site = ids.next('S-', 5);
    const chargers = segment === 'residential' ? 1 : random.whole(1, 3);
    let last = '';
    for (let n = 0; n < chargers; n++) {
      const id = ids.next('CB-', 5);
      last = id;
      const onlineAt = wholeSecond(doneAt + n * DAY);
      const base: Omit<Asset, 'id' | 'parent' | 'kind' | 'connector'> = {
        caseId: record.id,
        site,
        model: product.model,
        firmware: record.region === PLOT.firmware.region ? PLOT.firmware.to : PLOT.firmware.from,
        kw: product.kw,
        installedAt: onlineAt - DAY,
        inServiceAt: onlineAt,
        activatedAt: onlineAt + 5 * HOUR,
        firstOnlineAt: onlineAt,
        firstSessionAt: onlineAt + 5 * HOUR,
        retiredAt: random.chance(0.04) ? wholeSecond(START + random.between(200, 600) * DAY) : null,
      };
      world.assets.push({ ...base, id, parent: null, kind: 'charger', connector: null });
      for (let port = 1, ports = random.whole(product.ports[0], product.ports[1]); port <= ports; port++) {
        world.assets.push({ ...base, id: `${id}-${port}`, parent: id, kind: 'port', connector: port });
      }
    }
    const place = { caseId: record.id, region: record.region, site, hub: last, from: START };
    tickets(
      setting,
      { caseId: record.id, stream: 'NCV-02', asset: last, from: START - 60 * DAY, to: Number.POSITIVE_INFINITY },
      segment === 'residential' ? 0.8 : 3,
    );
    maintain(setting, place, 'NCV-02');
  }
}
