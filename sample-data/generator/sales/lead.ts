import { DAY, dayOf, HOUR, START, seen, workMoment } from '../clock.ts';
import { type Journey, openJourney, type Setting } from '../journey.ts';
import { CAMPAIGNS, CHANNELS, REGION_WEIGHTS, type Segment, type Stream } from '../places.ts';
import { chargingConversion, chargingMix } from '../plot.ts';
import type { Random } from '../random.ts';
import type { Lead } from '../records.ts';

/** A lead with the journey it began, and when it becomes an opportunity; `null` where it never does. */
export interface Enquiry {
  readonly lead: Lead;
  readonly journey: Journey;
  readonly qualifiedAt: number;
  readonly convertsAt: number | null;
}

const DISQUALIFIED: readonly (readonly [string | null, number])[] = [
  ['no response', 34],
  ['budget', 18],
  ['renter without consent', 14],
  ['just browsing', 14],
  ['chose another provider', 9],
  ['credit check', 5],
  [null, 6],
];

function segmentOf(stream: Stream, at: number, random: Random): Segment {
  if (stream === 'NCV-01') return random.chance(0.93) ? 'residential' : 'commercial';
  const mix = chargingMix(dayOf(at));
  return random.weighted<Segment>([
    ['residential', mix.residential],
    ['commercial', mix.commercial],
    ['fleet', mix.fleet],
  ]);
}

function campaignOf(stream: Stream, channel: string, segment: Segment): string | null {
  const ofChannel = CAMPAIGNS[stream].filter((campaign) => campaign.channel === channel);
  return (ofChannel.find((campaign) => campaign.segment === segment) ?? ofChannel[0])?.id ?? null;
}

/** A lead as its form was sent: a person at an address, before anyone has looked at it. */
export function freshLead(setting: Setting, stream: Stream, at: number): Lead {
  const { random, ids } = setting;
  const segment = segmentOf(stream, at, random);
  const channel = random.weighted(CHANNELS[stream].filter(([name]) => segment !== 'fleet' || name !== 'Social'));
  return {
    id: ids.next('00Q5f00000', 8),
    caseId: null,
    stream,
    segment,
    region: random.weighted(REGION_WEIGHTS),
    channel,
    campaign: campaignOf(stream, channel, segment),
    createdAt: at,
    email: random.hex(12),
    phone: random.chance(0.7) ? random.hex(10) : null,
    mqlAt: null,
    sqlAt: null,
    qualifiedAt: null,
    convertedAt: null,
    opportunity: null,
    disqualifiedAt: null,
    disqualifiedWhy: null,
    score: random.whole(5, 60),
    scoreModel: at < START + 300 * DAY ? 'v2' : 'v3',
    serviceable: true,
    isTest: false,
    duplicateOf: null,
  };
}

/** Lets fixed shares of a stream of leads succeed: exact in the long run, so that a planted rate is the rate found. */
export class Quota {
  private readonly owed = new Map<string, number>();

  grants(group: string, share: number): boolean {
    const owed = (this.owed.get(group) ?? 0.5) + share;
    this.owed.set(group, owed >= 1 ? owed - 1 : owed);
    return owed >= 1;
  }
}

