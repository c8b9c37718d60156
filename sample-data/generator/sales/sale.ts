import {
  DAY,
  dayOf,
  END,
  firstDayOf,
  HOUR,
  instantAt,
  lastDayOf,
  monthOf,
  quarterOf,
  START,
  seen,
  wholeSecond,
  workMoment,
} from '../clock.ts';
import type { Setting } from '../journey.ts';
import { PLOT } from '../plot.ts';
import type { Opportunity, Quote } from '../records.ts';
import type { Enquiry } from './lead.ts';

/** What is offered and how the kind of customer buys. */
export interface Offer {
  readonly oneOff: number;
  readonly monthly: number;
  readonly termMonths: number;
  readonly marginShare: number;
  /** Median days from qualification to the first quote, and from there to a decision. */
  readonly daysToQuote: number;
  readonly daysToDecide: number;
  readonly validDays: number;
  readonly winShare: number;
  readonly siteAssessment: boolean;
}

/** A sale that was signed: what comes after needs the contract and the accepted quote. */
export interface Contract {
  readonly opportunity: Opportunity;
  readonly accepted: Quote;
  readonly signedAt: number;
}

const LOST: readonly (readonly [string | null, number])[] = [
  ['price', 36],
  ['competitor', 22],
  ['no decision', 20],
  ['postponed', 12],
  ['technical', 6],
  [null, 4],
];

/** Sells: opportunity, quote versions, decision. `null` where nothing was signed by the last day. */
export function sell(setting: Setting, enquiry: Enquiry, offer: Offer): Contract | null {
  const { random, ids, world } = setting;
  const { journey, lead } = enquiry;
  const createdAt = wholeSecond(enquiry.convertsAt ?? 0);
  if (createdAt >= END) return null;
  const opportunity: Opportunity = {
    id: ids.next('0065f00000', 8),
    caseId: journey.record.id,
    createdAt,
    decidedAt: null,
    outcome: 'open',
    lostReason: null,
    campaign: lead.campaign,
    amount: null,
    margin: null,
    signedAt: null,
    oneOff: null,
    monthly: null,
    termMonths: null,
    cancelledAt: null,
    amends: null,
  };
  lead.opportunity = opportunity.id;
  world.opportunities.push(opportunity);

  const issuedAt = workMoment(Math.max(enquiry.qualifiedAt + random.skewed(offer.daysToQuote, 0.55) * DAY, createdAt + HOUR));
  if (random.chance(0.07)) {
    const leavesAt = workMoment(createdAt + random.between(0.3, 1.5) * offer.daysToQuote * DAY);
    journey.drop(leavesAt, 'lost interest before the offer');
    lose(setting, opportunity, leavesAt, 'no decision');
    return null;
  }
  const quotes = issueQuotes(setting, enquiry, { opportunity, offer, issuedAt });
  const last = quotes[quotes.length - 1] as Quote;
  opportunity.amount = value(last.amount, offer);
  const lastIssued = last.issuedAt as number;
  const decidesAt = workMoment(lastIssued + random.skewed(offer.daysToDecide, 0.7) * DAY);
  const expires = last.validUntil as number;
  if (decidesAt < expires && random.chance(offer.winShare)) return win(setting, enquiry, { opportunity, offer, last, decidesAt });
  if (decidesAt < expires && random.chance(0.72)) {
    last.declinedAt = seen(decidesAt);
    last.status = last.declinedAt === null ? 'Presented' : 'Denied';
    const reason = random.weighted(LOST);
    journey.drop(decidesAt, reason);
    lose(setting, opportunity, decidesAt, reason);
    return null;
  }
  if (expires < END) last.status = 'Expired';
  if (random.chance(0.88)) {
    const givenUpAt = expires + random.between(0.5, 25) * DAY;
    journey.drop(givenUpAt, 'no decision');
    lose(setting, opportunity, givenUpAt, 'no decision');
  }
  return null;
}

function value(oneOff: number, offer: Offer): number {
  return Math.round((oneOff + offer.monthly * offer.termMonths) * 100) / 100;
}

interface Offering {
  readonly opportunity: Opportunity;
  readonly offer: Offer;
  readonly issuedAt: number;
}

