import { DAY, dayNumber, END, instantAt, START } from './clock.ts';
import { installChargers } from './delivery/charging-installation.ts';
import { homeCrew, installHome } from './delivery/home-installation.ts';
import { onboard } from './delivery/onboarding.ts';
import { callBack, maintain, repairHome } from './delivery/repair.ts';
import { incidents, rosterDays } from './delivery/technician-day.ts';
import { Ids, type Journey, openJourney, type Setting } from './journey.ts';
import { pastChargers, pastHomes } from './past.ts';
import { CHARGING_PRODUCTS, CREWS, type Crew, HOME_PRODUCTS, type HomeProduct, REGION_WEIGHTS, type Stream } from './places.ts';
import { PLOT } from './plot.ts';
import { Random } from './random.ts';
import { emptyWorld, type Lead, type World } from './records.ts';
import { arrivals } from './sales/arrival.ts';
import { freshLead, idleLead, Quota, workLead } from './sales/lead.ts';
import { invoice, type Offer, sell } from './sales/sale.ts';
import { spendOnCampaigns } from './sales/spend.ts';
import { subscribe } from './service/subscription.ts';
import { survey } from './service/survey.ts';
import { tickets } from './service/ticket.ts';
import { logChargers } from './telemetry/charger-log.ts';
import { logHubs } from './telemetry/hub-log.ts';

/** Tells the whole sample: the same seed and scale give the same world. `scale` 1 is the sample as shipped. */
export function makeWorld(seed: string, scale = 1): World {
  const setting: Setting = { world: emptyWorld(), ids: new Ids(), random: new Random(seed), scale };
  const room = (name: string): Setting => ({ ...setting, random: setting.random.fork(name) });
  pastHomes(room('past homes'), Math.round(900 * scale));
  pastChargers(room('past chargers'), Math.round(28 * scale) + 2);
  walk(room('NCV-01'), 'NCV-01');
  walk(room('NCV-02'), 'NCV-02');
  partnerJobs(room('partner jobs'), Math.max(2, Math.round(PLOT.partnerJobs * scale)));
  spendOnCampaigns(room('spend'));
  rosterDays(room('roster'));
  incidents(room('incidents'));
  logChargers(room('charger log'));
  logHubs(room('hub log'));
  return setting.world;
}

/** Follows every enquiry of a stream to its end, or to the last day. Journeys over before the first day are not extracted. */
function walk(setting: Setting, stream: Stream): void {
  const { random, world, scale } = setting;
  const quota = new Quota();
  const ordinary: Lead[] = [];
  for (const at of arrivals(stream, random.fork('arrivals'), scale)) {
    const scratch = emptyWorld();
    const own: Setting = { ...setting, world: scratch };
    const lead = freshLead(own, stream, at);
    const idle = idleLead(own, lead, ordinary);
    if (idle !== null) {
      world.leads.push(idle);
      continue;
    }
    const installed = stream === 'NCV-01' ? homeJourney(own, lead, quota) : chargingJourney(own, lead, quota);
    if (!installed.done && !installed.journey.isAlive()) continue;
    installed.journey.writeTo(scratch);
    scratch.leads.push(lead);
    for (const name of Object.keys(world) as (keyof World)[]) (world[name] as unknown[]).push(...scratch[name]);
    if (lead.createdAt >= START) ordinary.push(lead);
  }
}

interface Walked {
  readonly journey: Journey;
  readonly done: boolean;
}

function homeJourney(setting: Setting, lead: Lead, quota: Quota): Walked {
  const { random } = setting;
  const product = random.weighted(HOME_PRODUCTS);
  const enquiry = workLead(setting, lead, product.name, quota);
  if (enquiry.convertsAt === null) return { journey: enquiry.journey, done: false };
  const business = lead.segment === 'commercial';
  const offer: Offer = {
    oneOff: random.skewed(product.price, 0.16) * (business ? 1.5 : 1),
    monthly: Math.round(product.monthly * random.between(0.9, 1.1) * 100) / 100,
    termMonths: random.pick([24, 36]),
    marginShare: random.between(0.28, 0.4),
    daysToQuote: business ? 5 : 3,
    daysToDecide: business ? 13 : 8,
    validDays: 60,
    winShare: business ? 0.4 : 0.46,
    siteAssessment: false,
  };
  const contract = sell(setting, enquiry, offer);
  if (contract === null) return { journey: enquiry.journey, done: false };
  const done = fitHome(setting, enquiry.journey, { product, orderedAt: contract.signedAt });
  if (done !== null) invoice(setting, contract, done);
  return { journey: enquiry.journey, done: done !== null };
}