/** Follows a lead from the form to the opportunity, or to where it ends. */
export function workLead(setting: Setting, lead: Lead, product: string, quota: Quota): Enquiry {
  const { random } = setting;
  const { stream, segment, createdAt } = lead;
  const journey = openJourney(setting, { ...lead, product, at: createdAt });
  lead.caseId = journey.record.id;
  journey.enter(1, createdAt, 'CRM');
  const wins = stream === 'NCV-01' ? random.chance(0.34) : quota.grants(segment, chargingConversion(dayOf(createdAt), segment));
  if (wins || random.chance(stream === 'NCV-01' ? 0.42 : 0.35)) lead.mqlAt = seen(createdAt + random.waiting(1.2 * DAY));
  if (!wins) return endLead(setting, lead, journey);

  lead.score = random.whole(35, 98);
  const pace = { residential: 5, commercial: 13, fleet: 26 }[segment];
  const limit = { residential: 44, commercial: 52, fleet: 100 }[segment];
  const late = random.chance(0.03);
  const wait = late ? limit + random.between(20, 60) : Math.min(random.waiting(pace) + 0.05, random.between(0.8, 1) * limit);
  const qualifiedAt = workMoment(createdAt + wait * DAY);
  lead.sqlAt = seen(qualifiedAt - random.between(0.2, 3) * HOUR);
  if (lead.sqlAt !== null && (lead.sqlAt < createdAt || (lead.mqlAt !== null && lead.sqlAt < lead.mqlAt)))
    lead.sqlAt = seen(qualifiedAt);
  if (lead.mqlAt !== null && lead.mqlAt > qualifiedAt) lead.mqlAt = seen((createdAt + qualifiedAt) / 2);
  lead.qualifiedAt = seen(qualifiedAt);
  journey.enter(2, qualifiedAt, 'CRM');
  const convertsAt = qualifiedAt + random.between(0.05, 1.5) * DAY;
  lead.convertedAt = seen(convertsAt);
  return { lead, journey, qualifiedAt, convertsAt };
}

function endLead({ random }: Setting, lead: Lead, journey: Journey): Enquiry {
  const closesAt = lead.createdAt + random.skewed(9, 0.9) * DAY;
  if (lead.mqlAt !== null && random.chance(0.12))
    lead.sqlAt = seen(Math.max(lead.mqlAt + DAY / 8, closesAt - random.between(1, 40) * HOUR));
  if (random.chance(0.95)) {
    lead.disqualifiedWhy = random.weighted(DISQUALIFIED);
    lead.disqualifiedAt = seen(Math.max(closesAt, (lead.sqlAt ?? lead.mqlAt ?? lead.createdAt) + HOUR));
    const endsAt = Math.max(closesAt, (lead.sqlAt ?? lead.mqlAt ?? lead.createdAt) + HOUR);
    journey.drop(endsAt, lead.disqualifiedWhy);
    if (lead.disqualifiedAt === null) lead.disqualifiedWhy = null;
  }
  return { lead, journey, qualifiedAt: closesAt, convertsAt: null };
}

/**
 * Turns a fresh lead into one that opens no journey: a test, an address out of area, or a person who asks again.
 * `null` where the lead is an ordinary one.
 */
export function idleLead({ random }: Setting, lead: Lead, earlier: readonly Lead[]): Lead | null {
  if (lead.createdAt < START) return null;
  if (random.chance(0.014)) return { ...lead, isTest: true, email: 'e57e57e57e57', phone: null };
  if (random.chance(0.035))
    return { ...lead, serviceable: false, disqualifiedAt: seen(lead.createdAt + DAY), disqualifiedWhy: 'out of area' };
  if (!random.chance(0.065)) return null;
  const gap = (random.chance(0.85) ? random.between(0.02, 80) : random.between(100, 200)) * DAY;
  const first = nearest(earlier, lead.createdAt - gap);
  if (first === null) return null;
  const again = { ...lead, caseId: first.caseId, segment: first.segment, region: first.region };
  if (first.phone !== null && random.chance(0.2)) again.phone = first.phone;
  else again.email = first.email;
  if (gap < 85 * DAY && random.chance(0.3)) again.duplicateOf = first.id;
  return again;
}

/** The ordinary lead created last before an instant, within a week. */
function nearest(leads: readonly Lead[], at: number): Lead | null {
  let low = 0;
  let high = leads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((leads[middle] as Lead).createdAt <= at) low = middle + 1;
    else high = middle;
  }
  const found = leads[low - 1];
  return found && at - found.createdAt < 4 * DAY ? found : null;
}