/** The quote versions in order: a redesign sends the journey back to design. Versions still to come are not there. */
function issueQuotes(setting: Setting, { journey }: Enquiry, { opportunity, offer, issuedAt }: Offering): Quote[] {
  const { random, ids, world } = setting;
  const versions = random.weighted([
    [1, 66],
    [2, 25],
    [3, 9],
  ] as const);
  const quotes: Quote[] = [];
  let at = issuedAt;
  for (let version = 1; version <= versions; version++) {
    if (version > 1) {
      const asksAt = at + random.between(0.5, 3) * DAY;
      const nextAt = workMoment(asksAt + random.skewed(offer.daysToQuote * 0.5, 0.5) * DAY);
      if (nextAt >= END) break;
      journey.sendBack(2, asksAt, { reason: random.pick(['redesign asked', 'price asked', 'scope changed']), source: 'CRM' });
      (quotes[quotes.length - 1] as Quote).status = 'Replaced';
      at = nextAt;
    }
    at = wholeSecond(at);
    journey.enter(3, at, 'CRM');
    const quote: Quote = {
      id: ids.next('Q-', 7),
      opportunity: opportunity.id,
      version,
      issuedAt: seen(at),
      validUntil: validUntil(at, offer.validDays),
      acceptedAt: null,
      declinedAt: null,
      status: at < END ? 'Presented' : 'Draft',
      amount: Math.round(offer.oneOff * (version === 1 ? 1 : random.between(0.86, 1.06)) * 100) / 100,
      finalAmount: null,
      customerChange: null,
      invoicedAt: null,
      siteAssessedAt: offer.siteAssessment
        ? seen(workMoment(Math.max(opportunity.createdAt, issuedAt - random.between(0.25, 0.55) * offer.daysToQuote * DAY)))
        : null,
    };
    if (quote.siteAssessedAt !== null && quote.siteAssessedAt > at) quote.siteAssessedAt = seen(at - HOUR);
    quotes.push(quote);
    if (quote.issuedAt === null) {
      world.quotes.push({ ...quote, validUntil: null, siteAssessedAt: quote.siteAssessedAt });
      quote.issuedAt = at;
      break;
    }
    world.quotes.push(quote);
  }
  return quotes;
}

/** The end of the last day on which an offer holds; never the last of a month, so that its expiry is in the same month. */
function validUntil(issuedAt: number, days: number): number {
  const day = dayOf(issuedAt) + days;
  return instantAt(day === lastDayOf(monthOf(day)) ? day + 1 : day, 24 * 60 - 1);
}

interface Decision {
  readonly opportunity: Opportunity;
  readonly offer: Offer;
  readonly last: Quote;
  readonly decidesAt: number;
}

function win(setting: Setting, { journey }: Enquiry, { opportunity, offer, last, decidesAt }: Decision): Contract | null {
  const { random, world, ids } = setting;
  last.acceptedAt = seen(decidesAt);
  if (last.acceptedAt === null) return null;
  last.status = 'Accepted';
  const signedAt = wholeSecond(
    workMoment(decidesAt + random.skewed(1.2, 0.9) * DAY * (journey.record.segment === 'residential' ? 1 : 6)),
  );
  journey.enter(4, signedAt, 'CRM');
  if (signedAt >= END) return null;
  opportunity.outcome = 'won';
  opportunity.decidedAt = signedAt;
  opportunity.signedAt = signedAt;
  opportunity.oneOff = last.amount;
  opportunity.monthly = offer.monthly;
  opportunity.termMonths = offer.termMonths;
  opportunity.margin = Math.round((opportunity.amount as number) * offer.marginShare * random.between(0.85, 1.15) * 100) / 100;
  const openedAt = wholeSecond(signedAt + random.between(0.5, 3) * DAY);
  if (random.chance(PLOT.openedLate) && openedAt < END) opportunity.createdAt = openedAt;
  if (random.chance(0.025)) {
    const cancelsAt = signedAt + random.between(0.2, 12.5) * DAY;
    opportunity.cancelledAt = seen(cancelsAt);
    journey.drop(cancelsAt, 'cancelled in the cooling-off time');
    return null;
  }
  const amendedAt = wholeSecond(signedAt + random.between(25, 90) * DAY);
  if (journey.record.stream === 'NCV-01' && random.chance(0.04) && amendedAt < END && amendedAt >= START) {
    world.opportunities.push({
      ...opportunity,
      id: ids.next('0065f00000', 8),
      createdAt: amendedAt - 2 * DAY,
      decidedAt: null,
      signedAt: amendedAt,
      amount: null,
      margin: null,
      oneOff: Math.round(last.amount * random.between(-0.2, 0.3) * 100) / 100,
      monthly: 0,
      termMonths: 0,
      amends: opportunity.id,
    });
  }
  return { opportunity, accepted: last, signedAt };
}

/** Books a loss; many losses are booked only after the quarter has ended. */
function lose({ random }: Setting, opportunity: Opportunity, lostAt: number, reason: string | null): void {
  const nextQuarter = instantAt(firstDayOf(quarterOf(monthOf(dayOf(lostAt))) + 3));
  const late = random.chance(PLOT.lateLosses.share);
  const bookedAt = late ? nextQuarter + random.between(0.3, PLOT.lateLosses.days) * DAY : lostAt + random.between(0.02, 2) * DAY;
  opportunity.decidedAt = seen(bookedAt);
  if (opportunity.decidedAt === null) return;
  opportunity.outcome = 'lost';
  opportunity.lostReason = reason;
}

/** Invoices a finished job: the price may differ from the quote by the crew's error and by what the customer added. */
export function invoice({ random }: Setting, { accepted }: Contract, completedAt: number): void {
  const invoicedAt = seen(workMoment(completedAt + random.between(1, 12) * DAY));
  if (invoicedAt === null) return;
  const improving = invoicedAt > START + 365 * DAY ? 0.045 : 0.062;
  const error = random.chance(0.35) ? 0 : random.normal() * improving + 0.012;
  const change = random.chance(0.14) ? Math.round(accepted.amount * random.between(0.03, 0.25) * 100) / 100 : 0;
  accepted.invoicedAt = invoicedAt;
  accepted.customerChange = change;
  accepted.finalAmount = Math.round((accepted.amount * (1 + error) + change) * 100) / 100;
}