/** Installs a home and serves it from then on; gives when the installation was complete. */
function fitHome(setting: Setting, journey: Journey, job: { product: HomeProduct; orderedAt: number }): number | null {
  const { random } = setting;
  const fitted = installHome(setting, journey, job);
  if (fitted === null) return null;
  const { record } = journey;
  const { site, hub, completedAt } = fitted;
  const home = { caseId: record.id, region: record.region, site, hub, from: completedAt };
  callBack(setting, home, CREWS.find((crew) => crew.id === record.crew) as Crew);
  const startsAt = fitted.activeAt ?? completedAt + 10 * DAY;
  const endsAt = subscribe(setting, record, { at: startsAt, observedFrom: null });
  tickets(setting, { caseId: record.id, stream: 'NCV-01', asset: hub, from: completedAt, to: endsAt }, 0.5);
  repairHome(setting, home, 0.2);
  if (random.chance(0.1)) maintain(setting, home, 'NCV-01');
  if (fitted.activeAt !== null)
    survey(setting, journey, { touchpoint: 'onboarding', at: fitted.activeAt + random.between(5, 9) * DAY, happy: 0.86 });
  return completedAt;
}

function chargingJourney(setting: Setting, lead: Lead, quota: Quota): Walked {
  const { random } = setting;
  const { segment } = lead;
  const product = random.weighted(CHARGING_PRODUCTS[segment]);
  const enquiry = workLead(setting, lead, product.name, quota);
  const { journey } = enquiry;
  if (enquiry.convertsAt === null) return { journey, done: false };
  const chargers = {
    residential: 1,
    commercial: random.weighted([
      [1, 13],
      [2, 6],
      [3, 1],
    ] as const),
    fleet: random.whole(1, 4),
  }[segment];
  const offer: Offer = {
    oneOff: random.skewed(product.price, 0.2) * chargers,
    monthly: Math.round(product.monthly * chargers * 100) / 100,
    termMonths: segment === 'residential' ? 24 : 60,
    marginShare: random.between(0.2, 0.3),
    daysToQuote: { residential: 2.2, commercial: 14, fleet: 26 }[segment],
    daysToDecide: { residential: 10, commercial: 38, fleet: 62 }[segment],
    validDays: { residential: 45, commercial: 90, fleet: 120 }[segment],
    winShare: { residential: 0.5, commercial: 0.38, fleet: 0.45 }[segment],
    siteAssessment: segment !== 'residential',
  };
  const contract = sell(setting, enquiry, offer);
  if (contract === null) return { journey, done: false };
  const built = installChargers(setting, journey, { product, chargers, orderedAt: contract.signedAt });
  if (built.length === 0) return { journey, done: false };
  onboard(setting, journey, built);
  const completedAt = Math.max(...built.map((each) => each.completedAt));
  if (built.length === chargers) invoice(setting, contract, completedAt);
  const first = built[0] as (typeof built)[number];
  survey(setting, journey, { touchpoint: 'post_install', at: completedAt + random.between(8, 16) * DAY, happy: 0.82 });
  tickets(
    setting,
    { caseId: journey.record.id, stream: 'NCV-02', asset: first.asset.id, from: completedAt, to: END },
    segment === 'residential' ? 0.6 : 2.6,
  );
  if (segment !== 'residential' && random.chance(0.6))
    subscribe(setting, journey.record, { at: completedAt + 5 * DAY, observedFrom: null });
  return { journey, done: true };
}

/** Homes sold by a partner whose contracts never reached the CRM: the work is on record, the sale is not. */
function partnerJobs(setting: Setting, count: number): void {
  const { random, world } = setting;
  const from = instantAt(dayNumber('2024-12-02'));
  for (let i = 0; i < count; i++) {
    const product = random.weighted(HOME_PRODUCTS);
    const at = random.between(from, END - 45 * DAY);
    const opening = {
      stream: 'NCV-01',
      segment: 'residential',
      region: random.weighted(REGION_WEIGHTS),
      channel: 'Retail Partner',
    } as const;
    const journey = openJourney(setting, { ...opening, product: product.name, at });
    journey.record.crew = homeCrew(journey.record.region, random).id;
    journey.enter(4, journey.record.openedAt, 'field service');
    fitHome(setting, journey, { product, orderedAt: journey.record.openedAt });
    journey.writeTo(world);
  }
}
